/**
 * A text as it may be shown: what no one can see but what can spoil what is around it (control characters, marks that
 * turn the writing direction of the rest of the line, half a surrogate pair) is left out. All else stays as typed.
 */
export function harmless(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd');
}

/** For texts that Slack parses: with these three escaped, no mention, channel, link or `<!channel>` is left in it. */
export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** At most `max` UTF-16 units, an ellipsis at the end of what was cut; never half a character. */
export function clip(text: string, max: number): string {
  return text.length <= max ? text : `${text.slice(0, cutAt(text, max - 1))}…`;
}

/** In pieces of at most `max` UTF-16 units, cut at the end of a line where there is one in the second half, else of a word. */
export function pieces(text: string, max: number): string[] {
  const found: string[] = [];
  let rest = text;
  while (rest.length > max) {
    const line = rest.lastIndexOf('\n', max - 1);
    const word = rest.lastIndexOf(' ', max - 1);
    const end = [line, word].find((at) => at >= max / 2);
    const cut = end === undefined ? cutAt(rest, max) : end + 1;
    found.push(rest.slice(0, cut));
    rest = rest.slice(cut);
  }
  if (rest !== '') found.push(rest);
  return found;
}

function cutAt(text: string, max: number): number {
  const code = text.charCodeAt(max - 1);
  return code >= 0xd800 && code <= 0xdbff ? max - 1 : max;
}
