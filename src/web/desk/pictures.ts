import type { PictureKind } from '../../store/later.ts';
import { type Html, html } from '../html.ts';
import { campaignPath, type InCampaign } from './exchange.ts';
import { sizeOf } from './picture-sizes.ts';

/**
 * Pictures of the page's figures, drawn when they come into sight. What they show stands beside them in words too, and to
 * whoever may know of hidden activities that nothing of those is in them.
 */
export function picturesHtml(exchange: InCampaign, kinds: readonly PictureKind[]): Html {
  const { view, campaign, hidden } = exchange;
  return html`<div class="pictures">${kinds.map((kind) => {
    const title = view.word({ key: `charts:${kind}.title` });
    const href = view.to(`${campaignPath(campaign)}/pictures/${kind}.svg`, { lang: view.language });
    const { width, height } = sizeOf(exchange, kind);
    return html`<figure><img src="${href}" alt="${view.say('picture', { title })}" width="${width}" height="${height}" loading="lazy"></figure>`;
  })}</div>${hidden.all.length > 0 && html`<p class="soft">${view.word({ key: 'audit:left-out' })}</p>`}`;
}
