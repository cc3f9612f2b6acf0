import type { Line, Say, SentenceKey } from '../flow/say.ts';
import type { Text } from '../flow/text.ts';
import { type Part, partsOf } from '../roles.ts';
import { newCode } from '../short-code.ts';
import { type CampaignInQuestion, type Command, type CommandContext, hasRole } from './command.ts';
import { inviteForm } from './forms/invite.ts';
import { inviteEvent, validDays } from './invitation.ts';
import { unitCalled } from './unit-called.ts';

type InvitedRole = Exclude<Part, 'activity'>;

/** Roles that people are invited to, and the words for them; the longer word first. */
const words: Record<InvitedRole, string[]> = {
  inspector: ['inspector', '检查人员', '检查员'],
  liaison: ['liaison', '联络员', '联系人'],
  coordinator: ['coordinator', '协调单位', '协调员'],
  leader: ['leader', 'head', '单位负责人', '主要负责人', '负责人', '一把手'],
  'leading-group': ['leading group', '领导小组', '领导'],
  auditor: ['auditor', '审计人员', '审计员', '审计'],
  operator: ['operator', '运维人员', '运维员', '运维'],
};
/** Those that are of the whole campaign and have no unit; a coordinator may have one. */
const unitless: readonly InvitedRole[] = ['leading-group', 'auditor', 'operator'];
const self = ['我自己', '自己', '本人', 'myself', 'me', 'self'];

const anyRole = Object.values(words).flat().join('|');
const wanted = new RegExp(`^(${anyRole})(?![a-z])[\\s:,，]*([\\s\\S]*)$`, 'i');

/** Tries at a code that is not taken yet. */
const triesMax = 5;

/** 邀请: a one-use code that gives whoever sends it a role; `邀请 自己` one that adds another address of one's own. */
export const invite: Command = {
  name: 'invite',
  words: { 'zh-CN': ['邀请'], en: ['invite'] },
  takes: new RegExp(`${self.join('|')}|(?:${anyRole})(?![a-z]).{0,100}`),
  bare: false,
  ofCampaign: true,
  help: 'commands:invite.line',
  form: async (context) => (hasRole(context, 'coordinator') ? { form: inviteForm } : null),
  run: async (context, rest) => {
    if (self.includes(rest.toLowerCase())) return inviteSelf(context);
    const { campaign } = context;
    if (!hasRole(context, 'coordinator'))
      return context.replyPrivately({ lines: [{ key: 'commands:invite.others' }] });
    if (campaign === null) return context.reply({ key: 'commands:campaign.none' });
    const [, word = '', name = ''] = wanted.exec(rest) ?? [];
    const role = roleCalled(word);
    if (role === null) return context.replyPrivately({ lines: [{ key: 'commands:invite.how' }] });
    const isOfWhole = unitless.includes(role) || (role === 'coordinator' && name.trim() === '');
    if (isOfWhole && !coordinatesAll(context))
      return context.replyPrivately({ lines: [{ key: 'desk:invite.whole' }] });
    await inviteTo(context, { campaign, role, name: name.trim() });
  },
};

function roleCalled(word: string): InvitedRole | null {
  const roles = Object.keys(words) as InvitedRole[];
  return roles.find((role) => words[role].includes(word.toLowerCase())) ?? null;
}

/** Who coordinates one mode gives nobody more than they have themselves. */
function coordinatesAll({ roles, campaign }: CommandContext): boolean {
  return roles.some((held) => partsOf(held, campaign?.id ?? null).includes('coordinator'));
}

function coordinatesFor({ roles }: CommandContext, unit: string): boolean {
  return roles.some(({ role, unitId }) => role === 'coordinator' && unitId === unit);
}

interface Invitation {
  campaign: CampaignInQuestion;
  role: InvitedRole;
  /** The unit as it was written. */
  name: string;
}

async function inviteTo(context: CommandContext, { campaign, role, name }: Invitation): Promise<void> {
  const as = { key: `commands:role.${role}` } as const;
  if (unitless.includes(role) || (name === '' && role === 'coordinator')) {
    const kept = role === 'leading-group' ? 'leader' : role;
    const code = await storeCode(context, { role: kept, campaignId: campaign.id, unitId: null });
    return tell(context, code, {
      key: 'commands:invite.done.role',
      params: { code, role: as, title: campaign.title },
    });
  }
  if (name === '')
    return context.replyPrivately({ lines: [{ key: 'commands:invite.unit', params: { role: as } }] });
  const found = await unitCalled(context, campaign, name);
  if (found.kind === 'unknown') return context.replyPrivately(whichUnit(role, name.slice(0, 40), found.near));
  const { id: unitId, name: unit } = found.unit;
  if (role === 'coordinator' && !coordinatesAll(context) && !coordinatesFor(context, unitId))
    return context.replyPrivately({ lines: [{ key: 'desk:invite.whole' }] });
  const code = await storeCode(context, { role, campaignId: found.campaign.id, unitId });
  const params = { code, role: as, unit, title: found.campaign.title };
  tell(context, code, { key: 'commands:invite.done', params });
}

function tell(context: CommandContext, code: string, done: Line): void {
  context.replyPrivately({ lines: [done, ...howLines('commands:invite.forward', code)] });
}

async function inviteSelf(context: CommandContext): Promise<void> {
  const code = await storeCode(context, { role: 'self', campaignId: null, unitId: null });
  context.replyPrivately({
    lines: [{ key: 'commands:invite.self', params: { code } }, ...howLines('commands:invite.self.how', code)],
  });
}

function howLines(key: SentenceKey, code: string): Line[] {
  return [
    { key, params: { code } },
    { key: 'commands:invite.valid', params: { days: validDays } },
  ];
}

function whichUnit(role: InvitedRole, name: string, near: { code: string; name: Text }[]): Say {
  if (near.length === 0) return { lines: [{ key: 'commands:invite.no-unit', params: { name } }] };
  const options = near.map((unit) => ({ id: `${role} ${unit.code}`, label: unit.name }));
  const list = near.map((unit) => unit.name);
  return {
    lines: [{ key: 'commands:invite.which-unit', params: { name, candidates: { list } } }],
    ask: { target: 'command:invite', question: 'unit', options, many: false, numbered: false },
  };
}

/** Keeps a code that nobody has had before. @throws Error when five in a row were taken, which does not happen */
export async function storeCode(
  { transaction, turn, at, writes }: CommandContext,
  given: { role: string; campaignId: string | null; unitId: string | null },
): Promise<string> {
  const expiresAt = new Date(Date.parse(at) + validDays * 86_400_000);
  for (let tries = 0; tries < triesMax; tries += 1) {
    const code = newCode();
    const row = { ...given, code, createdBy: turn.contact.id, expiresAt };
    const { count } = await transaction.invite.createMany({ data: [row], skipDuplicates: true });
    if (count !== 1) continue;
    writes.audit.push(inviteEvent('made', row, at));
    return code;
  }
  throw new Error('no free invite code found');
}
