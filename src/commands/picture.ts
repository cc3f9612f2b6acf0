import type { Line } from '../flow/say.ts';
import { type PictureKind, pictureKinds, pictureLater } from '../store/later.ts';
import { type Command, type CommandContext, seesCampaign } from './command.ts';
import { isOverheard } from './private.ts';
import { wantedBy } from './results.ts';
import { leftOutLines } from './sight.ts';

const kinds: Record<PictureKind, RegExp> = {
  progress: /^(?:任务)?(?:进度|进展)|^progress/iu,
  lamps: /^(?:亮|红黄)?灯(?:板|牌|图|号)?|^lamps?|^board/iu,
  satisfaction: /^(?:群众)?(?:满意度|评价)|^satisfaction|^ratings?/iu,
  findings: /^问题(?:分类|类别)?|^findings|^problems/iu,
  trend: /^趋势|^走势|^trends?/iu,
};

/**
 * 图: one picture of how things stand, in a moment, to the person alone: nobody is shown up in front of a group (DOMAIN 2.11).
 * Of hidden activities nothing is ever drawn: a picture is passed on in a second.
 */
export const picture: Command = {
  name: 'picture',
  words: { 'zh-CN': ['图', '图表', '看图'], en: ['picture', 'chart'] },
  takes:
    /(?:任务|群众|亮|红黄)?(?:进度|进展|灯板|灯牌|灯图|灯|满意度|评价|问题分类|问题类别|问题|趋势|走势)(?:[\s,，:]+\S.{0,80})?|(?:progress|lamps?|board|satisfaction|ratings?|findings|problems|trends?)(?:[\s,]+\S.{0,80})?/,
  bare: false,
  ofCampaign: true,
  help: 'charts:line',
  run: async (context, rest) => {
    const { campaign } = context;
    if (campaign === null || campaign.status === 'draft')
      return context.replyPrivately({ lines: [{ key: 'commands:campaign.none' }] });
    const said = rest.trim();
    const kind = pictureKinds.find((one) => kinds[one].test(said));
    if (kind === undefined) return askWhich(context);
    const wanted = await wantedBy(
      context,
      campaign,
      said.replace(kinds[kind], '').replace(/^[\s,，:]+/u, ''),
    );
    if (wanted === null) return;
    const { turn, run } = context;
    const inRoom = turn.room !== null;
    const coming: Line[] = isOverheard(context) ? [{ key: 'charts:coming' }] : [];
    const lines = [...coming, ...(await leftOutLines(context, campaign.id))];
    if (lines.length > 0) context.replyPrivately({ lines });
    const address = inRoom && !turn.body.slash ? (turn.contact.address ?? turn.urn) : (turn.room ?? turn.urn);
    await pictureLater(run, {
      key: `picture:${turn.seq}`,
      kind,
      campaignId: campaign.id,
      unitId: wanted.unit?.uuid ?? null,
      compares: wanted.compares,
      highest: wanted.highest,
      all: seesCampaign(context),
      to: { contactId: turn.contact.id, address, only: inRoom && turn.body.slash ? turn.urn : null },
    });
  },
};

function askWhich({ replyPrivately }: CommandContext): void {
  replyPrivately({
    lines: [{ key: 'charts:which' }],
    ask: {
      target: 'command:picture',
      question: 'kind',
      options: pictureKinds.map((kind) => ({ id: kind, label: { key: `charts:${kind}.title` } })),
      many: false,
      numbered: true,
    },
  });
}
