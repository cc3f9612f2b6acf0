import { inflateRawSync } from 'node:zlib';
import { parser } from 'sax';

/** An element of an XML part: its name with the prefix, attributes, and what is in it. */
export interface Element {
  name: string;
  attributes: Record<string, string>;
  children: Element[];
  text: string;
}

/** The files of a zip by their names, as text where they are XML. */
export function unpacked(zip: Uint8Array): Map<string, Uint8Array> {
  const bytes = Buffer.from(zip);
  const end = bytes.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  const files = new Map<string, Uint8Array>();
  let at = bytes.readUInt32LE(end + 16);
  for (let entry = 0; entry < bytes.readUInt16LE(end + 10); entry++) {
    const [name, extra, comment] = [28, 30, 32].map((place) => bytes.readUInt16LE(at + place)) as [
      number,
      number,
      number,
    ];
    const local = bytes.readUInt32LE(at + 42);
    const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const packed = bytes.subarray(from, from + bytes.readUInt32LE(at + 20));
    const method = bytes.readUInt16LE(at + 10);
    files.set(
      bytes.toString('utf8', at + 46, at + 46 + name),
      method === 0 ? packed : inflateRawSync(packed),
    );
    at += 46 + name + extra + comment;
  }
  return files;
}

/** Reads XML, strictly. @throws where it is not well-formed */
export function readXml(text: string): Element {
  const root: Element = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  const reader = parser(true);
  reader.onerror = (fault) => {
    throw fault;
  };
  reader.onopentag = ({ name, attributes }) => {
    const element: Element = {
      name,
      attributes: attributes as Record<string, string>,
      children: [],
      text: '',
    };
    open.at(-1)?.children.push(element);
    open.push(element);
  };
  reader.ontext = (words) => {
    const last = open.at(-1);
    if (last !== undefined) last.text += words;
  };
  reader.onclosetag = () => void open.pop();
  reader.write(text).close();
  const [top] = root.children;
  if (top === undefined) throw new Error('nothing in it');
  return top;
}

/** Every element of this name below another, in the order of the document. */
export function all(element: Element, name: string): Element[] {
  return element.children.flatMap((child) => [...(child.name === name ? [child] : []), ...all(child, name)]);
}

export const first = (element: Element, name: string): Element | undefined => all(element, name)[0];

/** Opens a document: its main part, and any part by its name. */
export function opened(zip: Uint8Array) {
  const files = unpacked(zip);
  const part = (name: string): Element => {
    const bytes = files.get(name);
    if (bytes === undefined) throw new Error(`no ${name}`);
    return readXml(Buffer.from(bytes).toString('utf8'));
  };
  const body = part('word/document.xml');
  return { files, part, body, paragraphs: all(body, 'w:p').map(wordsOf) };
}

/** All words of an element, as they are read. */
export function wordsOf(element: Element): string {
  return all(element, 'w:t')
    .map(({ text }) => text)
    .join('');
}
