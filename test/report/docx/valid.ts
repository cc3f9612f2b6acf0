import path from 'node:path';
import { all, type Element, opened, readXml } from './package.ts';

/** The order that ECMA-376 (17.3.1.26, 17.3.2.28, 17.4, 17.6.17) sets for what stands in these; Word calls another order damaged. */
const sequences: Record<string, string[]> = {
  'w:pPr':
    'pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange'.split(
      ' ',
    ),
  'w:rPr':
    'rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath'.split(
      ' ',
    ),
  'w:tblPr':
    'tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription'.split(
      ' ',
    ),
  'w:tcPr':
    'cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark'.split(
      ' ',
    ),
  'w:sectPr':
    'headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings'.split(
      ' ',
    ),
  'w:style':
    'name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr'.split(
      ' ',
    ),
  'w:font': 'altName panose1 charset family notTrueType pitch sig'.split(' '),
  'w:tbl': 'bookmarkStart tblPr tblGrid tr'.split(' '),
  'w:tr': 'tblPrEx trPr tc'.split(' '),
};

/** Everything by which a Word document would open with a repair, or not at all; nothing for a sound one. */
export function faultsOf(zip: Uint8Array): string[] {
  const { files, part, body } = opened(zip);
  const faults: string[] = [];
  for (const [name, bytes] of files)
    if (/\.(xml|rels)$/.test(name)) {
      const root = readXml(Buffer.from(bytes).toString('utf8'));
      faults.push(...orderFaults(root).map((fault) => `${name}: ${fault}`));
    }
  faults.push(...typeFaults([...files.keys()], part('[Content_Types].xml')));
  for (const name of files.keys())
    if (name.endsWith('.rels')) faults.push(...targetFaults(name, part(name), files));
  const styles = new Set(
    all(part('word/styles.xml'), 'w:style').map(({ attributes }) => attributes['w:styleId']),
  );
  for (const used of ['w:pStyle', 'w:rStyle', 'w:tblStyle'].flatMap((name) => all(body, name)))
    if (!styles.has(used.attributes['w:val'])) faults.push(`no style ${used.attributes['w:val']}`);
  return [...faults, ...tableFaults(body), ...drawingFaults(body, part('word/_rels/document.xml.rels'))];
}

function orderFaults(element: Element): string[] {
  const sequence = sequences[element.name];
  const places = element.children.map(({ name }) => sequence?.indexOf(name.replace('w:', '')) ?? 0);
  const own = places.flatMap((place, index) =>
    place < 0 || place < (places[index - 1] ?? 0)
      ? [`${element.children[index]?.name} in ${element.name}`]
      : [],
  );
  return [...own, ...element.children.flatMap(orderFaults)];
}

function typeFaults(names: string[], types: Element): string[] {
  const endings = all(types, 'Default').map(({ attributes }) => attributes.Extension);
  const parts = all(types, 'Override').map(({ attributes }) => attributes.PartName?.slice(1) ?? '');
  return [
    ...names
      .filter(
        (name) =>
          name !== '[Content_Types].xml' && !parts.includes(name) && !endings.includes(name.split('.').pop()),
      )
      .map((name) => `no type of ${name}`),
    ...parts.filter((name) => !names.includes(name)).map((name) => `a type of ${name}, which is missing`),
  ];
}

function targetFaults(name: string, relations: Element, files: ReadonlyMap<string, unknown>): string[] {
  const folder = path.posix.dirname(path.posix.dirname(name));
  return all(relations, 'Relationship').flatMap(({ attributes }) => {
    const target = attributes.Target ?? '';
    const file = target.startsWith('/') ? target.slice(1) : path.posix.join(folder, target);
    return attributes.TargetMode === 'External' || files.has(file) ? [] : [`${name} leads to ${target}`];
  });
}

/** Each row has a cell a column, and each cell ends with a paragraph (17.4.65). */
function tableFaults(body: Element): string[] {
  return all(body, 'w:tbl').flatMap((table) => {
    const columns = all(table, 'w:gridCol').length;
    return all(table, 'w:tr').flatMap((row) => {
      const cells = row.children.filter(({ name }) => name === 'w:tc');
      const bad = cells.filter(({ children }) => children.at(-1)?.name !== 'w:p');
      return [
        ...(cells.length === columns ? [] : [`${cells.length} cells in ${columns} columns`]),
        ...bad.map(() => 'a cell that does not end with a paragraph'),
      ];
    });
  });
}

function drawingFaults(body: Element, relations: Element): string[] {
  const known = all(relations, 'Relationship').map(({ attributes }) => attributes.Id);
  const ids = all(body, 'wp:docPr').map(({ attributes }) => attributes.id);
  return [
    ...all(body, 'a:blip').flatMap(({ attributes }) =>
      known.includes(attributes['r:embed']) ? [] : ['a picture that is missing'],
    ),
    ...(new Set(ids).size === ids.length ? [] : ['two drawings of one number']),
  ];
}
