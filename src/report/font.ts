import { createRequire } from 'node:module';
import path from 'node:path';

/** The one font of all that is printed or drawn here, under the SIL Open Font License: Latin, and the Chinese of GBK. */
export const fontFamily = 'Noto Sans S Chinese';

/** Where its regular weight (OpenType, CFF) lies: machines without any font print Chinese all the same. */
export function fontFile(): string {
  const entry = createRequire(import.meta.url).resolve('@embedpdf/fonts-sc');
  return path.join(path.dirname(entry), '..', 'fonts', 'NotoSansHans-Regular.otf');
}
