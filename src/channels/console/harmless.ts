/**
 * A text as the page may show it: what nobody can see but what can spoil what stands behind it (control characters, marks
 * that turn the writing direction of the rest of the line) is left out. All else stays as typed; the page makes no markup
 * of it.
 */
export function harmless(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '');
}
