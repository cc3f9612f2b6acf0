import { sentence } from '../conversation/wording.ts';
import { fontFile } from './font.ts';
import { type Mark, pageSize, type SheetPage } from './qr-sheet.ts';

/** The sheet as PDF (A4), the letters used embedded. The same pages give the same bytes. */
export async function sheetPdf(pages: readonly SheetPage[]): Promise<Uint8Array> {
  // Half a second to load, at every start of a service that may never print: so only here.
  const { default: PDFDocument } = await import('pdfkit');
  const document = new PDFDocument({
    size: [pageSize.width, pageSize.height],
    margin: 0,
    autoFirstPage: false,
    lang: 'zh-CN',
    displayTitle: true,
    info: {
      Title: sentence('zh-CN', 'codes:sheet.title'),
      Creator: 'Duban',
      Producer: 'Duban',
      // When it was made says nothing, and would make every sheet another file.
      CreationDate: new Date(0),
      ModDate: new Date(0),
    },
  });
  const parts: Uint8Array[] = [];
  const done = new Promise<void>((resolve, reject) => {
    document.on('data', (part: Uint8Array) => parts.push(part));
    document.on('end', resolve);
    document.on('error', reject);
  });
  document.registerFont('text', fontFile()).font('text');
  for (const page of pages) {
    document.addPage();
    for (const mark of page) draw(document, mark);
  }
  document.end();
  await done;
  return new Uint8Array(Buffer.concat(parts));
}

function draw(document: PDFKit.PDFDocument, mark: Mark): void {
  switch (mark.kind) {
    case 'text': {
      document.fillColor(mark.faint ? '#555555' : '#000000').fontSize(mark.size);
      const left = mark.x - document.widthOfString(mark.text) / 2;
      document.text(mark.text, left, mark.y, { lineBreak: false, baseline: 'alphabetic' });
      return;
    }
    case 'frame':
      document.lineWidth(0.5).dash(3, { space: 3 }).strokeColor('#aaaaaa');
      document.rect(mark.x, mark.y, mark.width, mark.height).stroke().undash();
      return;
    case 'squares':
      for (const [row, runs] of mark.rows.entries())
        for (const [from, length] of runs)
          document.rect(mark.x + from * mark.side, mark.y + row * mark.side, length * mark.side, mark.side);
      document.fill('#000000');
      return;
  }
}
