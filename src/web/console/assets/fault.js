// Why a message was not taken, in words.
import { word } from './words.js';

/** What a photo may be. @type {Record<string, string>} */
let limits = {};

/** @param {{bytesMax: number, types: string[]}} photo */
export function setLimits(photo) {
  const names = photo.types.map((type) => {
    if (type.endsWith('spreadsheetml.sheet')) return 'XLSX';
    return type.split('/')[1]?.toUpperCase().replace('QUICKTIME', 'MOV').replace('VND.MS-EXCEL', 'XLS');
  });
  limits = { limit: String(photo.bytesMax / 1024 / 1024), types: names.join(' ') };
}

/** @param {string | undefined} fault a code of the server's (src/web/console/fault.ts) */
export function faultWords(fault) {
  const known = ['photo-large', 'photo-type', 'text-long', 'empty', 'stranger'];
  return word(known.includes(fault ?? '') ? `fault-${fault}` : 'fault-refused', limits);
}
