import { Flow } from '../../flow/definition.ts';
import { flowId } from '../resolve.ts';

/** What the questionnaire of a reply is called, after its campaign. */
const name = 'rectification';

/** Silence while a reply is being written: it is office work of days, not of minutes. */
const silence = { nudgeAfter: 24 * 60, expireAfter: 7 * 24 * 60 };

/** Questions whose answers are the unit's word on how far it is: asked anew for every reply. */
export const progressQuestions: readonly string[] = ['progress', 'steps', 'proof'];

export function replyFlowId(campaign: string): string {
  return flowId(campaign, name);
}

export function isReplyFlow(id: string): boolean {
  return id.endsWith(`/${name}`);
}

/**
 * The questionnaire in which a unit replies to an order: who answers for it, what is done, how far it is, proof. The same
 * engine as any checklist: back, change, skip and pause work here too.
 */
export function replyFlow(campaign: string, { proof }: { proof: boolean }): Flow {
  return Flow.parse({
    id: replyFlowId(campaign),
    title: { 'zh-CN': '整改回复', en: 'Reply to a rectification order' },
    silence,
    outro: { 'zh-CN': '整改回复已保存。', en: 'The reply is saved.' },
    questions: [
      {
        type: 'text',
        id: 'owner',
        label: { 'zh-CN': '责任人是谁？', en: 'Who answers for it?' },
        help: {
          'zh-CN': '写职务即可，例如“综合窗口负责人”。',
          en: 'A post will do, for example "head of the general window".',
        },
        max: 200,
      },
      {
        type: 'text',
        id: 'measure',
        label: { 'zh-CN': '采取了或将采取什么整改措施？', en: 'What was done, or will be done?' },
        help: {
          'zh-CN': '请写清做什么、做到什么程度。',
          en: 'Please say what exactly, and to what extent.',
        },
        max: 2000,
      },
      {
        type: 'choice',
        id: 'progress',
        label: { 'zh-CN': '目前进展如何？', en: 'How far is it?' },
        options: [
          {
            id: 'done',
            label: { 'zh-CN': '已整改到位', en: 'Put right' },
            synonyms: ['已完成', '整改完毕', '完成了'],
          },
          {
            id: 'working',
            label: { 'zh-CN': '正在整改', en: 'Under way' },
            synonyms: ['在推进', '未完成', '进行中'],
          },
        ],
      },
      {
        type: 'text',
        id: 'steps',
        label: { 'zh-CN': '后续步骤和时间安排是什么？', en: 'What comes next, and when?' },
        relevant: { question: 'progress', is: 'working' },
        max: 1000,
      },
      {
        type: 'photo',
        id: 'proof',
        label: {
          'zh-CN': '请发送整改后的照片或短视频。',
          en: 'Please send photos or a short video of it now.',
        },
        relevant: { question: 'progress', is: 'done' },
        required: proof,
        max: 9,
      },
    ],
  });
}
