import { tellsAbove } from '../campaign/places.ts';
import type { Line, Param } from '../flow/say.ts';
import { shownFrom } from '../satisfaction/small-cells.ts';
import type { SurveyCode } from '../store/survey-codes.ts';
import { isThisMachine, printedCode, surveyLink } from '../survey-link.ts';

/** Codes that one message shows. */
export const shownMax = 10;

/** One line a code, with its letters and its link, and how many are left over. */
export function codeLines(
  codes: readonly SurveyCode[],
  pages: string,
  more: 'codes:more' | 'codes:list.more',
): Line[] {
  const lines = codes.slice(0, shownMax).map((code): Line => {
    const { expiresOn } = code;
    const params = { name: codeName(code), code: printedCode(code.code), link: surveyLink(pages, code.code) };
    return expiresOn === null
      ? { key: 'codes:one', params }
      : { key: 'codes:one.until', params: { ...params, day: { date: expiresOn } } };
  });
  const left = codes.length - lines.length;
  return left > 0 ? [...lines, { key: more, params: { count: left } }] : lines;
}

/**
 * Of codes of single cases how many were given out, and how many of them used: never which, as each was given to one person, nor
 * where less than a group stands on either side (docs/privacy.md). By place nothing is told: all less those of other places would tell it.
 * @param codes of all kinds and states @param isWhole of the whole campaign
 */
export function caseLines(codes: readonly SurveyCode[], isWhole: boolean): Line[] {
  const cases = codes.filter(({ kind }) => kind === 'case');
  const count = cases.length;
  const used = cases.filter(({ state }) => state === 'used').length;
  if (count === 0) return [];
  if (!isWhole) return [{ key: 'codes:list.cases.place', params: { count } }];
  return used < shownFrom || count - used < shownFrom
    ? [{ key: 'codes:list.cases.few', params: { count, from: shownFrom } }]
    : [{ key: 'codes:list.cases', params: { count, used, unused: count - used } }];
}

/** Said wherever links are given that no phone can follow; nothing where phones can. */
export function addressNote(pages: string): Line[] {
  return isThisMachine(pages) ? [{ key: 'codes:no-address' }] : [];
}

/** What a code is for, in people's words. */
export function codeName({ kind, unitName, aboveName, matter }: SurveyCode): Param {
  const place = placeName(unitName, aboveName);
  switch (kind) {
    case 'unit':
    case 'window':
      return place;
    case 'matter':
      return { key: 'codes:name.matter', params: { place, matter: matter ?? '' } };
    case 'case':
      return matter === null
        ? { key: 'codes:name.case', params: { place } }
        : { key: 'codes:name.case.matter', params: { place, matter } };
  }
}

function placeName(unit: SurveyCode['unitName'], above: SurveyCode['aboveName']): Param {
  if (unit === null) return { key: 'codes:name.none' };
  return above === null || tellsAbove(unit, above)
    ? unit
    : { key: 'codes:name.above', params: { above, unit } };
}
