import type { PictureKind } from '../../store/later.ts';
import { type Html, html } from '../html.ts';
import { campaignPath, type InCampaign } from './exchange.ts';

/** Pictures of the page's figures, drawn when they come into sight. What they show stands beside them in words too. */
export function picturesHtml({ view, campaign }: InCampaign, kinds: readonly PictureKind[]): Html {
  return html`<div class="pictures">${kinds.map((kind) => {
    const title = view.word({ key: `charts:${kind}.title` });
    const href = view.to(`${campaignPath(campaign)}/pictures/${kind}.svg`, { lang: view.language });
    return html`<figure><img src="${href}" alt="${view.say('picture', { title })}" width="375" loading="lazy"></figure>`;
  })}</div>`;
}
