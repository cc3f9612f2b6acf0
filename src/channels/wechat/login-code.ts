import { rm, writeFile } from 'node:fs/promises';
import { FileBox } from 'file-box';
import type { Log } from '../../log.ts';

/** Puts the code of a login where the operator finds it, and takes it away. */
export interface LoginCode {
  show(qrcode: string): void;
  clear(): void;
}

/**
 * The code as a picture (PNG) at `path`, readable for the service's own user only: whoever scans it logs in. Codes
 * change every minute or so; the latest one counts.
 */
export function openLoginCode(path: string, log: Log): LoginCode {
  let work: Promise<void> = Promise.resolve();

  function next(step: () => Promise<void>): Promise<void> {
    work = work
      .then(step)
      .catch((err) => log.error({ err }, 'wechat: the login code could not be put on the disk'));
    return work;
  }

  return {
    show: (qrcode) =>
      void next(async () => {
        await writeFile(path, await FileBox.fromQRCode(qrcode).toBuffer(), { mode: 0o600 });
        log.warn({ path }, 'wechat: the code to scan lies at this path');
      }),
    clear: () =>
      void next(async () => {
        await rm(path, { force: true });
        log.debug({ path }, 'wechat: the code to scan was taken away');
      }),
  };
}
