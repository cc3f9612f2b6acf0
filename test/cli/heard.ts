import { vi } from 'vitest';

export interface Heard<Code> {
  code: Code;
  out: string;
  err: string;
}

/** The exit code of what runs at a terminal, and what it wrote there meanwhile. */
export async function heard<Code>(work: () => Promise<Code>): Promise<Heard<Code>> {
  const written = { stdout: '', stderr: '' };
  const spies = (['stdout', 'stderr'] as const).map((stream) =>
    vi.spyOn(process[stream], 'write').mockImplementation((text) => {
      written[stream] += String(text);
      return true;
    }),
  );
  try {
    const code = await work();
    return { code, out: written.stdout, err: written.stderr };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}
