/**
 * Text that WeChat and puppets only show. An `@` before a name becomes its wide form (an e-mail address keeps its own),
 * so that nobody's words can call anyone, least of all everybody; tags that some puppets send on as WeChat's own markup
 * are widened likewise; control characters and those that turn the writing direction round are left out.
 */
export function harmless(text: string): string {
  return text
    .replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n')
    .replace(/\t/g, ' ')
    .replace(
      /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]|\p{Cs}/gu,
      '',
    )
    .replace(/@/g, (at, index: number, whole: string) => (isAddress(whole, index) ? at : '＠'))
    .replace(/<(?=[/?!]?(?:xml|msg|appmsg|sysmsg|img|emoji|a)\b)/gi, '＜');
}

/** The `@` stands inside an e-mail address. */
function isAddress(text: string, index: number): boolean {
  return (
    /[A-Za-z0-9._%+-]$/.test(text.slice(Math.max(0, index - 64), index)) &&
    /^[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+/.test(text.slice(index + 1, index + 256))
  );
}
