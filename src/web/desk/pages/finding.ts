import { countedDay } from '../../../campaign/rectification/chase.ts';
import { dueOf, isTakenBack, isUnitsTurn } from '../../../campaign/rectification/record.ts';
import { readFacts } from '../../../conversation/found-facts.ts';
import { didOf, nameOf, seenByKey } from '../../../conversation/ledger-post.ts';
import { taskLine } from '../../../conversation/order-notice.ts';
import type { Line } from '../../../flow/say.ts';
import { findFinding } from '../../../store/desk/findings.ts';
import { type LedgerFinding, lastEvents, type PastEvent, readFindings } from '../../../store/ledger.ts';
import { type Html, html, type Part } from '../../html.ts';
import { findingSight } from '../admit.ts';
import { type Evidence, evidenceOfFinding } from '../evidence.ts';
import { campaignPath, type InCampaign, type Shown } from '../exchange.ts';
import { changing, dayOf, dueLamp, factsHtml, findingHref, lampHtml, momentOf } from '../pieces.ts';

/** Steps of the history on one page. */
const stepsMax = 500;
const numberPattern = /^[1-9]\d{0,8}$/;

/** 问题 12: all that is known of one problem, its history, and its evidence; the same to everybody beyond whose sight it is. */
export async function findingPage(exchange: InCampaign): Promise<Shown | 'missing'> {
  const { view, run, campaign, request } = exchange;
  const given = String(request.params.number);
  const sight = await findingSight(exchange);
  const found = numberPattern.test(given) ? await findFinding(run, sight, campaign.id, Number(given)) : null;
  if (found === null) return 'missing';
  const [finding] = await readFindings(run, [found.id]);
  if (finding === undefined) return 'missing';
  // What a hidden inspection found is no entry of the ledger yet: its problem and evidence, and no more.
  const events = found.secret === null ? await lastEvents(run, finding.id, stepsMax) : [];
  const evidence = await evidenceOfFinding(exchange, finding);
  const facts = await readFacts(exchange.doors.library, finding.answers);
  const { mergedInto } = finding;
  const goesOn = mergedInto === null ? null : await findFinding(run, sight, campaign.id, mergedInto);
  return {
    title: view.say('problem.title', { number: finding.number }),
    nav: 'findings',
    above: [{ href: view.to(`${campaignPath(campaign)}/findings`), words: view.say('findings') }],
    about: `finding:${finding.number}`,
    secrets: found.secret === null ? [] : [found.secret],
    body: changing(
      'finding',
      html`<p class="problem">${view.author(finding.problem)}</p>
${knownHtml(exchange, finding, facts, goesOn !== null)}
${evidenceHtml(exchange, evidence)}
${events.length > 0 && timelineHtml(exchange, events)}`,
    ),
  };
}

/** @param answers what was answered where it was found @param isLinked whether the problem under whose number it goes on may be seen too */
function knownHtml(
  exchange: InCampaign,
  finding: LedgerFinding,
  answers: Awaited<ReturnType<typeof readFacts>>,
  isLinked: boolean,
): Html {
  const { view, today, facts } = exchange;
  const { record, status, severity, category, source, unitName, claimed, place, mergedInto } = finding;
  const gone = isTakenBack(status, record);
  const state = gone ? 'withdrawn' : (record?.state ?? (status === 'open' ? 'none' : status));
  const day = record === null || gone ? null : countedDay(record);
  const rows: [string, Part][] = [
    [view.say('problem.state'), view.word({ key: `ledger:state.${state}` })],
    [view.say('unit'), unitName === null ? '—' : view.author(unitName)],
    [view.say('problem.found'), momentOf(exchange, finding.openedAt)],
    [view.say('problem.severity'), view.word({ key: `ledger:severity.${severity}` })],
    [view.say('problem.category'), category ?? view.word({ key: 'ledger:category.none' })],
    [view.say('problem.source'), view.word({ key: `ledger:source.${source}` })],
    [view.say('problem.seen-by'), view.word({ key: seenByKey(finding) })],
  ];
  rows.splice(
    1,
    0,
    ...answers.map(({ params }): [string, Part] => [view.author(params.label), view.word(params.answer)]),
  );
  if (finding.secret !== null) rows.push([view.say('secrecy'), view.say('hidden')]);
  if (claimed !== null) rows.push([view.say('problem.claimed'), `${claimed.matter} · ${claimed.place}`]);
  else if (place !== null) rows.splice(2 + answers.length, 0, [view.say('problem.place'), place]);
  if (mergedInto !== null) {
    const number = view.say('problem.number', { number: mergedInto });
    const merged = isLinked ? html`<a href="${findingHref(exchange, mergedInto)}">${number}</a>` : number;
    rows.push([view.say('problem.merged'), merged]);
  }
  const others: [Parameters<typeof view.say>[0], number[]][] = [
    ['problem.merged-here', finding.merged],
    ['problem.split-from', finding.splitFrom === null ? [] : [finding.splitFrom]],
    ['problem.split', finding.parts],
  ];
  for (const [label, numbers] of others)
    if (numbers.length > 0)
      rows.push([view.say(label), numbers.map((number) => view.say('problem.number', { number })).join(' ')]);
  if (day !== null) rows.push([view.say('lamp'), lampHtml(exchange, dueLamp(exchange, day))]);
  if (record !== null && !gone) {
    if (record.requirement !== null) rows.push([view.say('problem.requirement'), record.requirement]);
    // How long is left is told while somebody is at it; the day itself stays, also when it is closed.
    const isAwaited = isUnitsTurn(record) || record.extension !== null;
    const due = isAwaited
      ? lineOf(exchange, taskLine(record.task, today, facts.calendar))
      : dayOf(exchange, dueOf(record.task));
    rows.push([view.say('task.due'), due]);
    if (record.measure !== null) rows.push([view.say('problem.measure'), record.measure]);
  }
  return factsHtml(rows);
}

function lineOf({ view }: InCampaign, line: Line): string {
  return 'key' in line ? view.word(line) : view.author(line.text);
}

function evidenceHtml(exchange: InCampaign, evidence: readonly Evidence[]): Html | null {
  const { view } = exchange;
  if (evidence.length === 0) return null;
  return html`<section aria-labelledby="evidence"><h2 id="evidence">${view.say('evidence', { count: evidence.length })}</h2>
<ul class="evidence">${evidence.map(({ href, thumbnail, name, of, receivedAt }) => {
    const words = view.say(of === 'problem' ? 'evidence.problem' : 'evidence.reply', {
      at: momentOf(exchange, receivedAt),
    });
    return html`<li><a href="${href}">${thumbnail === null ? html`<span class="file">${name}</span>` : html`<img src="${thumbnail}" alt="${words}" width="160" height="160" loading="lazy">`}</a><span class="soft">${words}</span></li>`;
  })}</ul></section>`;
}

function timelineHtml(exchange: InCampaign, events: readonly PastEvent[]): Html {
  const { view } = exchange;
  return html`<section aria-labelledby="history"><h2 id="history">${view.say('history')}</h2><ol class="timeline">${events.map(
    (event) => {
      const { at, who, data } = event;
      const reason = typeof data.reason === 'string' && data.reason !== '' ? data.reason : null;
      return html`<li><time datetime="${at.toISOString()}">${momentOf(exchange, at)}</time> <span>${view.word(nameOf(who))} ${view.word(didOf(event))}</span>${reason !== null && html`<p>${reason}</p>`}</li>`;
    },
  )}</ol></section>`;
}
