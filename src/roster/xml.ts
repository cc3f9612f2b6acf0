import sax from 'sax';

/** What is told of an XML file as it is read. Names are without their prefix. */
export interface XmlReader {
  open?(name: string, attributes: Readonly<Record<string, string>>): void;
  text?(text: string): void;
  close?(name: string): void;
}

/** Characters given to the parser at a time: it keeps what it has not yet told. */
const chunk = 65_536;

/** Reads XML, whatever a DTD in it says. @returns false when it is no XML */
export function readXml(bytes: Uint8Array, reader: XmlReader): boolean {
  const parser = sax.parser(true);
  let isSound = true;
  parser.onerror = () => {
    isSound = false;
  };
  parser.onopentag = ({ name, attributes }) =>
    reader.open?.(local(name), attributes as Record<string, string>);
  parser.ontext = (text) => reader.text?.(text);
  parser.oncdata = (text) => reader.text?.(text);
  parser.onclosetag = (name) => reader.close?.(local(name));
  const text = new TextDecoder().decode(bytes);
  for (let at = 0; at < text.length && isSound; at += chunk) parser.write(text.slice(at, at + chunk));
  if (isSound) parser.close();
  return isSound;
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
