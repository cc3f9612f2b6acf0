import { html } from '../../html.ts';
import { type Exchange, firstPath, type Shown } from '../exchange.ts';

/** The campaigns that somebody has a part in. */
export async function homePage(exchange: Exchange): Promise<Shown> {
  const { view, campaigns } = exchange;
  const body =
    campaigns.length === 0
      ? html`<p>${view.say('home.none')}</p>`
      : html`<ul class="cards">${campaigns.map(
          (campaign) =>
            html`<li><a href="${view.to(firstPath(exchange, campaign))}">${view.author(campaign.title)}</a><span>${view.say(`status.${campaign.status}`)}</span></li>`,
        )}</ul>`;
  return { title: view.say('home'), body, nav: 'home' };
}
