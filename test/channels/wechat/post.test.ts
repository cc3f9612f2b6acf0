import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Post } from '../../../src/channels/channel.ts';
import { harmless } from '../../../src/channels/wechat/harmless.ts';
import { partMax, partsMax, toTexts } from '../../../src/channels/wechat/post.ts';

const ask = (labels: string[], numbered = true): NonNullable<Post['ask']> => ({
  target: 'session',
  question: 'q1',
  options: labels.map((label, index) => ({ id: `o${index}`, label })),
  many: false,
  numbered,
});

describe('texts for WeChat', () => {
  it('number the options under the text', () => {
    expect(toTexts({ text: '您对本次服务满意吗？', ask: ask(['非常满意', '满意', '不满意']) })).toEqual([
      '您对本次服务满意吗？\n1. 非常满意\n2. 满意\n3. 不满意',
    ]);
  });

  it('leave out options that are only for tapping', () => {
    expect(toTexts({ text: '收到请回复“收到”。', ask: ask(['收到'], false) })).toEqual([
      '收到请回复“收到”。',
    ]);
  });

  it('are none for nothing', () => {
    expect(toTexts({ text: ' \n ' })).toEqual([]);
  });

  it('keep every option whole when the text is far too long', () => {
    const texts = toTexts({ text: '长'.repeat(50_000), ask: ask(['是', '否']) });
    expect(texts).toHaveLength(partsMax);
    expect(texts.at(-1)?.endsWith('…\n1. 是\n2. 否')).toBe(true);
  });

  it('stay within bounds for any number of options', () => {
    const texts = toTexts({ text: '选', ask: ask(Array.from({ length: 500 }, () => '选项'.repeat(200))) });
    expect(texts.length).toBeLessThanOrEqual(partsMax);
    expect(texts[0]?.startsWith('选\n1. 选项')).toBe(true);
  });

  it('break at the end of a line or a sentence', () => {
    const line = `${'甲'.repeat(90)}。`;
    const [first = '', second = ''] = toTexts({ text: Array.from({ length: 30 }, () => line).join('\n') });
    expect(first.endsWith('。')).toBe(true);
    expect(second.startsWith('甲')).toBe(true);
  });

  it('never take an emoji apart', () => {
    const family = '👨‍👩‍👧‍👦';
    const texts = toTexts({ text: `x${family.repeat(600)}` });
    expect(texts.length).toBeGreaterThan(1);
    for (const text of texts)
      expect(text.replace(/^x/, '').replaceAll(family, '').replace(/…$/, '')).toBe('');
  });

  it('hold for any text and options', () => {
    const anything = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 400 }),
      fc.string({ unit: 'binary', maxLength: 9_000 }),
    );
    fc.assert(
      fc.property(anything, fc.array(fc.string({ maxLength: 300 }), { maxLength: 20 }), (text, labels) => {
        const texts = toTexts({ text, ask: ask(labels) });
        expect(texts.length).toBeLessThanOrEqual(partsMax);
        for (const one of texts) expect(one.length).toBeLessThanOrEqual(partMax);
        if (labels.length > 0) expect(texts.join('\n')).toContain(`${labels.length}. `);
      }),
    );
  });
});

describe('words of people', () => {
  it.each<[said: string, shown: string]>([
    ['@所有人 开会', '＠所有人 开会'],
    ['请@all看', '请＠all看'],
    ['@@督办\u2005x', '＠＠督办\u2005x'],
    ['mail pingyi@example.com please', 'mail pingyi@example.com please'],
    ['a@所有人.com', 'a＠所有人.com'],
    ['=cmd()|calc', '=cmd()|calc'],
    ["'; DROP TABLE x; --", "'; DROP TABLE x; --"],
    ['<!channel> 1<2', '<!channel> 1<2'],
    ['<a href="weixin://x">点我</a>', '＜a href="weixin://x">点我＜/a>'],
    ['<?xml version="1.0"?><msg><appmsg/></msg>', '＜?xml version="1.0"?>＜msg>＜appmsg/>＜/msg>'],
    ['a\u0000b\u0007c\u009fd', 'abcd'],
    ['一\r\n二\r三\u2028四\t五', '一\n二\n三\n四 五'],
    ['\u202eevil\u202c \u2066x\u2069', 'evil x'],
    ['سلام 👍🏽 שלום', 'سلام 👍🏽 שלום'],
    ['half \ud83d pair', 'half  pair'],
  ])('%j', (said, shown) => {
    expect(harmless(said)).toBe(shown);
  });

  it('can never call everybody, whatever is around the sign', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.constantFrom('所有人', 'all', '督办'), (around, name) => {
        expect(harmless(`${around}@${name}${around}`).includes(`@${name}\u2005`)).toBe(false);
        expect(harmless(`${around}@所有人`).includes('@所有人')).toBe(false);
      }),
    );
  });
});
