export const styleNames = ['plain', 'head', 'caption', 'text', 'quoted', 'number', 'day', 'instant'] as const;
/** How a cell looks; its place in the list is the number that cells refer to. */
export type StyleName = (typeof styleNames)[number];

const numbers = new Map<StyleName, number>(styleNames.map((name, index) => [name, index]));

export function styleOf(name: StyleName): number {
  return numbers.get(name) ?? 0;
}

/** Numbers of formats: 0 general, 49 text, from 164 on our own. */
const formats = { general: 0, text: 49, day: 164, instant: 165 } as const;

const top = '<alignment vertical="top"/>';
const wrapped = '<alignment vertical="top" wrapText="1"/>';
const middle = '<alignment horizontal="center" vertical="center" wrapText="1"/>';

const looks: Record<StyleName, string> = {
  plain: look(formats.general, 0, ''),
  head: look(formats.general, 1, middle),
  caption: look(formats.general, 2, middle),
  text: look(formats.text, 0, wrapped),
  quoted: look(formats.text, 0, wrapped, ' quotePrefix="1"'),
  number: look(formats.general, 0, top),
  day: look(formats.day, 0, top),
  instant: look(formats.instant, 0, top),
};

function look(format: number, font: number, alignment: string, more = ''): string {
  const framed = font === 2 ? 0 : 1;
  const filled = font === 1 ? 2 : 0;
  return `<xf numFmtId="${format}" fontId="${font}" fillId="${filled}" borderId="${framed}" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"${more}>${alignment}</xf>`;
}

/** 宋体 as offices print tables; where it is missing a reader takes its own. */
const font = (size: number, more = '') =>
  `<font>${more}<sz val="${size}"/><name val="宋体"/><family val="3"/><charset val="134"/></font>`;

const thin = ['left', 'right', 'top', 'bottom']
  .map((side) => `<${side} style="thin"><color rgb="FFBFBFBF"/></${side}>`)
  .join('');

/** styles.xml, the same for every workbook (ECMA-376 part 1, 18.8). */
export const stylesXml = [
  '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">',
  `<numFmts count="2"><numFmt numFmtId="${formats.day}" formatCode="yyyy\\-mm\\-dd"/><numFmt numFmtId="${formats.instant}" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/></numFmts>`,
  `<fonts count="3">${font(11)}${font(11, '<b/>')}${font(16, '<b/>')}</fonts>`,
  '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>',
  '<fill><patternFill patternType="solid"><fgColor rgb="FFEDEDED"/><bgColor indexed="64"/></patternFill></fill></fills>',
  `<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border>${thin}<diagonal/></border></borders>`,
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>',
  `<cellXfs count="${styleNames.length}">${styleNames.map((name) => looks[name]).join('')}</cellXfs>`,
  '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>',
  '</styleSheet>',
].join('');
