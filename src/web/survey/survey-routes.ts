import { type RequestHandler, Router } from 'express';
import { machineClock } from '../../clock.ts';
import type { OpenSurvey, Submitted } from '../../conversation/ratings.ts';
import type { LookedUp } from '../../conversation/receipts.ts';
import { normaliseCode } from '../../short-code.ts';
import { isForeign, secureHeaders } from '../guard.ts';
import type { Counter } from '../limits.ts';
import { type Asking, answersIn, askFirst, askOnceMore } from './asking.ts';
import { receiptCookie, receiptIn } from './cookie.ts';
import type { SurveyDoors } from './doors.ts';
import { one, type Posted } from './fields.ts';
import { doneIn, receiptHtml } from './receipt-page.ts';
import { aboutOf, type Exchange, goTo, otherLanguage, refuse, show } from './replies.ts';
import { newPass, newTicket, readPass, readTicket, type Ticket } from './tickets.ts';
import { viewOf } from './view.ts';

/** GET and POST /s/<code>: the questionnaire, and what became of it on this device. */
export function surveyRoutes(doors: SurveyDoors, guesses: Counter, body: RequestHandler[]): Router {
  const router = Router();
  router.get('/s/:code', async (request, response) => {
    const typed = String(request.params.code);
    const code = normaliseCode(typed);
    const exchange = { doors, request, response, view: viewOf(request) };
    if (code === typed) await openPage(exchange, code, guesses);
    else response.set(secureHeaders).redirect(302, exchange.view.to(pathOf(encodeURIComponent(code))));
  });
  router.post('/s/:code', ...body, async (request, response) => {
    const posted: Posted = request.body ?? {};
    const go = one(posted, 'go');
    const exchange = { doors, request, response, view: viewOf(request, go) };
    const code = normaliseCode(String(request.params.code));
    if (isForeign(request, doors.publicUrl())) refuse(exchange, 'foreign', pathOf(code));
    else await takeForm(exchange, code, posted);
  });
  return router;
}

export const pathOf = (code: string) => `/s/${code}`;
const now = ({ machine = machineClock }: SurveyDoors) => machine.now();

async function openPage(exchange: Exchange, code: string, guesses: Counter): Promise<void> {
  const { doors, request, view } = exchange;
  const { ratings, keys } = doors;
  if (guesses.waitSeconds(request) > 0) return refuse(exchange, 'many-guesses', null);
  const another = request.query.another === '1';
  const receipt = receiptIn(request) ?? readPass(keys, String(request.query.pass ?? ''), now(doors));
  const found = receipt === null || another ? null : await ratings.look(receipt);
  const survey = await ratings.openSurvey(code, found === null);
  if ('closed' in survey && survey.closed === 'unknown') guesses.add(request);
  if (receipt !== null && found !== null) {
    const isOnce = 'closed' in survey || survey.kind === 'case';
    return showRated(exchange, code, {
      receipt,
      found,
      another: isOnce ? null : view.to(pathOf(code), { another: '1' }),
    });
  }
  if ('closed' in survey) return refuse(exchange, survey.closed, pathOf(code));
  const ticket = newTicket(keys, code, now(doors), another);
  askFirst(exchange, askingOf(code, survey, ticket), {}, another ? { another: '1' } : {});
}

function askingOf(code: string, survey: OpenSurvey | LookedUp, ticket: string): Asking {
  const { flow, zone, unitName, matter } = survey;
  return { flow, zone, unitName, matter, path: pathOf(code), hidden: { ticket }, isChange: false };
}

/** Somebody who has rated by this code sees their rating instead of the questionnaire. */
function showRated(
  exchange: Exchange,
  code: string,
  rated: { receipt: string; found: LookedUp; another: string | null },
): void {
  const { request, view } = exchange;
  const { found } = rated;
  const said = doneIn(request) ?? 'already';
  const { pass } = request.query;
  show(exchange, {
    status: 200,
    title: view.author(found.flow.title),
    about: aboutOf(view, found),
    body: receiptHtml(view, { ...rated, said, contactFault: null }),
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
  const survey = await ratings.openSurvey(code, false);
  // Sent twice, or changed: the code of a case is used up by this very rating.
  const own =
    'closed' in survey && survey.closed === 'used' && receipt !== null ? await ratings.look(receipt) : null;
  const target = 'closed' in survey ? own : survey;
  if (target === null) return refuse(exchange, 'closed' in survey ? survey.closed : 'unknown', pathOf(code));
  const ticket = given === null ? newTicket(keys, code, now(doors), false) : one(posted, 'ticket');
  const asking = askingOf(code, target, ticket);
  const filled = answersIn(exchange, asking, posted, given === null);
  if (filled === null || given === null || receipt === null) return;
  const submitted = await ratings
    .submit({
      code,
      values: filled.values,
      receipt,
      device: { address: request.ip ?? '', agent: request.headers['user-agent'] ?? '' },
      seconds: Math.max(0, Math.round((now(doors).getTime() - given.openedAt) / 1000)),
    })
    .catch((fault: unknown) => {
      doors.log.error({ err: fault }, 'a rating could not be kept; its citizen was asked to send it again');
      return null;
    });
  if (submitted === null || submitted.kind === 'busy') askOnceMore(exchange, asking, posted);
  else confirm(exchange, code, receipt, submitted);
}

/** Under which receipt a form counts: that of the rating which this device has given by this code, else the form's own. */
async function receiptFor({ doors, request }: Exchange, given: Ticket | null): Promise<string | null> {
  if (given === null) return null;
  const own = given.another ? null : receiptIn(request);
  return own !== null && (await doors.ratings.look(own)) !== null ? own : given.receipt;
}

function confirm(exchange: Exchange, code: string, receipt: string, submitted: Submitted): void {
  const { doors, request, view } = exchange;
  switch (submitted.kind) {
    case 'limited':
      refuse(exchange, 'limited', pathOf(code));
      break;
    case 'closed':
      refuse(exchange, submitted.why, pathOf(code));
      break;
    case 'stored':
    case 'changed': {
      const secure = request.secure || doors.publicUrl().startsWith('https:');
      const cookie = receiptCookie(pathOf(code), receipt, secure);
      // Where cookies are refused the address leads to the receipt, for a while.
      const pass = newPass(doors.keys, receipt, now(doors));
      goTo(exchange, view.to(pathOf(code), { done: submitted.kind, pass }), cookie);
    }
  }
}
