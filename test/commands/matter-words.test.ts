import { expect, test } from 'vitest';
import { type MatterWords, readMatterWords } from '../../src/commands/matter-words.ts';

const all = ['important', 'core', 'complained'] as const;

test.each<[string, MatterWords]>([
  ['', { do: 'list', page: 1 }],
  ['第2页', { do: 'list', page: 2 }],
  ['2页', { do: 'list', page: 2 }],
  ['page 3', { do: 'list', page: 3 }],
  ['新增 公租房申请；商品房预售', { do: 'add', names: ['公租房申请', '商品房预售'] }],
  ['新增：户口迁入、迁出；（一）登记', { do: 'add', names: ['户口迁入、迁出', '（一）登记'] }],
  ['添加\n1. 甲\n2、乙。\n\n甲', { do: 'add', names: ['甲', '乙'] }],
  ['add Public housing; Presale permit', { do: 'add', names: ['Public housing', 'Presale permit'] }],
  ['新增', { do: 'how' }],
  ['删除 3', { do: 'remove', number: 3 }],
  ['删除３号', { do: 'remove', number: 3 }],
  ['remove #12', { do: 'remove', number: 12 }],
  ['3', { do: 'show', number: 3 }],
  ['3号', { do: 'show', number: 3 }],
  ['3 群众反映强烈', { do: 'flag', number: 3, flags: ['complained'], on: true }],
  ['3号事项 重要、涉及核心职能的', { do: 'flag', number: 3, flags: ['important', 'core'], on: true }],
  ['3，标记为重要', { do: 'flag', number: 3, flags: ['important'], on: true }],
  ['3 取消群众反映强烈', { do: 'flag', number: 3, flags: ['complained'], on: false }],
  ['3 一般', { do: 'flag', number: 3, flags: [...all], on: false }],
  ['3 complained of', { do: 'flag', number: 3, flags: ['complained'], on: true }],
  ['3 important and core', { do: 'flag', number: 3, flags: ['important', 'core'], on: true }],
  ['3 not core', { do: 'flag', number: 3, flags: ['core'], on: false }],
  ['3 ordinary', { do: 'flag', number: 3, flags: [...all], on: false }],
  ['3 明天再办', { do: 'how' }],
  ['3 重要但不急', { do: 'how' }],
  ['很多', { do: 'how' }],
])('事项 %j', (said, read) => {
  expect(readMatterWords(said)).toEqual(read);
});
