import { type RequestHandler, Router } from 'express';
import { machineClock } from '../../clock.ts';
import type { LookedUp } from '../../conversation/receipts.ts';
import { valuesWithoutNumbers } from '../../flow/personal-numbers.ts';
import { isReceipt, normaliseCode } from '../../short-code.ts';
import { isForeign } from '../guard.ts';
import { html } from '../html.ts';
import type { Counter } from '../limits.ts';
import { told } from '../pieces.ts';
import { type Asking, answersIn, askFirst, askOnceMore } from './asking.ts';
import type { SurveyDoors } from './doors.ts';
import { fieldsFrom, one, type Posted } from './fields.ts';
import { lookHtml } from './plain-page.ts';
import { contactMax, type Done, done, doneIn, receiptHtml } from './receipt-page.ts';
import { aboutOf, answerScript, type Exchange, goTo, otherLanguage, refuse, show } from './replies.ts';
import { newPass, readPass } from './tickets.ts';
import { viewOf } from './view.ts';

const path = '/r';

/** GET and POST /r: all that the holder of a receipt can do. The receipt itself stands in no address. */
export function receiptRoutes(doors: SurveyDoors, guesses: Counter, body: RequestHandler[]): Router {
  const router = Router();
  router.get(path, (request, response) => openReceipt({ doors, request, response, view: viewOf(request) }));
  router.post(path, ...body, async (request, response) => {
    const posted: Posted = request.body ?? {};
    const exchange = { doors, request, response, view: viewOf(request, one(posted, 'go')) };
    if (isForeign(request, doors.publicUrl())) return refuse(exchange, 'foreign', null);
    const receipt = normaliseCode(one(posted, 'receipt'));
    const found = isReceipt(receipt) ? await doors.ratings.look(receipt) : null;
    if (found !== null) return act(exchange, receipt, found, posted);
    // Only who guesses waits: a receipt that is one is let through, for all others behind the same address.
    if (guesses.waitSeconds(request) > 0) return refuse(exchange, 'many-guesses', null);
    guesses.add(request);
    showLook(exchange, 404, exchange.view.say('look.unknown'));
  });
  return router;
}

const now = ({ machine = machineClock }: SurveyDoors) => machine.now();

async function openReceipt(exchange: Exchange): Promise<void> {
  const { doors, request, view } = exchange;
  const { pass } = request.query;
  if (typeof pass !== 'string') return showLook(exchange, 200, null);
  const receipt = readPass(doors.keys, pass, now(doors));
  const found = receipt === null ? null : await doors.ratings.look(receipt);
  if (receipt === null || found === null) return showLook(exchange, 410, view.say('look.again'));
  if (request.query.do !== 'change')
    return showReceipt(exchange, 200, { receipt, found, contactFault: null });
  const fields = fieldsFrom(found.flow, found.values);
  askFirst(exchange, askingOf(exchange, receipt, found), fields, { pass, do: 'change' });
}

function showLook(exchange: Exchange, status: number, fault: string | null): void {
  const { view, request } = exchange;
  const said = doneIn(request);
  show(exchange, {
    status,
    title: view.say('look.title'),
    about: null,
    body: html`${fault === null && said !== null && told(view.say(`done.${said}`), done[said])}${lookHtml(view, fault)}`,
    otherLanguage: otherLanguage(view, path),
  });
}

function askingOf({ doors, view }: Exchange, receipt: string, found: LookedUp): Asking {
  const { flow, zone, unitName, matter } = found;
  const leave = view.to(path, { pass: newPass(doors.keys, receipt, now(doors)) });
  return { flow, zone, unitName, matter, path, hidden: { receipt, do: 'save' }, isChange: true, leave };
}

function showReceipt(
  exchange: Exchange,
  status: number,
  shown: { receipt: string; found: LookedUp; contactFault: string | null },
): void {
  const { doors, request, view } = exchange;
  const { found, receipt } = shown;
  const said = shown.contactFault === null ? doneIn(request) : null;
  const query = { pass: newPass(doors.keys, receipt, now(doors)), ...(said === null ? {} : { done: said }) };
  show(exchange, {
    status,
    title: view.author(found.flow.title),
    about: aboutOf(view, found),
    body: receiptHtml(view, { ...shown, said, leave: null }),
    otherLanguage: otherLanguage(view, path, query),
  });
}

/** Does what a button of the receipt's page asks for, and leads back to it. */
async function act(exchange: Exchange, receipt: string, found: LookedUp, posted: Posted): Promise<void> {
  const { doors, response, view } = exchange;
  const { ratings } = doors;
  const pass = newPass(doors.keys, receipt, now(doors));
  const back = (done: Done) => goTo(exchange, view.to(path, { pass, done }));
  switch (one(posted, 'do')) {
    case 'look':
      return goTo(exchange, view.to(path, { pass }));
    case 'change':
      return found.open ? goTo(exchange, view.to(path, { pass, do: 'change' })) : back('closed');
    case 'save':
      return save(exchange, receipt, found, posted, back);
    case 'withdraw':
      await ratings.withdraw(receipt);
      return goTo(exchange, view.to(path, { done: 'withdrawn' }));
    case 'contact':
      return leaveContact(exchange, receipt, found, posted, back);
    case 'no-call':
      return back((await ratings.withdrawContact(receipt)) === 'withdrawn' ? 'no-call' : 'no-call-none');
    case 'fix': {
      const again = ([1, 2, 3] as const).find((level) => String(level) === one(posted, 'level'));
      const kept = again !== undefined && (await ratings.rateFix(receipt, again)) === 'kept';
      return back(kept ? 'fix' : 'no-fix');
    }
    case 'export':
      response.set('Content-Disposition', 'attachment; filename="my-rating.json"');
      return answerScript(exchange, 200, await ratings.exportOf(receipt));
  }
  refuse(exchange, 'malformed', null);
}

async function save(
  exchange: Exchange,
  receipt: string,
  found: LookedUp,
  posted: Posted,
  back: (done: Done) => void,
): Promise<void> {
  const { doors } = exchange;
  if (!found.open) return back('closed');
  const asking = askingOf(exchange, receipt, found);
  const filled = answersIn(exchange, asking, posted, false);
  if (filled === null) return;
  const changed = await doors.ratings.change(receipt, filled.values).catch((fault: unknown) => {
    doors.log.error({ err: fault }, 'a rating could not be changed; its citizen was asked to send it again');
    return null;
  });
  switch (changed) {
    case null:
      return askOnceMore(exchange, asking, posted);
    case 'changed':
      return back(valuesWithoutNumbers(found.flow, filled.values) === filled.values ? 'changed' : 'masked');
    case 'closed':
      return back(changed);
    case 'unknown':
      return showLook(exchange, 404, exchange.view.say('look.unknown'));
  }
}

async function leaveContact(
  exchange: Exchange,
  receipt: string,
  found: LookedUp,
  posted: Posted,
  back: (done: Done) => void,
): Promise<void> {
  const contact = one(posted, 'contact').replaceAll('\u0000', '').trim();
  if (contact === '' || [...contact].length > contactMax) {
    const contactFault = exchange.view.say('contact.empty');
    return showReceipt(exchange, 422, { receipt, found, contactFault });
  }
  back((await exchange.doors.ratings.leaveContact(receipt, contact)) === 'kept' ? 'contact' : 'no-contact');
}
