import { type Lamp, lampOf } from '../../../campaign/rectification/lamp.ts';
import { type Figures, figuresOf } from '../../../satisfaction/figures.ts';
import { shownFrom } from '../../../satisfaction/summary.ts';
import { type ActivityProgress, activityProgress, openProblems } from '../../../store/desk/progress.ts';
import type { LedgerCount } from '../../../store/ledger-pages.ts';
import { levelsOf } from '../../../store/tallies.ts';
import { type Html, html, type Part } from '../../html.ts';
import { may } from '../access.ts';
import { campaignPath, type InCampaign, type Shown } from '../exchange.ts';
import { picturesHtml } from '../pictures.ts';
import { barHtml, changing, dayOf, lampHtml, tableHtml } from '../pieces.ts';

/** 总览: how far the campaign is, as it stands; the figures change by themselves while the page is open. */
export async function overviewPage(exchange: InCampaign): Promise<Shown> {
  const { view, hidden } = exchange;
  return {
    title: view.say('overview'),
    nav: 'overview',
    secrets: hidden.all,
    body: changing('figures', await figuresHtml(exchange)),
    below: picturesHtml(exchange, ['progress', 'findings', 'trend']),
  };
}

/** What changes while the page is open. */
async function figuresHtml(exchange: InCampaign): Promise<Html> {
  const { run, campaign, hidden, today } = exchange;
  const [activities, problems, levels] = await Promise.all([
    activityProgress(run, campaign.id, hidden.all, today),
    openProblems(run, campaign.id, hidden.all, true),
    levelsOf(run, campaign.id),
  ]);
  return html`${cardsHtml(exchange, activities, problems, figuresOf(levels.own, null))}
${lampsHtml(exchange, problems)}
${activitiesHtml(exchange, activities)}`;
}

function cardsHtml(
  exchange: InCampaign,
  activities: readonly ActivityProgress[],
  problems: readonly LedgerCount[],
  rated: Figures,
): Html {
  const { view, campaign } = exchange;
  const sum = (of: (one: ActivityProgress) => number) => activities.reduce((all, one) => all + of(one), 0);
  const [total, done, late] = [sum((one) => one.total), sum((one) => one.done), sum((one) => one.late)];
  const open = problems.reduce((all, { count }) => all + count, 0);
  const own = campaignPath(campaign);
  const satisfied = rated.kind === 'told' ? rated.satisfied : null;
  const cards: { words: string; figure: Part; more: string; href: string }[] = [
    {
      words: view.say('tasks.done'),
      figure: `${done}/${total}`,
      more: view.say('tasks.more', { n: total }),
      href: view.to(own, {}),
    },
    {
      words: view.say('tasks.late'),
      figure: late,
      more: view.say('tasks.more', { n: total }),
      href: '#activities',
    },
    {
      words: view.say('problems.open'),
      figure: open,
      more: view.say('problems.more', { n: open }),
      href: view.to(`${own}/findings`, { status: 'open' }),
    },
    {
      words: view.say('rated.satisfied'),
      figure: satisfied === null ? '—' : `${satisfied.percent}%`,
      more: ratedMore(exchange, rated),
      href: view.to(`${own}/satisfaction`),
    },
  ];
  return html`<ul class="figures">${cards.map(
    ({ words, figure, more, href }, index) =>
      html`<li><span class="words">${index === 0 ? words : html`<a href="${href}">${words}</a>`}</span><strong>${figure}</strong><span class="soft">${more}</span></li>`,
  )}</ul>`;
}

/** Of how many the share is, or why it is not told. */
function ratedMore({ view }: InCampaign, rated: Figures): string {
  if (rated.kind === 'none') return view.say('rated.none');
  if (rated.kind !== 'told') return view.say('rated.few', { from: shownFrom });
  const { n, satisfied } = rated;
  return satisfied === null
    ? view.say('rated.side', { n, from: shownFrom })
    : view.say('rated.more', { n, low: satisfied.low, high: satisfied.high });
}

/** How many open problems each lamp has, the most urgent first, and for how many it is somebody else's turn. */
function lampsHtml(exchange: InCampaign, problems: readonly LedgerCount[]): Html {
  const { view, facts, campaign, today } = exchange;
  const { lamps } = facts.ledger;
  const lit = new Map<Lamp, number>();
  let waiting = 0;
  for (const { dueOn, count } of problems) {
    const lamp = dueOn === null ? null : lampOf(lamps, dueOn, today, facts.calendar);
    if (lamp === null) waiting += count;
    else lit.set(lamp, (lit.get(lamp) ?? 0) + count);
  }
  const path = `${campaignPath(campaign)}/findings`;
  const item = (href: string, words: Part, count: number) =>
    html`<li><a href="${href}">${words}</a> <strong>${count}</strong></li>`;
  return html`<section aria-labelledby="lamps"><h2 id="lamps">${view.say('problems.by-lamp')}</h2><ul class="lamps">${[
    ...lamps,
  ]
    .reverse()
    .map((lamp) =>
      item(
        view.to(path, { lamp: String(lamps.indexOf(lamp)) }),
        lampHtml(exchange, lamp),
        lit.get(lamp) ?? 0,
      ),
    )}
${item(view.to(path, { lamp: 'waiting' }), view.say('lamp.waiting'), waiting)}</ul></section>`;
}

function activitiesHtml(exchange: InCampaign, activities: readonly ActivityProgress[]): Html {
  const { view, campaign, person } = exchange;
  const linked = may(person, { name: 'activity', campaignId: campaign.id });
  const rows = activities.map((one): Part[] => [
    linked
      ? html`<a href="${view.to(`${campaignPath(campaign)}/activities/${one.code}`)}">${view.author(one.title)}</a>${one.hidden && html` <span class="tag">${view.say('hidden')}</span>`}`
      : view.author(one.title),
    barHtml(exchange, one.done, one.total),
    one.read,
    one.late > 0 ? html`<strong class="late">${one.late}</strong>` : 0,
    dayOf(exchange, one.dueOn),
  ]);
  const heads = ['activity', 'task.handed-in', 'task.read', 'tasks.late', 'task.due'] as const;
  return html`<section id="activities">${tableHtml(
    view.say('activities'),
    heads.map((key) => view.say(key)),
    rows,
  )}</section>`;
}
