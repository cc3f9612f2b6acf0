import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { languages } from '../src/flow/text.ts';
import { packageRoot } from '../src/package-root.ts';

const folder = path.join(packageRoot(), 'locales');
const files = readdirSync(path.join(folder, 'zh-CN'));
const read = (language: string, file: string): Record<string, string> =>
  JSON.parse(readFileSync(path.join(folder, language, file), 'utf8'));
const placeholders = (text: string) =>
  [...text.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map((match) => match[1]).sort();

describe('both languages say the same', () => {
  it('have the same files', () => {
    for (const language of languages) expect(readdirSync(path.join(folder, language))).toEqual(files);
  });
  for (const file of files) {
    const [zh, en] = [read('zh-CN', file), read('en', file)];
    it(`${file}: the same keys`, () => expect(Object.keys(zh).sort()).toEqual(Object.keys(en).sort()));
    it(`${file}: the same values to fill in`, () => {
      for (const [key, text] of Object.entries(zh))
        expect([key, [...new Set(placeholders(en[key] ?? ''))]]).toEqual([
          key,
          [...new Set(placeholders(text))],
        ]);
    });
    it(`${file}: no sentence is empty or left in the other language`, () => {
      for (const [key, text] of Object.entries(en)) {
        expect([key, text.trim() !== '' && (zh[key] ?? '').trim() !== '']).toEqual([key, true]);
        // Words to be typed, in quotation marks, and names of languages may be Chinese in an English sentence.
        const bare = text.replace(/["“「][^"”」]*["”」]|中文|收到|签到|督办/g, '');
        expect([key, /[\u3400-\u9fff]/u.test(bare)]).toEqual([key, false]);
      }
    });
  }
});
