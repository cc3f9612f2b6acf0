import fc from 'fast-check';
import { commands } from '../../src/commands/registry.ts';
import { halls, people, rooms, type Visit, visitors } from './campaign.ts';

/** The one thing in which two worlds differ: a covert visit that only one of them has, that goes elsewhere, or is at another time. */
export interface Difference {
  kind: 'added' | 'moved' | 'later';
  visit: Visit;
  /** Where it goes in the other world (`moved`). */
  elsewhere: string;
  /** Visits that both worlds have. */
  others: Visit[];
  /** Which of the two worlds is the one with it. */
  swapped: boolean;
}

export type Step =
  | {
      kind: 'says';
      who: string;
      text: string;
      place: 'private' | 'inspection' | 'hall';
      slash: boolean;
      addressed: boolean;
    }
  | { kind: 'taps'; who: string; option: number }
  /** Sends the invite code that was made last. */
  | { kind: 'binds'; who: string }
  /** Takes back the covert visit that was sent last, if any: by its number, which is by chance. */
  | { kind: 'recalls'; who: string }
  | { kind: 'waits'; hours: number }
  /** Messages to this person can't be delivered, or are refused, from now on; again: they can. */
  | { kind: 'fails'; who: string; how: 'unreachable' | 'refused' | 'not' };

const everybody = [...people.map((one) => `console:${one.console}`), 'console:stranger'];
const words = commands.flatMap(({ words: known, name }) => [
  ...known['zh-CN'].slice(0, 2),
  ...known.en.slice(0, 1),
  name,
]);
/** What people do most, and what makes problems to talk about. */
const usual = [
  '收到',
  '签到',
  '上报',
  '状态',
  '状态 暗访',
  '状态 城西便民服务中心',
  '谁还没报',
  '任务 城西便民服务中心',
  '任务',
  '问题清单',
  '台账',
  '发现问题',
  '投递',
  '派暗访 暗访一组 到 城西',
  '派暗访 城东 到 城北',
  '派暗访 抽取 2 由 暗访一组、暗访二组',
  '派暗访 抽取 1 每家2人 由 暗访一组、暗访二组',
  '派暗访 暗访一组、暗访二组 到 城西',
  '催办',
  '为什么',
  '是',
  '否',
  '60',
  '95',
  '20件里17件',
  '退出',
];
const talk = [
  '1',
  '2',
  '3',
  '5',
  '满意',
  '跳过',
  '暂停',
  '继续',
  '上一题',
  '改 1 否',
  '谢谢',
  '你好',
  '窗口一',
  '没听懂',
];
const rest = [
  '1',
  '2',
  '3',
  '4',
  '#2',
  '12',
  '1 2',
  '1 窗口无人',
  '窗口无人',
  '城东',
  '检查员 城东',
  '联络员 城西',
  '协调员',
  '协调员 县督查室',
  '7月1日',
  '7月1日至7月4日',
  '1 立行立改：擦窗',
  '1 7月10日前 整改',
  '1 理由充分',
  '自己',
  '第2页',
  '确认',
  '取消',
  '大厅',
  'mixed',
  'en',
  'covert',
  '暗访一组 到 城西',
  '暗访二组 到 城南 7月1日',
  '城东 到 城北',
  '抽取 1 由 暗访一组、暗访二组',
  '抽取 9 由 城东',
];

export const difference: fc.Arbitrary<Difference> = fc
  .record({
    kind: fc.constantFrom('added' as const, 'moved' as const, 'later' as const),
    inspector: fc.constantFrom(...visitors),
    targets: fc.shuffledSubarray([...halls], { minLength: 4 }),
    others: fc.uniqueArray(
      fc.record({ inspector: fc.constantFrom(...visitors), inspected: fc.constantFrom(...halls) }),
      { maxLength: 3, selector: ({ inspector }) => inspector },
    ),
    swapped: fc.boolean(),
  })
  .map(({ kind, inspector, targets, others, swapped }) => {
    const [inspected = 'west', elsewhere = 'south'] = targets.filter((one) => one !== inspector);
    const left = others.filter(
      (one) =>
        one.inspector !== one.inspected &&
        (one.inspector !== inspector || ![inspected, elsewhere].includes(one.inspected)),
    );
    return {
      kind,
      visit: { inspector, inspected },
      elsewhere,
      others: left,
      swapped,
    };
  });

const place = fc.constantFrom('private' as const, 'private' as const, 'inspection' as const, 'hall' as const);
const says = fc
  .record({
    who: fc.constantFrom(...everybody),
    word: fc.oneof(
      fc.constantFrom(...usual),
      fc.constantFrom(...usual),
      fc.constantFrom(...words),
      fc.constantFrom(...talk),
    ),
    rest: fc.oneof(fc.constant(''), fc.constant(''), fc.constantFrom(...rest)),
    place,
    slash: fc.boolean(),
    addressed: fc.boolean(),
  })
  .map(({ word, rest, ...step }): Step => ({ kind: 'says', ...step, text: `${word} ${rest}`.trim() }));

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 20, arbitrary: says },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('taps' as const),
      who: fc.constantFrom(...everybody),
      option: fc.nat(3),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('binds' as const),
      who: fc.constantFrom('console:stranger', 'console:citizen'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('recalls' as const),
      who: fc.constantFrom('console:office', ...everybody),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('waits' as const), hours: fc.integer({ min: 1, max: 60 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('fails' as const),
      who: fc.constantFrom(...everybody),
      how: fc.constantFrom('unreachable' as const, 'refused' as const, 'not' as const),
    }),
  },
);

export const script = (steps: number) => fc.array(step, { minLength: steps / 2, maxLength: steps });

/** Answers and choices among several tasks: what they do depends on what one has, so that an insider's would tell. */
const harmless = new Set([
  'status',
  'tasks',
  'findings',
  'why',
  'help',
  'ledger',
  'show',
  'queue',
  'language',
]);

/**
 * The law is about what outsiders can see, not about what an insider says aloud. Whoever has covert visits and open ones acts
 * upon the open ones in rooms, where the secret is not spoken of; in private they only look. No insider fills in the
 * citizens' survey: which questionnaire an answer was meant for depends on what else they have open. And none releases.
 */
export function asInsider(
  taken: Step,
  insiders: ReadonlySet<string>,
  hasOpenTasks: (who: string) => boolean,
): Step | null {
  if (taken.kind === 'waits' || taken.kind === 'fails' || !insiders.has(taken.who)) return taken;
  if (taken.kind === 'recalls') return hasOpenTasks(taken.who) ? null : taken;
  if (taken.kind !== 'says') return null;
  const named = commands.find(({ name, words: known }) =>
    [name, ...known['zh-CN'], ...known.en].some(
      (word) => taken.text === word || taken.text.startsWith(`${word} `),
    ),
  );
  if (named?.name === 'survey' || named?.name === 'release') return null;
  if (!hasOpenTasks(taken.who) || (named !== undefined && harmless.has(named.name))) return taken;
  return taken.place === 'private'
    ? { ...taken, place: 'inspection', slash: false }
    : { ...taken, slash: false };
}

export { rooms };
