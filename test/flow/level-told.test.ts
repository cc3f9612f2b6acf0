import { expect, test } from 'vitest';
import { readAgain } from '../../src/commands/again-words.ts';

const level = (again: 1 | 2 | 3, exact: boolean, words = '') => ({ kind: 'level', again, words, exact });
const doubt = expect.objectContaining({ kind: 'doubt' });

test.each([
  ['满意', level(3, true)],
  ['基本满意。', level(2, true)],
  ['不满意', level(1, true)],
  ['非常满意', level(3, false)],
  ['挺满意的', level(3, false)],
  ['一般般吧', level(2, false)],
  ['满意 群众认可', level(3, true, '群众认可')],
  ['不满意，还是没人管', level(1, true, '还是没人管')],
  ['不满意 没人管', level(1, true, '没人管')],
  ['fairly satisfied', level(2, true)],
  ['fairly', level(2, true)],
  ['not satisfied, nobody came', level(1, false, 'nobody came')],
  ['满意个屁', doubt],
  ['满意吗？你自己说呢', doubt],
  ['满意才怪', doubt],
  ['满意 才怪', doubt],
  ['满意？', doubt],
  ['满不满意', doubt],
  ['不满意才怪', doubt],
  ['谈不上满意', doubt],
  ['满意，但是没有人来', doubt],
  ['satisfied? not at all', doubt],
  ['satisfied my foot', doubt],
  ['3', null],
  ['你好', null],
  ['', null],
])('“%s” of a fix', (said, read) => {
  expect(readAgain(said)).toEqual(read);
});
