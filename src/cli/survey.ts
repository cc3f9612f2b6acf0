import { isDate } from '../campaign/day.ts';
import { writtenCodes } from '../commands/codes-close.ts';
import { caseLines, codeName } from '../commands/codes-lines.ts';
import { refusal } from '../commands/codes-make.ts';
import {
  campaignsWithSurvey,
  codesEvent,
  codesMax,
  makeSurveyCodes,
  type SurveyedCampaign,
} from '../conversation/survey-codes.ts';
import { appendAudit } from '../store/audit.ts';
import { inTransaction, runOn } from '../store/database.ts';
import { closeCodes, codesNamed, openCodes, type SurveyCode } from '../store/survey-codes.ts';
import { pagesAddress, printedCode, surveyLink } from '../survey-link.ts';
import { codesPlaced } from './survey-placed.ts';
import { isSheetName, printAgain, warnOfGuess, writeSheet } from './survey-sheet.ts';
import { type Terminal, tell } from './terminal.ts';

/**
 * survey new|sheet|list|close|open: the codes by which citizens rate, of the newest published campaign with a survey, or of
 * `--campaign`. `new --json` prints `{"code", "link"}`, an array of them for several; `new --out` prints
 * their sheet too.
 */
export async function survey(terminal: Terminal): Promise<number> {
  const [doing, ...named] = terminal.args;
  if (doing === 'close' || doing === 'open') return closeOrOpen(terminal, doing, named);
  if ((doing !== 'new' && doing !== 'sheet' && doing !== 'list') || named.length > 0)
    return refuse('codes:cli.which');
  const campaign = await campaignMeant(terminal);
  if (campaign === null) {
    tell(process.stderr, 'codes:cli.no-campaign', { code: terminal.options.campaign ?? '' });
    return 2;
  }
  if (doing === 'new') return make(terminal, campaign);
  const codes = await codesPlaced(terminal, campaign);
  if (codes === null) return 1;
  if (doing === 'sheet') return printAgain(terminal, codes);
  print(terminal, codes, true);
  return 0;
}

async function campaignMeant({ database, options }: Terminal): Promise<SurveyedCampaign | null> {
  const all = await campaignsWithSurvey(runOn(database.pool), null);
  const { campaign: code } = options;
  const found = all.find((one) => (code === undefined ? one.status === 'published' : one.code === code));
  return found ?? null;
}

async function make(terminal: Terminal, campaign: SurveyedCampaign): Promise<number> {
  const { database, clock, options } = terminal;
  const { unit, window, matter, until, cases: given } = options;
  if (unit === undefined && window === undefined) return refuse('codes:cli.which');
  const cases = given === undefined ? 0 : Number(given);
  if (given !== undefined && !(Number.isInteger(cases) && cases >= 1 && cases <= codesMax)) {
    tell(process.stderr, 'codes:cli.bad-number', { max: codesMax, words: given });
    return 2;
  }
  if (until !== undefined && !isDate(until)) {
    tell(process.stderr, 'codes:cli.bad-day', { words: until });
    return 2;
  }
  if (options.out !== undefined && !isSheetName(options.out)) {
    tell(process.stderr, 'codes:cli.bad-out');
    return 2;
  }
  const at = clock.now().toISOString();
  const places = [unit, window].filter((one) => one !== undefined).join(' ');
  const wanted = { places, matter: matter ?? null, cases, until: until ?? null };
  const result = await inTransaction(database.pool, async (run) => {
    const made = await makeSurveyCodes(run, campaign, wanted, null, at);
    if (made.kind === 'made') await appendAudit(run, made.audit);
    return made;
  });
  if (result.kind !== 'made') {
    const line = refusal(result, campaign);
    if ('key' in line) tell(process.stderr, line.key, line.params);
    return 1;
  }
  print(terminal, result.codes, false);
  if (options.out !== undefined) await writeSheet(terminal, result.codes);
  return 0;
}

/** As JSON, `{"code", "link"}` of one and an array of several; a list is always an array and says more, of a case's code not whether it was used. */
function print({ config, options }: Terminal, codes: readonly SurveyCode[], isList: boolean): void {
  const pages = pagesAddress(config);
  warnOfGuess(pages);
  const links = codes.map(({ code, kind, state, expiresOn }) => ({
    code,
    link: surveyLink(pages, code),
    ...(isList ? { kind, state: kind === 'case' ? 'issued' : state, until: expiresOn } : {}),
  }));
  if (options.json === true) {
    process.stdout.write(`${JSON.stringify(!isList && links.length === 1 ? links[0] : links)}\n`);
    return;
  }
  for (const one of codes)
    tell(process.stdout, 'codes:cli.row', {
      code: printedCode(one.code),
      state: { key: `codes:state.${isList && one.kind === 'case' ? 'issued' : one.state}` },
      name: codeName(one),
      link: surveyLink(pages, one.code),
    });
  const isWhole = options.unit === undefined && options.window === undefined;
  for (const line of isList ? caseLines(codes, isWhole) : [])
    if ('key' in line) tell(process.stdout, line.key, line.params);
}

async function closeOrOpen(
  { database, clock }: Terminal,
  doing: 'close' | 'open',
  named: string[],
): Promise<number> {
  const written = writtenCodes(named.join(' '));
  if (written === null) return refuse('codes:cli.which');
  const at = clock.now().toISOString();
  const known = await codesNamed(runOn(database.pool), written, at);
  const strange = written.filter((code) => !known.some((one) => one.code === code));
  if (strange.length > 0) {
    tell(process.stderr, 'codes:code.unknown', { codes: { list: strange.map(printedCode) } });
    return 1;
  }
  const moved = await inTransaction(database.pool, async (run) => {
    const rows = doing === 'close' ? await closeCodes(run, written, at) : await openCodes(run, written, at);
    const about = new Set(known.map(({ campaignId }) => campaignId));
    const what = doing === 'close' ? 'closed' : 'opened';
    const events = [...about].flatMap((id) => {
      const own = new Set(known.flatMap(({ code, campaignId }) => (campaignId === id ? [code] : [])));
      const count = rows.filter(({ code }) => own.has(code)).length;
      return count === 0 ? [] : [codesEvent(what, id, count, null, at)];
    });
    await appendAudit(run, events);
    return rows;
  });
  if (moved.length === 0) {
    tell(process.stderr, `codes:${doing}.none`);
    return 1;
  }
  tell(process.stdout, `codes:${doing}.done`, { count: moved.length });
  return 0;
}

function refuse(key: 'codes:cli.which'): number {
  tell(process.stderr, key);
  return 2;
}
