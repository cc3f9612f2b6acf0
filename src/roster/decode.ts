/**
 * The text of bytes in the encodings that spreadsheet programs save: by their mark; else UTF-16 where every other byte of the
 * commas and line ends is zero; else UTF-8; else GB 18030 (GBK and GB 2312 within it), which is what Excel saves in China. Null
 * when it is none of them, or no text.
 */
export function decode(bytes: Uint8Array): string | null {
  const text = decodeAs(encodingOf(bytes), bytes) ?? decodeAs('gb18030', bytes);
  // Text has no such signs; what has them is some other file.
  return text === null || /[\0-\u0008\u000e-\u001a\u001c-\u001f]/.test(text) ? null : text;
}

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030';

function encodingOf(bytes: Uint8Array): Encoding {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  const zeros = [0, 0];
  const seen = bytes.subarray(0, 64_000);
  for (let at = 0; at < seen.length; at += 1) if (seen[at] === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  if (odd > 0 && even === 0) return 'utf-16le';
  return even > 0 && odd === 0 ? 'utf-16be' : 'utf-8';
}

function decodeAs(encoding: Encoding, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
