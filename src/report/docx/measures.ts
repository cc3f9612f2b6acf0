/** Twentieths of a point, as Word counts. */
export const twipsOf = (mm: number) => Math.round((mm * 1440) / 25.4);

/** A4 and its margins in mm (GB/T 9704-2012, 5.2.1: 天头37, 订口28, 版心156×225). */
export const page = { width: 210, height: 297, top: 37, bottom: 35, left: 28, right: 26 } as const;

/** The width of the text in twips: 156 mm. */
export const textTwips = twipsOf(page.width - page.left - page.right);

/** Sizes in half points: 二号 of titles, 三号 of the text, 四号 of page numbers, 小四 of tables (5.2.2, 7.3.1, 7.5). */
export const sizes = { title: 44, text: 32, pageNumber: 28, table: 24 } as const;

/** Exact distance between lines, in twips: 28 points, 22 lines on a page (5.2.3). */
export const linePitch = 560;
/** The same of a title of several lines. */
export const titlePitch = 700;

/** Characters in a line (5.2.3), and what is left for each of them, in twips. */
const charactersPerLine = 28;
export const characterTwips = textTwips / charactersPerLine;

/** How much narrower than its size a character stands so that 28 go in a line, in 4096ths of a point (w:charSpace). */
export const characterSpace = Math.round((characterTwips / 20 - sizes.text / 2) * 4096);

/** From the lower edge of the page to the page number, whose dashes stand 7 mm below the text (7.5). */
export const footerTwips = twipsOf(page.bottom - 7) - sizes.pageNumber * 10;
