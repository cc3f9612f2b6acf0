import { crc32, deflateRawSync } from 'node:zlib';

/** A workbook's parts by their names. `flags`: bit 0 says it is encrypted; `size`: what it says its parts unpack to. */
export function zipOf(
  parts: Record<string, string | Uint8Array>,
  { flags = 0, size }: { flags?: number; size?: number } = {},
): Buffer {
  const pieces: Buffer[] = [];
  const entries: Buffer[] = [];
  let at = 0;
  for (const [name, content] of Object.entries(parts)) {
    const bytes = Buffer.from(content);
    const packed = deflateRawSync(bytes);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(flags, 2);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc32 === undefined ? 0 : crc32(bytes), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(size ?? bytes.length, 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), common, Buffer.from(name), packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(at, 10);
    entries.push(
      Buffer.concat([Buffer.from('PK\u0001\u0002'), Buffer.from([20, 0]), common, rest, Buffer.from(name)]),
    );
    pieces.push(local);
    at += local.length;
  }
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...pieces, directory, Buffer.from('PK\u0005\u0006'), end]);
}

interface SheetOf {
  name: string;
  /** XML of its rows, or of all there is within `worksheet`. */
  rows: string;
  rest?: string;
  state?: string;
}

const office = 'http://schemas.openxmlformats.org';

/** A workbook of sheets written as XML, as spreadsheet programs write them. */
export function workbookOf(
  sheets: SheetOf[],
  {
    texts = [],
    styles = '',
    prefix = '',
    date1904 = false,
    extra = {},
  }: {
    texts?: string[];
    styles?: string;
    prefix?: string;
    date1904?: boolean;
    extra?: Record<string, string>;
  } = {},
): Buffer {
  const relation = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="${office}/officeDocument/2006/relationships/${type}" Target="${target}"/>`;
  const p = prefix === '' ? '' : `${prefix}:`;
  const ns =
    prefix === ''
      ? `xmlns="${office}/spreadsheetml/2006/main"`
      : `xmlns:${prefix}="${office}/spreadsheetml/2006/main"`;
  const listed = sheets.map(
    ({ name, state }, index) =>
      `<${p}sheet name="${name}" sheetId="${index + 1}" r:id="rId${index + 1}"${state === undefined ? '' : ` state="${state}"`}/>`,
  );
  return zipOf({
    '[Content_Types].xml': '<Types/>',
    'xl/workbook.xml': `<?xml version="1.0" encoding="UTF-8"?><${p}workbook ${ns} xmlns:r="${office}/officeDocument/2006/relationships"><${p}workbookPr${date1904 ? ' date1904="1"' : ''}/><${p}sheets>${listed.join('')}</${p}sheets></${p}workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${sheets.map((_, index) => relation(`rId${index + 1}`, 'worksheet', `worksheets/sheet${index + 1}.xml`)).join('')}${relation('rS', 'sharedStrings', 'sharedStrings.xml')}</Relationships>`,
    'xl/sharedStrings.xml': `<sst ${ns}>${texts.map((text) => `<si>${text}</si>`).join('')}</sst>`,
    'xl/styles.xml': `<styleSheet>${styles}</styleSheet>`,
    ...Object.fromEntries(
      sheets.map(({ rows, rest = '' }, index) => [
        `xl/worksheets/sheet${index + 1}.xml`,
        `<?xml version="1.0" encoding="UTF-8"?>\n<${p}worksheet ${ns}><${p}sheetData>${rows}</${p}sheetData>${rest}</${p}worksheet>`,
      ]),
    ),
    ...extra,
  });
}

/** Rows of plain text, each cell in place. */
export function rowsOf(rows: string[][]): string {
  return rows
    .map((cells, row) => {
      const written = cells.map((text, column) =>
        text === ''
          ? ''
          : `<c r="${String.fromCharCode(65 + column)}${row + 1}" t="inlineStr"><is><t>${text}</t></is></c>`,
      );
      return `<row r="${row + 1}">${written.join('')}</row>`;
    })
    .join('');
}
