import { tellsAbove } from '../campaign/places.ts';
import type { SurveyCode } from '../store/survey-codes.ts';
import { printedCode, surveyLink } from '../survey-link.ts';
import type { SheetCode } from './qr-sheet.ts';

/** Stored codes as they are printed; `pages`: the address of the pages that they lead to. */
export function sheetCodes(codes: readonly SurveyCode[], pages: string): SheetCode[] {
  return codes.map(({ code, kind, unitName, aboveName, matter, expiresOn }) => ({
    code: printedCode(code),
    link: surveyLink(pages, code),
    unitName,
    aboveName: isPlain(unitName, aboveName) ? null : aboveName,
    matter,
    once: kind === 'case',
    until: expiresOn,
  }));
}

function isPlain(unit: SurveyCode['unitName'], above: SurveyCode['aboveName']): boolean {
  return unit === null || above === null || tellsAbove(unit, above);
}
