import fc from 'fast-check';
import { Flow } from '../../src/flow/definition.ts';
import { orderOf } from '../../src/flow/order.ts';
import type { Question } from '../../src/flow/questions/question.ts';
import type { Reply } from '../../src/flow/reply.ts';
import type { SessionState } from '../../src/flow/session.ts';

/** What happens next in a random conversation; `answer` becomes a proper answer to whatever is asked then. */
export type Move =
  | { kind: 'answer'; pick: number; addressed: boolean }
  | { kind: 'tap'; question: string; option: string }
  | { kind: 'say'; text: string; addressed: boolean }
  | { kind: 'send'; photos: number; addressed: boolean }
  | { kind: 'silence'; minutes: number }
  | { kind: 'aside' };

const id = (place: number) => `q${place}`;
const types = ['note', 'choice', 'choices', 'level', 'number', 'text', 'date', 'photo', 'place'] as const;

/** A condition on an earlier question: often true, often false, sometimes never. */
function condition(earlier: number): fc.Arbitrary<object> {
  const question = fc.integer({ min: 0, max: earlier - 1 }).map(id);
  const test = fc.oneof(
    fc.record({ question, is: fc.constantFrom('yes', 'no') }),
    fc.record({ question, answered: fc.boolean() }),
    fc.record({ question, atLeast: fc.integer({ min: 1, max: 8 }) }),
    fc.record({ question, in: fc.constant([1, 2, 'yes']) }),
    fc.record({ question, includes: fc.constantFrom('a', 'b') }),
  );
  return fc.oneof(
    { weight: 3, arbitrary: test },
    { weight: 1, arbitrary: test.map((not) => ({ not })) },
    { weight: 1, arbitrary: fc.array(test, { minLength: 2, maxLength: 2 }).map((any) => ({ any })) },
  );
}

function question(place: number): fc.Arbitrary<object> {
  const none = fc.constant(undefined);
  const maybe = (weight: number) =>
    place === 0 ? none : fc.oneof({ weight, arbitrary: condition(place) }, { weight: 2, arbitrary: none });
  return fc
    .record({
      type: fc.constantFrom(...types),
      relevant: maybe(2),
      constraint: maybe(1),
      required: fc.boolean(),
      min: fc.integer({ min: 0, max: 2 }),
    })
    .map(({ type, relevant, constraint, required, min }) => {
      const base = {
        id: id(place),
        type,
        label: `第${place}题`,
        ...(relevant === undefined ? {} : { relevant }),
      };
      if (type === 'note') return base;
      const own = type === 'number' && constraint !== undefined ? { constraint } : {};
      return { ...base, required, ...own, ...kinds[type](min) };
    });
}

const options = [
  { id: 'a', label: '甲项' },
  { id: 'b', label: '乙项' },
  { id: 'c', label: '丙项' },
];
const kinds: Record<Exclude<(typeof types)[number], 'note'>, (min: number) => object> = {
  choice: (min) => ({ options: min === 0 ? options : 'yes-no' }),
  choices: (min) => ({ options, min }),
  level: () => ({}),
  number: () => ({ min: 0, max: 9 }),
  text: () => ({}),
  date: () => ({}),
  photo: (min) => ({ min, max: 3 }),
  place: () => ({}),
};

export const flows: fc.Arbitrary<Flow> = fc
  .integer({ min: 1, max: 9 })
  .chain((count) => fc.tuple(...Array.from({ length: count }, (_, place) => question(place))))
  .map((questions) => Flow.parse({ id: 'random', title: '随机', questions }));

const addressed = fc.oneof(
  { weight: 4, arbitrary: fc.constant(true) },
  { weight: 1, arbitrary: fc.constant(false) },
);
const words = [
  '改',
  '改 1',
  '改2',
  '改 1 是',
  '改 2 3',
  '第3题改成满意',
  '改 4 乙项',
  '改 5',
  '改 6',
  '改 7 3',
  '改成5',
  '跳过',
  '上一题',
  '暂停',
  '继续',
  '是',
  '不是',
  '没有不满意',
  '大概五六个',
  '13',
  '满意',
  '明天或后天',
  '在吗？',
  '@老王 好',
  '',
  '999',
  'change 1 to yes',
];

const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('answer' as const), pick: fc.nat(20), addressed }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('tap' as const),
      question: fc.nat(9).map(id),
      option: fc.constantFrom('yes', 'no', 'a', 'b', '1', '4', '2026-07-10'),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constant('say' as const), text: fc.constantFrom(...words), addressed }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('say' as const),
      text: fc.string({ unit: 'grapheme' }),
      addressed,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('send' as const),
      photos: fc.integer({ min: 1, max: 4 }),
      addressed,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('silence' as const),
      minutes: fc.integer({ min: 1, max: 1500 }),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'aside' as const }) },
);

export const moves = fc.array(move, { minLength: 1, maxLength: 40 });

/** The reply that a move is, in the state it meets. */
export function replyFor(
  flow: Flow,
  state: SessionState,
  move: Exclude<Move, { kind: 'silence' | 'aside' }>,
): Reply {
  const said = (text: string, addressed = true): Reply => ({
    kind: 'text',
    text,
    attachments: [],
    addressed,
  });
  switch (move.kind) {
    case 'say':
      return said(move.text, move.addressed);
    case 'tap':
      return { ...said(''), press: { question: move.question, options: [move.option] } };
    case 'send':
      return photos(move.photos, move.addressed);
    case 'answer': {
      const asked = flow.questions[orderOf(flow).places.get(state.at ?? '') ?? 0];
      return asked === undefined
        ? said('')
        : { ...properAnswer(asked, move.pick), addressed: move.addressed };
    }
  }
}

/** One of the answers that a question takes, the same for the same pick. */
export function properAnswer(question: Question, pick: number): Reply {
  const said = (text: string): Reply => ({ kind: 'text', text, attachments: [], addressed: true });
  switch (question.type) {
    case 'note':
      return said('');
    case 'choice':
      return said(String((pick % question.options.length) + 1));
    case 'choices':
      return said(['1', '2、3', '1、2、3'][pick % 3] ?? '');
    case 'level':
      return said(['非常满意', '满意', '基本满意', '不满意', '非常不满意'][pick % 5] ?? '');
    case 'number':
      return said(String(pick % 10));
    case 'text':
      return said(`第${pick}种说法`);
    case 'date':
      return said(`2026-07-${10 + (pick % 10)}`);
    case 'photo':
      return photos(Math.max(question.min, 1 + (pick % question.max)), true);
    case 'place':
      return said(`${pick}号楼`);
  }
}

function photos(count: number, addressed: boolean): Reply {
  const attachments = Array.from({ length: count }, (_, index) => ({
    id: `photo-${count}-${index}`,
    mime: 'image/jpeg',
    size: 1,
    sha256: 'a'.repeat(64),
  }));
  return { kind: 'media', text: '', attachments, addressed };
}
