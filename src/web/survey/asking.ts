import type { Flow } from '../../flow/definition.ts';
import type { Fields } from '../../flow/fill.ts';
import { chunksOf } from './chunks.ts';
import { fieldsIn, one, type Posted } from './fields.ts';
import { type Form, formHtml } from './form.ts';
import { judge, type Sent, type Verdict } from './judge.ts';
import { aboutOf, answerScript, type Exchange, isScript, otherLanguage, show } from './replies.ts';
import type { View } from './view.ts';

/** A questionnaire that somebody fills in, and where it is sent. */
export interface Asking {
  flow: Flow;
  zone: string;
  unitName: Parameters<typeof aboutOf>[1]['unitName'];
  matter: string | null;
  path: string;
  hidden: Record<string, string>;
  isChange: boolean;
  /** Where somebody goes who sends nothing after all; null where they came from nowhere. */
  leave: string | null;
}

/** A form that nobody has sent yet. @param fields as it begins */
export function askFirst(
  exchange: Exchange,
  asking: Asking,
  fields: Fields,
  query: Record<string, string>,
): void {
  const values = judge(
    exchange.view,
    asking.flow,
    { fields, chunk: null, shown: null },
    nowFor(exchange, asking),
  ).filled.values;
  const other = otherLanguage(exchange.view, asking.path, query);
  showForm(exchange, asking, { ...blank, fields, values, isFresh: !asking.isChange }, 200, other);
}

/**
 * Judges a form that was sent, and shows it again unless it is to be submitted.
 * @param isStale it can't be submitted as it came, and has to be sent once more
 * @returns the answers, or null: then it is shown again already
 */
export function answersIn(
  exchange: Exchange,
  asking: Asking,
  posted: Posted,
  isStale: boolean,
): Extract<Verdict, { kind: 'submit' }>['filled'] | null {
  const { view, request } = exchange;
  const sent = sentIn(asking.flow, posted);
  const verdict = judge(view, asking.flow, sent, nowFor(exchange, asking));
  const go = one(posted, 'go');
  if (verdict.kind === 'submit' && go === '' && !isStale) return verdict.filled;
  const again = askedAgain(view, { go, isStale, verdict, chunk: sent.chunk ?? 0 });
  if (isScript(request)) {
    const elsewhere = again.chunk !== sent.chunk;
    const { ticket } = asking.hidden;
    const told = { notes: Object.fromEntries(again.notes), message: again.said?.words, ticket };
    answerScript(exchange, again.status, elsewhere ? { page: true } : told);
    return null;
  }
  const { fields, shown } = sent;
  const form = { ...blank, ...again, fields, values: verdict.filled.values, shown: shown ?? [] };
  showForm(exchange, asking, form, again.status, null);
  return null;
}

/** Shows a form that was in order once more, because it could not be kept, or is one too many. */
export function askOnceMore(
  exchange: Exchange,
  asking: Asking,
  posted: Posted,
  why: 'unstored' | 'limited' = 'unstored',
): void {
  const { view, request } = exchange;
  const words = view.say(why);
  const status = why === 'limited' ? 429 : 503;
  if (isScript(request)) {
    answerScript(exchange, status, { message: words });
    return;
  }
  const { fields, chunk, shown } = sentIn(asking.flow, posted);
  const { values } = judge(view, asking.flow, { fields, chunk, shown }, nowFor(exchange, asking)).filled;
  const form = {
    ...blank,
    fields,
    values,
    chunk: chunk ?? 0,
    shown: shown ?? [],
    said: { words, kind: 'bad' as const },
  };
  showForm(exchange, asking, form, status, null);
}

type Filling = Omit<Form, 'flow' | 'action' | 'hidden' | 'isChange' | 'leave'>;

const blank: Filling = {
  ...{ fields: {}, values: {}, chunk: 0, shown: [], notes: new Map(), said: null, isFresh: false },
};

function nowFor({ doors }: Exchange, { zone }: Asking): { at: string; zone: string } {
  return { at: doors.clock.now().toISOString(), zone };
}

function sentIn(flow: Flow, posted: Posted): Sent {
  const page = one(posted, 'page');
  const chunks = chunksOf(flow).length;
  return {
    fields: fieldsIn(flow, posted),
    chunk: /^\d{1,3}$/.test(page) ? Math.min(Number(page), chunks - 1) : null,
    shown: Object.hasOwn(posted, 'shown') ? one(posted, 'shown').split(' ') : null,
  };
}

type Again = Pick<Filling, 'chunk' | 'notes' | 'said'> & { status: number };

function askedAgain(
  view: View,
  { go, isStale, verdict, chunk }: { go: string; isStale: boolean; verdict: Verdict; chunk: number },
): Again {
  const plain = { notes: new Map(), said: null, status: 200 };
  if (go === 'back') return { ...plain, chunk: Math.max(0, chunk - 1) };
  if (go !== '') return { ...plain, chunk };
  if (verdict.kind === 'submit')
    return { ...plain, chunk, said: { words: view.say('stale'), kind: 'bad' }, status: 400 };
  const { notes, isFaulty } = verdict;
  const words = isFaulty ? view.say('faults') : view.say('added');
  const said = notes.size === 0 ? null : { words, kind: isFaulty ? ('bad' as const) : ('good' as const) };
  // What was sent can't be taken as it is; a page that is merely followed by another can.
  return { chunk: verdict.chunk, notes, said, status: isFaulty || isStale ? 422 : 200 };
}

function showForm(
  exchange: Exchange,
  { flow, path, hidden, isChange, leave, unitName, matter }: Asking,
  form: Filling,
  status: number,
  otherLanguage: string | null,
): void {
  const { view } = exchange;
  const title = isChange ? view.say('change.title') : view.author(flow.title);
  show(exchange, {
    status,
    title: form.said?.kind === 'bad' ? view.say('fault.title', { title }) : title,
    about: aboutOf(view, { unitName, matter }),
    body: formHtml(view, { ...form, flow, action: view.to(path), hidden, isChange, leave }),
    otherLanguage,
  });
}
