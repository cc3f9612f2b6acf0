import { type Form, type FormOption, type FormValues, name } from './form.ts';

/** The word for a role that 邀请 reads, by language, and whether a unit belongs to it. */
const roles = {
  inspector: { 'zh-CN': '检查员', en: 'inspector', unit: true },
  liaison: { 'zh-CN': '联络员', en: 'liaison', unit: true },
  leader: { 'zh-CN': '负责人', en: 'leader', unit: true },
  coordinator: { 'zh-CN': '协调员', en: 'coordinator', unit: true },
  'leading-group': { 'zh-CN': '领导小组', en: 'leading group', unit: false },
  auditor: { 'zh-CN': '审计员', en: 'auditor', unit: false },
  operator: { 'zh-CN': '运维员', en: 'operator', unit: false },
  self: { 'zh-CN': '自己', en: 'myself', unit: false },
} as const;
type Invited = keyof typeof roles;

const option = (id: Invited): FormOption => ({
  id,
  label: { key: id === 'self' ? 'forms:invite.self' : `commands:role.${id}` },
  synonyms: [roles[id]['zh-CN'], roles[id].en],
});

/** 邀请: to which role, and for which unit where the role has one. */
export const inviteForm: Form = {
  command: 'invite',
  title: 'forms:invite.title',
  fields: [
    {
      id: 'role',
      label: 'forms:invite.role',
      hint: 'forms:invite.role.hint',
      kind: 'choice',
      required: true,
      options: (Object.keys(roles) as Invited[]).map(option),
    },
    {
      id: 'unit',
      label: 'forms:invite.unit',
      hint: 'forms:invite.unit.hint',
      kind: 'text',
      // A coordinator of the whole campaign has none; of the others the command asks for it.
      required: false,
      when: ({ role }) => role === undefined || (isInvited(role) && roles[role].unit),
    },
  ],
  compose: (values, language) => {
    const role = values.role ?? '';
    return isInvited(role) ? `${roles[role][language]} ${unitOf(values, role)}`.trim() : '';
  },
};

function unitOf({ unit = '' }: FormValues, role: Invited): string {
  return roles[role].unit ? name(unit) : '';
}

function isInvited(role: string): role is Invited {
  return Object.hasOwn(roles, role);
}
