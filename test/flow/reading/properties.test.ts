import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Question } from '../../../src/flow/questions/question.ts';
import { read } from '../../../src/flow/questions/reader.ts';
import { readDate } from '../../../src/flow/reading/date.ts';
import { readNumeral } from '../../../src/flow/reading/numeral.ts';
import { readYesNo } from '../../../src/flow/reading/yesNo.ts';
import { context, pressed, question, sure, typed } from './table.ts';

const option = (id: string, zh: string, en: string) => ({ id, label: { 'zh-CN': zh, en } });
const graded = [
  option('best', '非常清楚', 'Very clear'),
  option('good', '清楚', 'Clear'),
  option('bad', '不清楚', 'Unclear'),
];
const reasons = [
  option('rude', '服务态度差', 'Rude staff'),
  option('slow', '办理太慢', 'Slow handling'),
  option('papers', '材料齐全', 'Complete papers'),
  option('hall', '环境整洁', 'Tidy hall'),
];
const level = question({ type: 'level' });
const levels = [
  ['非常满意', 'Very satisfied', 5],
  ['满意', 'Satisfied', 4],
  ['基本满意', 'Fairly satisfied', 3],
  ['不满意', 'Dissatisfied', 2],
  ['非常不满意', 'Very dissatisfied', 1],
] as const;

const chinesePrefixes = [
  '不是',
  '并非',
  '没有',
  '没',
  '不能说',
  '谈不上',
  '说不上',
  '算不上',
  '称不上',
  '不觉得',
  '不认为',
  '没觉得',
  '很难说',
  '未必',
  '不见得',
  '难以',
  '从来没',
  '一点也不是',
  '毫无',
  '绝不是',
  '谁说',
  '哪里',
  '怎么可能',
  '不算',
  '不是很',
  '不是特别',
  '没那么',
  '不敢说',
  '远非',
  '根本谈不上',
  '我不',
];
const englishPrefixes = [
  'not',
  'not at all',
  'never',
  "it wasn't",
  "it isn't",
  "I can't say",
  "I don't think it was",
  'hardly',
  'far from',
  'anything but',
  'by no means',
  "wouldn't call it",
  'neither',
  'without',
  'barely',
  'nothing',
  'less than',
];

/** Ways of denying, doubting, wishing or mocking, to be put before any wording. None of them leaves it as it is. */
const turns = {
  zh: '不 没 没有 未 并不 并非 不是 不太 不大 不很 不怎么 不够 不算 算不上 谈不上 说不上 称不上 不能说 不敢说 不好说 很难说 难说 不见得 未必 不觉得 没觉得 没感觉 不认为 谁 谁会 谁能 谁敢说 怎么可能 怎么会 怎能 如何能 岂能 哪能 哪里会 哪会 哪儿 鬼才 傻子才 才不 绝不 决不 毫不 毫无 从不 从来不 从没 再也不 根本不 压根不 压根儿没 一点也不 一点都没 半点不 无法 无从 不可能 不会 不能 别想 休想 甭想 想都别想 离 离开 远离 距 距离 缺乏 欠 有待 尚未 还没 还不 还没有 仍不 从未 不再 不曾 未曾 未能 没能 不得 不让人 不令人 让人不 令人不 难以 难 难得 很难 说什么 什么 有什么 有啥 何谈 谈何 何来 哪来的 假装 假 装作 被 强迫 被迫 勉强 几乎 差点 差点儿 险些 如果 要是 假如 倘若 除非 希望 但愿 盼望 想要 本以为 以为 原以为 应该 理应 可能 也许 大概 似乎 好像 貌似 看似 口头 嘴上 说是 所谓 自称 他们说 据说 听说 逼我 叫我 求我 更 最 越来越不 越来越 不再那么 没那么 没有那么 不那么 不这么 没这么 没有多 没多 能不 能不能 可不 可不可以 还算 即使 哪怕 虽然 尽管 只 只能 只好 只是 除了 拒绝 反对 否认 不承认 不同意 零 非 莫 勿 毋 休 甭 别 冇 唔 唔系 唔係 無 沒 沒有'.split(
    ' ',
  ),
  en: "bu|mei|no|not|un|dis|non-|never|no longer|nowhere near|nothing but|less than|far from|hardly|barely|scarcely|not even|by no means|in no way|anything but|cannot be|can not say|ain't|ain\u2019t|wasnt|isn`t|isnt|aint|dont feel|failed to be|unable to be|refuse to be|pretend to be|supposed to be|should be|would be|could be|if only I were|wish I was|was I|am I|who is|who would be|why would I be|how can I be|almost|nearly|partly|half|semi-|quasi-|somewhat|neither|nor|without being|lack of being|except|too slow to be|rarely|seldom|few are|nobody is|no one is|none are".split(
    '|',
  ),
};

describe('a denied option is never read as that option', () => {
  const lists: Question[] = [graded, reasons].map((options) => question({ type: 'choice', options }));
  const wordings = [graded, reasons].flatMap((options, at) =>
    options.flatMap(({ id, label }) =>
      Object.values(label).map((wording) => ({
        asked: lists[at] ?? level,
        value: id as string | number,
        wording,
      })),
    ),
  );
  const all = [
    ...wordings,
    ...levels.flatMap(([zh, en, value]) =>
      [zh, en].map((wording) => ({ asked: level, value: value as string | number, wording })),
    ),
  ];

  it('whatever denies it, and whatever stands around it', () => {
    const before = fc.constantFrom(
      '',
      '我觉得',
      '这次',
      '其实',
      '今天办事，',
      'well, ',
      'to be honest ',
      '嗯，',
    );
    const after = fc.constantFrom('', '。', '！', '吧', '的', ' 👍', '，谢谢', ' thanks', '呢');
    fc.assert(
      fc.property(fc.constantFrom(...all), fc.nat(), before, after, (one, pick, head, tail) => {
        const prefixes = /[a-z]/i.test(one.wording) ? englishPrefixes : chinesePrefixes;
        const denied = `${prefixes[pick % prefixes.length]}${/[a-z]/i.test(one.wording) ? ' ' : ''}${one.wording}`;
        const reading = read(one.asked, typed(head + denied + tail), context);
        if (reading.kind === 'value') expect(reading.value, head + denied + tail).not.toBe(one.value);
      }),
      { numRuns: 20_000 },
    );
  });

  it('and the same of every level, for two hundred turns of phrase', () => {
    const bad: string[] = [];
    for (const [zh, en, value] of levels)
      for (const turn of [...turns.zh, ...turns.en])
        for (const wording of [zh, en]) {
          const said = /[a-z]$/.test(turn) && /^[A-Z]/.test(wording) ? `${turn} ${wording}` : turn + wording;
          const reading = read(level, typed(said), context);
          if (reading.kind === 'value' && reading.value === value) bad.push(said);
        }
    expect(bad).toEqual([]);
  });

  it('nor picked by its number', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...lists, level),
        fc.constantFrom('不选', '不是', '不要', '除了', 'not ', 'except '),
        fc.integer({ min: 1, max: 5 }),
        (asked, denial, number) => {
          expect(read(asked, typed(`${denial}${number}`), context).kind).not.toBe('value');
        },
      ),
    );
  });

  it('nor a yes as a yes', () => {
    for (const prefix of [...chinesePrefixes.filter((one) => one !== '我不'), ...englishPrefixes])
      for (const yes of ['是', '是的', '有', '对', 'yes', 'sure']) {
        const reading = readYesNo(/[a-z]/.test(prefix) ? `${prefix} ${yes}` : prefix + yes);
        if (reading.kind === 'value') expect(reading.value, prefix + yes).toBe('no');
      }
  });
});

describe('nothing that can be sent breaks a reader', () => {
  const asked: Question[] = [
    level,
    question({ type: 'choice', options: reasons }),
    question({ type: 'choice', label: '窗口是否整洁？', options: 'yes-no' }),
    question({ type: 'choices', options: reasons }),
    ...(['count', 'percent', 'minutes', 'hours', 'days', 'yuan'] as const).map((unit) =>
      question({ type: 'number', unit }),
    ),
    question({ type: 'text' }),
    question({ type: 'date', earliest: '2026-01-01' }),
    question({ type: 'photo' }),
    question({ type: 'place' }),
    question({ type: 'note' }),
  ];
  const fragment = fc.constantFrom(
    '不',
    '没有',
    '满意',
    '非常',
    '1',
    '13',
    '、',
    '，',
    '。',
    '月',
    '日',
    '周三',
    '底',
    '点',
    '分',
    '半',
    '个',
    '万',
    '十',
    '百分之',
    '%',
    '-',
    '/',
    '.',
    ' ',
    '\n',
    '\u0000',
    '\u202e',
    '😀',
    '👍🏽',
    '①',
    '1️⃣',
    'not ',
    'half an hour ',
    'and ',
    'july ',
    'the ',
    'next ',
    'twenty ',
    "'; --",
    '=cmd()',
    '<!channel>',
    '@所有人',
    '★',
    '☆',
    ':+1:',
    '[强]',
    '\ud800',
    'ﷺ',
    'مرحبا',
    '前两个',
    '第',
    '都',
    '选',
    '后',
    '到',
  );
  const line = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.array(fragment, { maxLength: 60 }).map((parts) => parts.join('')),
    fc.array(fragment, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('').repeat(120)),
  );

  it('and every reading is well formed', () => {
    fc.assert(
      fc.property(line, fc.constantFrom(...asked), (text, one) => {
        const reading = read(one, typed(text), context);
        if (reading.kind === 'ambiguous') expect(reading.candidates.length).toBeGreaterThan(0);
        if (reading.kind === 'value' && one.type === 'number')
          expect(Number.isFinite(reading.value)).toBe(true);
        if (reading.kind === 'value' && one.type === 'date')
          expect(reading.value).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      }),
      { numRuns: 10_000 },
    );
  });

  it('nor keeps it busy', () => {
    const parts = [
      '一',
      '1',
      '不满意',
      '没有',
      ' ',
      ',',
      '、',
      'and ',
      '第',
      'half an ',
      '★',
      '1,',
      '-',
      '七月',
      'one ',
      '(',
      '个半',
      '对',
      '嗯，',
      '的',
      '谢谢',
      '\u0000',
      '😀',
      '\u202e',
      '百分之',
      'not ',
      '1 ',
      '一、',
    ];
    const lines = parts.flatMap((part) =>
      [60, 300, 10_000].map((size) => part.repeat(Math.ceil(size / part.length)).slice(0, size)),
    );
    let slowest = 0;
    for (const one of asked)
      for (const text of [...lines, ...lines.map((text) => `${text}x`)]) {
        const best = Math.min(...[0, 1, 2].map(() => timeOf(() => read(one, typed(text), context))));
        slowest = Math.max(slowest, best);
      }
    // A catastrophic pattern takes seconds for 300 signs; a slow and busy machine takes some milliseconds.
    expect(slowest).toBeLessThan(50);
  });

  const timeOf = (work: () => unknown) => {
    const start = process.hrtime.bigint();
    work();
    return Number(process.hrtime.bigint() - start) / 1e6;
  };
});

describe('numerals', () => {
  const names = '零一二三四五六七八九';
  const section = (n: number): string => {
    let written = '';
    let gap = false;
    for (const [size, unit] of [
      [1000, '千'],
      [100, '百'],
      [10, '十'],
      [1, ''],
    ] as const) {
      const digit = Math.floor(n / size) % 10;
      if (digit === 0) gap = written !== '';
      else {
        written += `${gap ? '零' : ''}${names[digit]}${unit}`;
        gap = false;
      }
    }
    return written;
  };
  const chinese = (n: number): string => {
    if (n === 0) return '零';
    const [high, low] = [Math.floor(n / 10_000), n % 10_000];
    const whole =
      high === 0
        ? section(low)
        : `${section(high)}万${low === 0 ? '' : `${low < 1000 ? '零' : ''}${section(low)}`}`;
    return whole.replace(/^一十/, '十');
  };

  it('of 0 to 99,999 read back, 两 and formal signs too', () => {
    const formal = (written: string) =>
      written.replace(
        /[一二三四五六七八九十百千]/g,
        (sign) => '壹贰叁肆伍陆柒捌玖拾佰仟'['一二三四五六七八九十百千'.indexOf(sign)] ?? sign,
      );
    const wrong: string[] = [];
    for (let n = 0; n < 100_000; n += 1) {
      const written = chinese(n);
      for (const form of [written, written.replace(/二(?=[百千万])/g, '两'), formal(written)])
        if (readNumeral(form) !== n) wrong.push(`${n} ${form}`);
    }
    expect(wrong).toEqual([]);
  });

  it('answer a number question as their digits do', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999 }), (n) => {
        expect(read(question({ type: 'number' }), typed(chinese(n)), context)).toEqual(sure(n));
      }),
      { numRuns: 500 },
    );
  });
});

describe('what is exact is exact', () => {
  it('every tap is its option, whatever the label', () => {
    const ids = fc.uniqueArray(fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,5}$/), {
      minLength: 2,
      maxLength: 20,
    });
    fc.assert(
      fc.property(ids, fc.string({ minLength: 1 }), fc.nat(), (all, label, pick) => {
        const id = all[pick % all.length] ?? '';
        const options = all.map((one) => ({ id: one, label }));
        expect(read(question({ type: 'choice', options }), pressed(id), context)).toEqual(sure(id));
        expect(read(question({ type: 'choices', options }), pressed(id), context)).toEqual(sure([id]));
      }),
    );
    for (const value of [1, 2, 3, 4, 5])
      expect(read(level, pressed(String(value)), context)).toEqual(sure(value));
  });

  it('every label is its option, in every language', () => {
    for (const options of [graded, reasons])
      for (const { id, label } of options)
        for (const wording of Object.values(label)) {
          expect(read(question({ type: 'choice', options }), typed(wording), context)).toEqual(sure(id));
          expect(read(question({ type: 'choices', options }), typed(wording), context)).toEqual(sure([id]));
        }
    for (const [zh, en, value] of levels)
      for (const wording of [zh, en, zh.normalize('NFD')])
        expect(read(level, typed(wording), context)).toEqual(sure(value));
  });

  it('every day of ten years, written in full, is that day', () => {
    const day = fc.date({
      min: new Date('2020-01-01T00:00:00Z'),
      max: new Date('2030-12-31T00:00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(day, (date) => {
        const iso = date.toISOString().slice(0, 10);
        const [y, m, d] = iso.split('-').map(Number);
        for (const written of [
          iso,
          `${y}年${m}月${d}日`,
          `${y}/${m}/${d}`,
          `${y}.${m}.${d}`,
          iso.replaceAll('-', ''),
        ])
          expect(readDate(written, context)).toEqual(sure(iso));
      }),
    );
  });
});
