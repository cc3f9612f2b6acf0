import type { MatterFlag } from '../campaign/activities/walkthrough.ts';

/** What was typed behind “事项”. */
export type MatterWords =
  | { do: 'list'; page: number }
  | { do: 'add'; names: string[] }
  | { do: 'remove' | 'show'; number: number }
  /** `on`: put on, or taken off. */
  | { do: 'flag'; number: number; flags: MatterFlag[]; on: boolean }
  | { do: 'how' };

const adds = /^(?:新增|增加|添加|补充|add)[\s:：,，]*(?<names>\S[\s\S]*)$/iu;
const removes = /^(?:删除|删去|去掉|remove|delete)\s*#?(?<number>\d{1,4})\s*号?$/iu;
const pages = /^(?:第?(?<zh>\d{1,3})页|page\s*(?<en>\d{1,3}))$/iu;
const numbers = /^#?(?<number>\d{1,4})\s*号?(?:事项)?(?:[\s:：,，、]*(?<words>\D[\s\S]*))?$/iu;

const flagWords: [MatterFlag, RegExp][] = [
  ['important', /重要(?:事项|的)?|important/giu],
  ['core', /(?:涉及)?核心(?:职能)?(?:的)?|core(?:\s+functions?)?/giu],
  ['complained', /(?:群众)?反映强烈(?:的)?|complained(?:\s+of)?|complaints?/giu],
];
const off = /^(?:取消|去掉|不再|不是|not)\s*(?:标记)?\s*/iu;
const ordinary = /^(?:一般|普通|ordinary|plain)(?:事项)?$/iu;
const between = /[\s,，、;；和及]|标记|为|and/giu;

/** Reads them; `how` is what to answer when they can't be read. Names stay as typed, one a line or between semicolons. */
export function readMatterWords(rest: string): MatterWords {
  const said = rest.trim().replace(/[０-９＃]/gu, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0));
  if (said === '') return { do: 'list', page: 1 };
  const page = pages.exec(said)?.groups;
  if (page !== undefined) return { do: 'list', page: Number(page.zh ?? page.en) };
  const names = adds.exec(said)?.groups?.names;
  if (names !== undefined) return { do: 'add', names: namesIn(names) };
  const removed = removes.exec(said)?.groups?.number;
  if (removed !== undefined) return { do: 'remove', number: Number(removed) };
  const about = numbers.exec(said)?.groups;
  if (about === undefined) return { do: 'how' };
  const number = Number(about.number);
  const words = (about.words ?? '').trim().replace(/[。.!！]+$/u, '');
  return words === '' ? { do: 'show', number } : flagsIn(number, words);
}

function namesIn(words: string): string[] {
  const names = words
    .split(/[\n;；]+/u)
    .map((name) => name.replace(/^\s*\d{1,3}[.．、)）]\s*/u, '').trim())
    .map((name) => name.replace(/[。]+$/u, ''));
  return [...new Set(names.filter((name) => name !== ''))];
}

function flagsIn(number: number, words: string): MatterWords {
  if (ordinary.test(words)) return { do: 'flag', number, flags: flagWords.map(([flag]) => flag), on: false };
  const on = !off.test(words);
  let left = words.replace(off, '');
  const flags: MatterFlag[] = [];
  for (const [flag, pattern] of flagWords) {
    const without = left.replace(pattern, ' ');
    if (without !== left) flags.push(flag);
    left = without;
  }
  // Whatever else was said must not be passed over in silence.
  if (flags.length === 0 || left.replace(between, '') !== '') return { do: 'how' };
  return { do: 'flag', number, flags, on };
}
