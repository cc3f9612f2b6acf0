import { openDeadLetters, queueCounts } from '../../../store/desk/queue.ts';
import { html, type Part } from '../../html.ts';
import { hiddenHtml, told } from '../../pieces.ts';
import { campaignPath, type InCampaign, queryOf, type Shown } from '../exchange.ts';
import { firstOnlyHtml, momentOf, tableHtml } from '../pieces.ts';

/** Dead letters on the page. */
const lettersMax = 100;

/** 投递: messages on their way and those set aside, by number and never by content; the latter can be tried again. */
export async function queuePage(exchange: InCampaign): Promise<Shown> {
  const { view, run, campaign } = exchange;
  const counts = await queueCounts(run);
  const letters = (await openDeadLetters(run, lettersMax)).slice(0, lettersMax);
  const lettersAll = counts.reduce((sum, { status, count }) => sum + (status === 'dead' ? count : 0), 0);
  const action = view.to(`${campaignPath(campaign)}/queue`);
  const rows = counts.map(({ side, channel, status, count, since }): Part[] => [
    view.say(`queue.${side}`),
    view.say(`channel.${channel as 'slack'}`),
    view.say(`queue.status.${status as 'waiting'}`),
    count,
    momentOf(exchange, since),
  ]);
  const dead = letters.map(({ name, channel, at, attempts, fault }): Part[] => [
    name,
    view.say(`channel.${channel as 'slack'}`),
    momentOf(exchange, new Date(at)),
    attempts,
    fault ?? '—',
    html`<form method="post" action="${action}">${hiddenHtml('name', name)}<button>${view.say('queue.retry')}<span class="sr"> ${name}</span></button></form>`,
  ]);
  const heads = ['queue.side', 'queue.channel', 'queue.status', 'queue.count', 'queue.since'] as const;
  const deadHeads = [
    'queue.name',
    'queue.channel',
    'queue.at',
    'queue.attempts',
    'queue.fault',
    'queue.do',
  ] as const;
  const done = queryOf(exchange, 'done');
  return {
    title: view.say('queue'),
    nav: 'queue',
    body: html`${done === 'again' && told(view.say('queue.again'), 'good')}${done === 'none' && told(view.say('queue.gone'), 'bad')}
${
  rows.length === 0
    ? html`<p>${view.say('queue.empty')}</p>`
    : tableHtml(
        view.say('queue.now'),
        heads.map((key) => view.say(key)),
        rows,
      )
}
<h2>${view.say('queue.dead')}</h2>
${
  dead.length === 0
    ? html`<p>${view.say('queue.dead.none')}</p>`
    : tableHtml(
        view.say('queue.dead'),
        deadHeads.map((key) => view.say(key)),
        dead,
      )
}${firstOnlyHtml(exchange, letters.length, lettersAll)}`,
  };
}
