import { xmlText } from './cell.ts';

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packages = 'http://schemas.openxmlformats.org/package/2006';

/**
 * What a workbook's file begins with (ECMA-376 part 2). XML parts are sheets unless told otherwise: how many there will be is not yet
 * known.
 */
export function partsXml(title: string, at: string): Record<string, string> {
  return {
    '[Content_Types].xml': [
      declaration,
      `<Types xmlns="${packages}/content-types">`,
      '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>',
      `<Default Extension="xml" ContentType="${main}.worksheet+xml"/>`,
      `<Override PartName="/xl/workbook.xml" ContentType="${main}.sheet.main+xml"/>`,
      `<Override PartName="/xl/styles.xml" ContentType="${main}.styles+xml"/>`,
      '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>',
      '</Types>',
    ].join(''),
    '_rels/.rels': [
      declaration,
      `<Relationships xmlns="${packages}/relationships">`,
      `<Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/>`,
      `<Relationship Id="rId2" Type="${packages}/relationships/metadata/core-properties" Target="docProps/core.xml"/>`,
      '</Relationships>',
    ].join(''),
    'docProps/core.xml': [
      declaration,
      `<cp:coreProperties xmlns:cp="${packages}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"`,
      ' xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">',
      `<dc:title>${xmlText(title)}</dc:title>`,
      ...['created', 'modified'].map(
        (what) => `<dcterms:${what} xsi:type="dcterms:W3CDTF">${secondOf(at)}</dcterms:${what}>`,
      ),
      '</cp:coreProperties>',
    ].join(''),
  };
}

/** The list of sheets, with the rows that are printed on every page, and where its parts are. */
export function workbookXml(sheets: readonly { name: string; headRow: number }[]): {
  workbook: string;
  relations: string;
} {
  const tabs = sheets.map(
    ({ name }, index) => `<sheet name="${xmlText(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`,
  );
  const titles = sheets.map(
    ({ name, headRow }, index) =>
      `<definedName name="_xlnm.Print_Titles" localSheetId="${index}">'${xmlText(name.replaceAll("'", "''"))}'!$1:$${headRow}</definedName>`,
  );
  const relations = sheets.map(
    (_, index) =>
      `<Relationship Id="rId${index + 1}" Type="${office}/worksheet" Target="worksheets/sheet${index + 1}.xml"/>`,
  );
  return {
    workbook: `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${office}"><bookViews><workbookView activeTab="0"/></bookViews><sheets>${tabs.join('')}</sheets><definedNames>${titles.join('')}</definedNames></workbook>`,
    relations: `<Relationships xmlns="${packages}/relationships">${relations.join('')}<Relationship Id="rId${sheets.length + 1}" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
  };
}

/** To the second, as W3C's profile of dates wants it. */
function secondOf(at: string): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}
