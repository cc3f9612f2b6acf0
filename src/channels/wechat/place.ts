import type { Place } from '../../flow/value.ts';
import { toWgs84 } from './gcj02.ts';
import type { Location } from './puppet.ts';
import { attribute } from './xml.ts';

/**
 * The place of a location message: from WeChat's own body where the puppet hands it on (some puppets answer
 * `messageLocation` with an example), else from what the puppet says.
 * @returns undefined when neither says where
 */
export function readPlace(text: string, location?: Location): Place | undefined {
  return fromBody(text) ?? fromWebLink(text) ?? (location === undefined ? undefined : fromPuppet(location));
}

function fromBody(text: string): Place | undefined {
  const name = attribute(text, 'location', 'poiname') ?? '';
  const address = attribute(text, 'location', 'label') ?? '';
  return place(name, address, attribute(text, 'location', 'x'), attribute(text, 'location', 'y'));
}

/** Web WeChat sends the name, a colon, and the link of a picture of the map. */
function fromWebLink(text: string): Place | undefined {
  const found = /^([^\n]{1,200}?)[:：]\s*(?:<br\/?>|\n)\s*\/cgi-bin\/[^\n]*pictype=location/.exec(text);
  return found?.[1] === undefined ? undefined : place(found[1], '', undefined, undefined);
}

function fromPuppet({ name, address, latitude, longitude }: Location): Place | undefined {
  const named = name === 'NONAME' ? '' : name;
  const addressed = address === 'NOADDRESS' ? '' : address;
  // The library's stand-in for "not known" is a point in the Gulf of Guinea.
  const nowhere = latitude === 0 && longitude === 0;
  return place(named, addressed, nowhere ? undefined : latitude, nowhere ? undefined : longitude);
}

function place(
  name: string,
  address: string,
  x: string | number | undefined,
  y: string | number | undefined,
): Place | undefined {
  const words = [name.replace(/^\[位置\]$/, ''), address]
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const label = [...new Set(words)].join(' ').slice(0, 300);
  const point = degrees(x, y);
  if (label === '' && point === undefined) return undefined;
  return { ...(label === '' ? {} : { label }), ...point };
}

function degrees(x: string | number | undefined, y: string | number | undefined) {
  if (x === undefined || y === undefined || x === '' || y === '') return undefined;
  const [latitude, longitude] = [Number(x), Number(y)];
  if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) return undefined;
  return toWgs84(latitude, longitude);
}
