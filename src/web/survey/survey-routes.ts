import { type RequestHandler, Router } from 'express';
import { machineClock } from '../../clock.ts';
import type { OpenSurvey, Submitted } from '../../conversation/ratings.ts';
import type { LookedUp } from '../../conversation/receipts.ts';
import type { Flow } from '../../flow/definition.ts';
import { valuesWithoutNumbers } from '../../flow/personal-numbers.ts';
import type { Values } from '../../flow/value.ts';
import { normaliseCode } from '../../short-code.ts';
import { isForeign, secureHeaders } from '../guard.ts';
import type { Counter } from '../limits.ts';
import { type Asking, answersIn, askFirst, askOnceMore } from './asking.ts';
import { noCookie, ratedCookie, ratedHere } from './cookie.ts';
import type { SurveyDoors } from './doors.ts';
import { one, type Posted } from './fields.ts';
import { forgottenHtml, lastLetters, type RatedPage, ratedHtml } from './rated-page.ts';
import { type Done, doneIn, receiptHtml } from './receipt-page.ts';
import { aboutOf, type Exchange, goTo, otherLanguage, refuse, show } from './replies.ts';
import { newPass, newTicket, readPass, readTicket, type Ticket } from './tickets.ts';
import { viewOf } from './view.ts';

/** By address: guesses of codes that lead nowhere, and of the end of a receipt that a device has got; openings of each page. */
export interface SurveyCounters {
  codes: Counter;
  lastLetters: Counter;
  visits: Counter;
}

/** GET and POST /s/<code>: the questionnaire, and that this device has answered it. */
export function surveyRoutes(doors: SurveyDoors, counters: SurveyCounters, body: RequestHandler[]): Router {
  const router = Router();
  router.get('/s/:code', async (request, response) => {
    const typed = String(request.params.code);
    const code = normaliseCode(typed);
    const exchange = { doors, request, response, view: viewOf(request) };
    if (code === typed) await openPage(exchange, code, counters);
    else response.set(secureHeaders).redirect(302, exchange.view.to(pathOf(encodeURIComponent(code))));
  });
  router.post('/s/:code', ...body, async (request, response) => {
    const posted: Posted = request.body ?? {};
    const go = one(posted, 'go');
    const exchange = { doors, request, response, view: viewOf(request, go) };
    const code = normaliseCode(String(request.params.code));
    if (isForeign(request, doors.publicUrl())) refuse(exchange, 'foreign', pathOf(code));
    else if (!(await chosen(exchange, code, posted, counters.lastLetters)))
      await takeForm(exchange, code, posted);
  });
  return router;
}

export const pathOf = (code: string) => `/s/${code}`;
const now = ({ machine = machineClock }: SurveyDoors) => machine.now();

async function openPage(
  exchange: Exchange,
  code: string,
  { codes: guesses, visits }: SurveyCounters,
): Promise<void> {
  const { doors, request } = exchange;
  const { ratings, keys } = doors;
  const receipt = readPass(keys, String(request.query.pass ?? ''), now(doors));
  const found = receipt === null ? null : await ratings.look(receipt);
  const rated = found === null && (await hasRated(exchange));
  const survey = await ratings.openSurvey(code, () => found === null && !rated && isCounted(visits, request));
  const mayRateAgain = !('closed' in survey) && survey.kind !== 'case';
  if (receipt !== null && found !== null)
    return showReceipt(exchange, code, { receipt, found, mayRateAgain });
  if (doneIn(request) === 'forgotten' && !rated) return showForgotten(exchange, code);
  if (rated) return showRated(exchange, code, { mayRateAgain, fault: null }, 200);
  if ('closed' in survey) {
    // Only what leads nowhere is a guess: all others behind the same address go on.
    const isGuess = survey.closed === 'unknown';
    if (isGuess && guesses.waitSeconds(request) > 0) return refuse(exchange, 'many-guesses', null);
    if (isGuess) guesses.add(request);
    return refuse(exchange, survey.closed, pathOf(code));
  }
  if (!(await ratings.mayRate(code, deviceOf(request)))) return refuse(exchange, 'limited', pathOf(code));
  askFirst(exchange, askingOf(code, survey, newTicket(keys, code, now(doors))), {}, {});
}

/** Whether this opening of a page is one more visit: beyond some from one address it is not, however often it is loaded. */
function isCounted(visits: Counter, request: Exchange['request']): boolean {
  if (visits.waitSeconds(request) > 0) return false;
  visits.add(request);
  return true;
}

const noVisit = () => false;

/** Whether this device has a rating by this code that still is one. */
async function hasRated({ doors, request }: Exchange): Promise<boolean> {
  const rated = ratedHere(request, doors.keys, now(doors));
  return rated !== null && (await doors.ratings.look(rated.receipt)) !== null;
}

const deviceOf = (request: Exchange['request']) => ({
  address: request.ip ?? '',
  agent: request.headers['user-agent'] ?? '',
});

/** What was chosen on the page of a device that has rated. @returns whether it was one of those */
async function chosen(exchange: Exchange, code: string, posted: Posted, guesses: Counter): Promise<boolean> {
  const { view } = exchange;
  const path = pathOf(code);
  switch (one(posted, 'do')) {
    case 'mine':
      await showMine(exchange, code, one(posted, 'last'), guesses);
      return true;
    case 'another':
      goTo(exchange, view.to(path), noCookie(path, isSecure(exchange)));
      return true;
    case 'forget':
      goTo(exchange, view.to(path, { done: 'forgotten' }), noCookie(path, isSecure(exchange)));
      return true;
  }
  return false;
}

/** The rating of this device, for who knows how its receipt ends: only who gave it has seen that. */
async function showMine(exchange: Exchange, code: string, typed: string, guesses: Counter): Promise<void> {
  const { doors, request, view } = exchange;
  const path = pathOf(code);
  const rated = ratedHere(request, doors.keys, now(doors));
  if (rated === null) return goTo(exchange, view.to(path));
  const isBarred = guesses.waitSeconds(request) > 0;
  const last = normaliseCode(typed);
  if (!isBarred && last.length >= lastLetters && normaliseCode(rated.receipt).endsWith(last))
    return goTo(exchange, view.to(path, { pass: newPass(doors.keys, rated.receipt, now(doors)) }));
  guesses.add(request);
  const survey = await doors.ratings.openSurvey(code, noVisit);
  const mayRateAgain = !('closed' in survey) && survey.kind !== 'case';
  const fault = view.say(isBarred ? 'many-guesses' : 'rated.mine.wrong');
  showRated(exchange, code, { mayRateAgain, fault }, isBarred ? 429 : 422);
}

function isSecure({ doors, request }: Exchange): boolean {
  return request.secure || doors.publicUrl().startsWith('https:');
}

function askingOf(code: string, survey: OpenSurvey | LookedUp, ticket: string): Asking {
  const { flow, zone, unitName, matter } = survey;
  return {
    flow,
    zone,
    unitName,
    matter,
    path: pathOf(code),
    hidden: { ticket },
    isChange: false,
    leave: null,
  };
}

/** That this device has rated, and nothing of what: whoever stands before it may be somebody else. */
function showRated(
  exchange: Exchange,
  code: string,
  shown: Pick<RatedPage, 'mayRateAgain' | 'fault'>,
  status: number,
): void {
  const { view } = exchange;
  show(exchange, {
    status,
    title: view.say('rated.title'),
    about: null,
    body: ratedHtml(view, { ...shown, path: pathOf(code) }),
    otherLanguage: otherLanguage(view, pathOf(code)),
  });
}

function showForgotten(exchange: Exchange, code: string): void {
  const { view } = exchange;
  show(exchange, {
    status: 200,
    title: view.say('rated.title'),
    about: null,
    body: forgottenHtml(view, pathOf(code)),
    otherLanguage: otherLanguage(view, pathOf(code), { done: 'forgotten' }),
  });
}

/** To who has just rated by this code, or knows how their receipt ends. */
function showReceipt(
  exchange: Exchange,
  code: string,
  { mayRateAgain, ...rated }: { receipt: string; found: LookedUp; mayRateAgain: boolean },
): void {
  const { request, view } = exchange;
  const { found } = rated;
  const said = doneIn(request) ?? 'already';
  const { pass } = request.query;
  const leave = { path: pathOf(code), action: mayRateAgain ? 'another' : 'forget' } as const;
  show(exchange, {
    status: 200,
    title: view.author(found.flow.title),
    about: aboutOf(view, found),
    body: receiptHtml(view, { ...rated, leave, said, contactFault: null }),
    otherLanguage: otherLanguage(view, pathOf(code), {
      done: said,
      ...(typeof pass === 'string' ? { pass } : {}),
    }),
  });
}

async function takeForm(exchange: Exchange, code: string, posted: Posted): Promise<void> {
  const { doors, request } = exchange;
  const { ratings, keys } = doors;
  const given = readTicket(keys, code, one(posted, 'ticket'));
  const receipt = await receiptFor(exchange, given);
  const survey = await ratings.openSurvey(code, noVisit);
  // Sent twice, or changed: the code of a case is used up by this very rating.
  const own =
    'closed' in survey && survey.closed === 'used' && receipt !== null ? await ratings.look(receipt) : null;
  const target = 'closed' in survey ? own : survey;
  if (target === null) return refuse(exchange, 'closed' in survey ? survey.closed : 'unknown', pathOf(code));
  const ticket = given === null ? newTicket(keys, code, now(doors)) : one(posted, 'ticket');
  const asking = askingOf(code, target, ticket);
  const filled = answersIn(exchange, asking, posted, given === null);
  if (filled === null || given === null || receipt === null) return;
  const submitted = await ratings
    .submit({
      code,
      values: filled.values,
      receipt,
      device: deviceOf(request),
      seconds: Math.max(0, Math.round((now(doors).getTime() - given.openedAt) / 1000)),
    })
    .catch((fault: unknown) => {
      doors.log.error({ err: fault }, 'a rating could not be kept; its citizen was asked to send it again');
      return null;
    });
  if (submitted === null || submitted.kind === 'busy') askOnceMore(exchange, asking, posted);
  else if (submitted.kind === 'limited') askOnceMore(exchange, asking, posted, 'limited');
  else confirm(exchange, code, receipt, submitted, doneOf(target.flow, filled.values, submitted));
}

/** For so long a form that was opened before is taken for another tab of whoever has rated meanwhile, ms. */
const sameVisitMs = 10 * 60_000;

/**
 * Under which receipt a form counts: its own, however often it is sent. Only a form that was open already when this device has
 * rated, as in a second tab, changes that rating, and only for a while: later it may be somebody else's.
 */
async function receiptFor({ doors, request }: Exchange, given: Ticket | null): Promise<string | null> {
  if (given === null) return null;
  const rated = ratedHere(request, doors.keys, now(doors));
  if (rated === null || given.openedAt > rated.at) return given.receipt;
  if (now(doors).getTime() - rated.at > sameVisitMs) return given.receipt;
  return (await doors.ratings.look(rated.receipt)) === null ? given.receipt : rated.receipt;
}

type Kept = Exclude<Submitted, { kind: 'limited' | 'busy' }>;

/** What the rater is told was done: also that numbers were not kept, and how to leave a contact where there is a call-back. */
function doneOf(flow: Flow, values: Values, submitted: Kept): Done {
  if (submitted.kind === 'closed') return 'closed';
  if (valuesWithoutNumbers(flow, values) === values) return submitted.kind;
  return submitted.negative ? 'masked-call' : 'masked';
}

function confirm(exchange: Exchange, code: string, receipt: string, submitted: Kept, done: Done): void {
  const { doors, view } = exchange;
  switch (submitted.kind) {
    case 'closed':
      refuse(exchange, submitted.why, pathOf(code));
      break;
    case 'stored':
    case 'changed': {
      const setting = { keys: doors.keys, now: now(doors), secure: isSecure(exchange) };
      const cookie = ratedCookie(pathOf(code), setting, receipt);
      // The address leads to the receipt, for a while: also where cookies are refused.
      const pass = newPass(doors.keys, receipt, now(doors));
      goTo(exchange, view.to(pathOf(code), { done, pass }), cookie);
    }
  }
}
