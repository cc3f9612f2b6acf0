import { describe, expect, it } from 'vitest';
import { read } from '../../../src/flow/questions/reader.ts';
import type { Reply, ReplyKind } from '../../../src/flow/reply.ts';
import type { Attachment } from '../../../src/flow/value.ts';
import { context, pressed, question, type Row, sure, table, told, typed } from './table.ts';

const hostile = [
  `'; DROP TABLE answers; --`,
  '=cmd()',
  '<!channel>',
  '@所有人',
  '\u0000\u0007',
  '\u202eمرحبا',
  '😀👩‍👩‍👧‍👦',
  '𠮷野家',
  '  前后有空格  ',
  '一\n二',
];

const text = question({ type: 'text', max: 10, min: 2 });
const words: Row[] = [
  ['好的', sure('好的')],
  ['  空格  ', sure('  空格  ')],
  ['@所有人', sure('@所有人')],
  ['<b>x</b>', sure('<b>x</b>')],
  ['不满意', sure('不满意')],
  ['𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷', sure('𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷')],
  ['𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷', 'flow:hint.text.max'],
  ['12345678901', 'flow:hint.text.max'],
  ['嗯', 'flow:hint.text.min'],
  ['𠮷', 'flow:hint.text.min'],
  ['', 'flow:hint.text'],
  [' \n\t ', 'flow:hint.text'],
  ['\u200b\u200e', 'flow:hint.text'],
  ['\u0000', 'flow:hint.text'],
];
table('text', text, words);

const remark = question({ type: 'text', required: false });
const back: Row[] = [
  ['什么', 'flow:hint.free'],
  ['什么？', 'flow:hint.free'],
  ['什么意思？', 'flow:hint.free'],
  ['啥意思', 'flow:hint.free'],
  ['这是什么意思', 'flow:hint.free'],
  ['请问这题是什么意思？', 'flow:hint.free'],
  ['没看懂', 'flow:hint.free'],
  ['看不懂啊', 'flow:hint.free'],
  ['不明白', 'flow:hint.free'],
  ['怎么填', 'flow:hint.free'],
  ['这个怎么写？', 'flow:hint.free'],
  ['要写什么', 'flow:hint.free'],
  ['为什么要填这个？', 'flow:hint.free'],
  ['what', 'flow:hint.free'],
  ['What?', 'flow:hint.free'],
  ['what do you mean?', 'flow:hint.free'],
  ['What does this mean', 'flow:hint.free'],
  ["I don't understand", 'flow:hint.free'],
  ['how do I answer this?', 'flow:hint.free'],
  ['huh?', 'flow:hint.free'],
  ['???', 'flow:hint.free'],
  ['？', 'flow:hint.free'],
  ['……', 'flow:hint.free'],
];
const answers: Row[] = [
  '窗口没说清楚要什么材料',
  '什么都没有告知',
  '不知道找谁',
  '为什么要跑三趟',
  '没有空调',
  '没有人管',
  '没有意见箱',
  '看不懂指示牌',
  'nobody said what to bring',
  'no chairs',
  '👍',
].map((text): Row => [text, sure(text)]);
table('a question back is no answer', question({ type: 'text' }), [...back, ...answers]);
table('nor where none is needed', remark, [...back, ...answers]);

const nothing =
  '没有 没有。 没 无 没有了 没了 没有啦 没有，谢谢 没什么 没什么了 没有什么要说的 没有要补充的 没别的了 没意见 没有意见和建议 没有建议 暂无 暂时没有 不用了 / - none No nothing';
describe('nothing to say', () => {
  const lines = [...nothing.split(' '), 'no comment', 'nothing to add', 'n/a'];
  it.each(lines)('%s passes over an optional question', (line) => {
    for (const type of ['text', 'place'])
      expect(read(question({ type, required: false }), typed(line), context)).toEqual({ kind: 'skip' });
  });
  it.each([
    ...'完成 完成了 完成。 填完了 完了 完毕 好了 就这些 就这样吧 done Done! finished'.split(' '),
    "I'm done",
    "that's it",
  ])('%s is the end of it, and no remark', (line) => {
    expect(read(remark, typed(line), context)).toEqual({ kind: 'skip' });
  });
  it.each([...'已完成整改 好 完成得很好 窗口完善 done_well'.split(' '), 'well done'])(
    '%s is a remark',
    (line) => {
      expect(read(remark, typed(line), context)).toEqual(sure(line));
    },
  );
  it.each(['完成', 'done'])('%s is an answer where one is needed', (line) => {
    expect(read(question({ type: 'text' }), typed(line), context)).toEqual(sure(line));
  });
  it.each(['没有', '没有了', '无', 'none'])('%s is an answer where one is needed', (line) => {
    expect(read(question({ type: 'text' }), typed(line), context)).toEqual(sure(line));
  });
  it('not beside a photo', () => {
    const reply: Reply = { ...sent(jpeg), text: '没有' };
    expect(read(remark, reply, context)).toEqual(sure('没有'));
  });
});

describe('text', () => {
  it.each(hostile.filter((line) => line !== '\u0000\u0007'))('keeps %j as typed', (line) => {
    expect(read(question({ type: 'text' }), typed(line), context)).toEqual(sure(line));
  });
  it('counts a line of 10,000 characters against the limit', () => {
    const line = '满'.repeat(10_000);
    expect(read(question({ type: 'text' }), typed(line), context)).toEqual({
      kind: 'unread',
      hint: 'flow:hint.text.max',
      params: { max: 1000 },
    });
  });
});

const place = question({ type: 'place' });
table('place', place, [
  ['市民中心一楼', sure({ label: '市民中心一楼' })],
  ['Hall 3', sure({ label: 'Hall 3' })],
  ['!!!', 'flow:hint.place'],
  ['什么', 'flow:hint.place'],
  ['什么意思？', 'flow:hint.place'],
  ['中午吃什么', 'flow:hint.place'],
  ['你在哪里', 'flow:hint.place'],
  ['几点下班？', 'flow:hint.place'],
  ['what do you mean?', 'flow:hint.place'],
  ['where are you?', 'flow:hint.place'],
  ['二楼东侧', sure({ label: '二楼东侧' })],
  ['', 'flow:hint.place'],
  ['楼'.repeat(201), 'flow:hint.place.long'],
]);
describe('place', () => {
  it('takes a sent location', () => {
    const sent = { label: '行政服务中心', latitude: 30.75, longitude: 120.76 };
    expect(read(place, { ...typed(''), kind: 'place', place: sent }, context)).toEqual(sure(sent));
  });
  it('does not take a location without coordinates or words', () => {
    expect(read(place, { ...typed(''), kind: 'place', place: {} }, context)).toMatchObject({
      hint: 'flow:hint.place',
    });
  });
});

const file = (mime: string, id = mime): Attachment => ({ id, mime, size: 1, sha256: 'x' });
const sent = (...attachments: Attachment[]): Reply => ({ ...typed(''), kind: 'media', attachments });
const photo = question({ type: 'photo', min: 2, max: 3 });
const [jpeg, mp4, pdf] = [file('image/jpeg'), file('video/mp4'), file('application/pdf')];

describe('photo', () => {
  it('hands back the photos and videos of one message, fewer than wanted too', () => {
    expect(read(photo, sent(jpeg), context)).toEqual(sure([jpeg]));
    expect(read(photo, sent(jpeg, mp4), context)).toEqual(sure([jpeg, mp4]));
  });
  it('takes a photo sent as a file', () => {
    expect(read(photo, { ...sent(jpeg), kind: 'binary' }, context)).toEqual(sure([jpeg]));
  });
  it('leaves other files out and says what it took', () => {
    expect(read(photo, sent(jpeg, pdf), context)).toEqual(told([jpeg]));
  });
  it('names what to send', () => {
    expect(read(photo, sent(pdf), context)).toMatchObject({ hint: 'flow:hint.photo.type' });
    expect(read(photo, typed('好的'), context)).toMatchObject({ hint: 'flow:hint.photo' });
    expect(read(photo, sent(jpeg, jpeg, jpeg, jpeg), context)).toEqual({
      kind: 'unread',
      hint: 'flow:hint.photo.max',
      params: { max: 3 },
    });
  });
  it('takes "none" only where none are needed', () => {
    expect(read(question({ type: 'photo', min: 0 }), typed('没有'), context)).toEqual(told([]));
    expect(read(photo, typed('没有'), context)).toMatchObject({ kind: 'unread' });
  });
  it.each(['没有', '没有照片', '无', 'none'])('%s passes over it where it may be', (line) => {
    const optional = question({ type: 'photo', required: false });
    expect(read(optional, typed(line), context)).toEqual({ kind: 'skip' });
  });
  it('leaves words with a photo to the questions that ask for words', () => {
    expect(read(question({ type: 'text' }), { ...sent(jpeg), text: '如图所示' }, context)).toEqual(
      sure('如图所示'),
    );
    expect(read(question({ type: 'number' }), sent(jpeg), context)).toMatchObject({
      hint: 'flow:hint.number.count',
    });
  });
});

describe('other kinds of message', () => {
  const kinds: ReplyKind[] = ['sticker', 'voice', 'forwarded', 'red-packet', 'binary', 'other'];
  const asked = ['choice', 'choices', 'level', 'number', 'text', 'date', 'place', 'photo'].map((type) =>
    question({
      type,
      ...(type.startsWith('choice')
        ? {
            options: [
              { id: 'a', label: '甲' },
              { id: 'b', label: '乙' },
            ],
          }
        : {}),
    }),
  );
  it.each(kinds)('%s gets its own hint at every question', (kind) => {
    for (const one of asked)
      expect(read(one, { ...typed('1'), kind }, context)).toEqual({
        kind: 'unread',
        hint: `flow:hint.kind.${kind}`,
      });
  });
  it('a note takes no answer', () => {
    expect(read(question({ type: 'note' }), typed('1'), context)).toEqual({
      kind: 'unread',
      hint: 'flow:hint.note',
    });
  });
});

describe('taps', () => {
  const options = [
    { id: 'a', label: '甲' },
    { id: 'b', label: '乙' },
    { id: 'c', label: '丙' },
  ];
  const stale = { kind: 'unread', hint: 'flow:hint.press' };
  it('read as exactly what was tapped', () => {
    expect(read(question({ type: 'choice', options }), pressed('b'), context)).toEqual(sure('b'));
    expect(read(question({ type: 'choices', options }), pressed('c', 'a'), context)).toEqual(
      sure(['a', 'c']),
    );
    expect(read(question({ type: 'level' }), pressed('5'), context)).toEqual(sure(5));
    expect(read(question({ type: 'number' }), pressed('0.92'), context)).toEqual(sure(0.92));
    expect(read(question({ type: 'date' }), pressed('2026-07-15'), context)).toEqual(sure('2026-07-15'));
  });
  it('of another question or of no option are stale', () => {
    const other = { ...pressed('a'), press: { question: 'other', options: ['a'] } };
    expect(read(question({ type: 'choice', options }), other, context)).toEqual(stale);
    for (const [type, id] of [
      ['choice', 'z'],
      ['choices', 'z'],
      ['level', '6'],
      ['level', ''],
      ['number', 'x'],
      ['number', ''],
      ['date', '2026-02-30'],
      ['date', 'x'],
      ['text', 'a'],
      ['photo', 'a'],
      ['place', 'a'],
    ] as const)
      expect(
        read(question({ type, ...(type.startsWith('choice') ? { options } : {}) }), pressed(id), context),
      ).toEqual(stale);
    expect(read(question({ type: 'choice', options }), pressed('a', 'b'), context)).toEqual(stale);
    expect(read(question({ type: 'choice', options }), pressed(), context)).toEqual(stale);
  });
  it('keep to the counts and limits', () => {
    expect(
      read(question({ type: 'choices', options, max: 2 }), pressed('a', 'b', 'c'), context),
    ).toMatchObject({ hint: 'flow:hint.choices.max' });
    expect(read(question({ type: 'choices', options }), pressed(), context)).toMatchObject({
      hint: 'flow:hint.choices.min',
    });
    expect(read(question({ type: 'number', max: 5 }), pressed('6'), context)).toMatchObject({
      hint: 'flow:hint.number.max',
    });
  });
});

describe('limits are named', () => {
  it.each([
    [{ type: 'number', min: 1, max: 5 }, '6', { min: 1, max: 5 }],
    [{ type: 'number', min: 1 }, '0', { min: 1 }],
    [{ type: 'number', max: 5 }, '6', { max: 5 }],
    [{ type: 'number', min: 50 }, '好', { example: 50 }],
    [{ type: 'text', min: 3 }, '好', { min: 3 }],
    [{ type: 'date', earliest: '2026-07-10' }, '今天', { earliest: { date: '2026-07-10' } }],
    [
      {
        type: 'choice',
        options: [
          { id: 'a', label: '甲' },
          { id: 'b', label: '乙' },
        ],
      },
      '3',
      { count: 2 },
    ],
  ])('%j with %s', (definition, reply, params) => {
    expect(read(question(definition), typed(reply), context)).toMatchObject({ kind: 'unread', params });
  });
});
