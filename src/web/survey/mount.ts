import express, { type ErrorRequestHandler, type Express } from 'express';
import { machineClock } from '../../clock.ts';
import { counter, limited } from '../limits.ts';
import { assetsRouter } from './assets.ts';
import type { SurveyDoors } from './doors.ts';
import type { Refusal } from './plain-page.ts';
import { receiptRoutes } from './receipt-routes.ts';
import { refuse } from './replies.ts';
import { surveyRoutes } from './survey-routes.ts';
import { viewOf } from './view.ts';

const minuteMs = 60_000;
/** Forms that one address can send in a minute: a hall whose visitors share one gets by. */
const postsAMinute = { max: 120, windowMs: minuteMs };
/** Receipts that nobody has, from one address. */
const wrongReceipts = { max: 20, windowMs: 10 * minuteMs };
/** Ends of receipts: few enough that twenty letters to the fourth stay a good lock for as long as a cookie lasts. */
const wrongEnds = { max: 10, windowMs: 10 * minuteMs };
/** Codes that lead nowhere, from one address: more, as they are printed and misread. */
const wrongCodes = { max: 60, windowMs: 10 * minuteMs };

/**
 * Openings of one code's page that count as visits from one address; those beyond are shown the page and counted nowhere, or
 * one address that loads it a thousand times would sink the response rate. A window serves some fifteen people in that time,
 * and of a hall's visitors those who open its poster's page over the hall's own network are fewer than two a minute: all of
 * them count. Addresses are held in memory for the quarter of an hour, and stored nowhere.
 */
const visitsCounted = { max: 30, windowMs: 15 * minuteMs };

/**
 * The largest form that is read. A comment of 100 kB is thrice that in percent-encoded Chinese: it is read, so that whoever
 * wrote it gets it back to shorten, and no answer is lost. What is larger was not written by hand.
 */
const bodyBytesMax = 400_000;
const fieldsMax = 2_000;

/**
 * The citizens' pages: `/s/<code>` to rate, `/r` for what can be done with a receipt, `/survey/…` for their style and script.
 * To be mounted before anything that reads bodies.
 */
export function mountSurvey(web: Express, doors: SurveyDoors): void {
  if (doors.trustProxy !== null) web.set('trust proxy', doors.trustProxy);
  const clock = doors.machine ?? machineClock;
  const tooMany = limited(postsAMinute, clock, (request, response) =>
    refuse({ doors, request, response, view: viewOf(request) }, 'many-requests', null),
  );
  const read = express.urlencoded({ extended: false, limit: bodyBytesMax, parameterLimit: fieldsMax });
  const counters = {
    codes: counter(wrongCodes, clock),
    lastLetters: counter(wrongEnds, clock),
    visits: counter(visitsCounted, clock, ({ params }) => String(params.code)),
  };
  // What is wanted most comes first: every router on the way takes its time.
  web.use(surveyRoutes(doors, counters, [tooMany, read]));
  web.use(receiptRoutes(doors, counter(wrongReceipts, clock), [tooMany, read]));
  web.use(assetsRouter);
  web.use(['/s', '/r'], answerFaults(doors));
}

/** The last handler. What Express knows the status of is the sender's fault; all else is ours, logged without any answers. */
function answerFaults(doors: SurveyDoors): ErrorRequestHandler {
  return (fault: unknown, request, response, next) => {
    if (response.headersSent) return next(fault);
    const exchange = { doors, request, response, view: viewOf(request) };
    const status = fault instanceof Error && 'status' in fault ? Number(fault.status) : 500;
    const refusal: Refusal = status === 413 ? 'long' : status >= 400 && status < 500 ? 'malformed' : 'failed';
    if (refusal === 'failed') doors.log.error({ err: fault }, 'a survey page could not be shown');
    refuse(exchange, refusal, null);
  };
}
