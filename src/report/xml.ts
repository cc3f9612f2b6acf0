/** Without letters that XML can't hold (XML 1.0, 2.2): what people paste into a chat may contain any. */
export function printable(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu, '');
}

/** Words as the text of an element. A workbook's cells have rules of their own (xlsx/cell.ts). */
export function xmlText(text: string): string {
  return printable(text).replace(/[&<>]/g, (mark) => marks[mark] ?? '');
}

const marks: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
