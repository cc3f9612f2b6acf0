/**
 * WeChat's own message bodies, as several puppets hand them on in `text`. Only single attributes and elements are read
 * with fixed patterns: nothing is expanded, followed or nested, so a crafted body can do no harm.
 */

/** The body is one of WeChat's, not something a person typed. */
export function isBody(text: string): boolean {
  return (
    /^\s*(<\?xml[^>]{0,200}>\s*)?<(msg|sysmsg|appmsg)[\s>]/.test(text) &&
    /<\/(msg|sysmsg|appmsg)>\s*$/.test(text)
  );
}

/** The text of the first `<name>…</name>`. */
export function element(text: string, name: string): string | undefined {
  const start = text.indexOf(`<${name}>`);
  if (start < 0) return undefined;
  const end = text.indexOf(`</${name}>`, start);
  return end < 0 ? undefined : plain(text.slice(start + name.length + 2, end));
}

/** The value of an attribute of the first element so named. */
export function attribute(text: string, name: string, attributeName: string): string | undefined {
  const start = text.search(new RegExp(`<${name}[\\s]`));
  if (start < 0) return undefined;
  const end = text.indexOf('>', start);
  const tag = text.slice(start, end < 0 ? undefined : end);
  const value = new RegExp(`\\s${attributeName}\\s*=\\s*("[^"]*"|'[^']*')`).exec(tag)?.[1];
  return value === undefined ? undefined : plain(value.slice(1, -1));
}

const entities: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function plain(content: string): string {
  const trimmed = content.trim();
  if (trimmed.startsWith('<![CDATA[') && trimmed.endsWith(']]>')) return trimmed.slice(9, -3);
  return trimmed.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(lt|gt|amp|quot|apos));/gi,
    (whole, hex, decimal, name) => {
      if (name !== undefined) return entities[String(name).toLowerCase()] ?? whole;
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}
