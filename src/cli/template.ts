import { writeFile } from 'node:fs/promises';
import { type Language, languages } from '../flow/text.ts';
import { rosterTemplate } from '../report/roster-template.ts';
import { type Options, tell } from './terminal.ts';

/** An instant that no workbook needs: the same template is the same file. */
const always = '2026-01-01T00:00:00.000Z';

/** template roster: writes an empty roster (.xlsx) to be filled in, to `--out` or under its own name here. */
export async function template(args: string[], { out, language: wanted }: Options): Promise<number> {
  const language: Language | undefined =
    wanted === undefined ? languages[0] : languages.find((one) => one === wanted);
  const [what, ...more] = args;
  if (what !== 'roster' || more.length > 0 || language === undefined) {
    tell(process.stderr, 'roster:cli.template.how');
    return 2;
  }
  const { name, bytes } = await rosterTemplate(language, always);
  const path = out ?? name;
  try {
    await writeFile(path, bytes);
  } catch (fault) {
    tell(process.stderr, 'roster:cli.unwritable', {
      path,
      reason: (fault as NodeJS.ErrnoException).code ?? 'EIO',
    });
    return 1;
  }
  tell(process.stdout, 'roster:cli.template.done', { path });
  return 0;
}
