import { expect, test } from 'vitest';
import { isSimilar, isSimilarPerson } from '../../src/roster/similar.ts';

test.each<[string, string, boolean]>([
  ['市人社局', '市人力资源和社会保障局', true],
  ['海盐县人社局', '海盐县人社 局', true],
  ['行政服务中心', '行政服务中新', true],
  ['行政审批局', '行政审批管理局', true],
  ['海盐县', '海盐县社保大厅', false],
  ['海盐县', '海宁市', false],
  ['1号窗口', '2号窗口', false],
  ['社保1号窗口', '社保2号窗口', false],
  ['第一中学', '第二中学', false],
  ['A区大厅', 'B区大厅', false],
  ['平湖市', '平湖', false],
])('%s, %s: %s', (one, other, is) => {
  expect(isSimilar(one, other)).toBe(is);
  expect(isSimilar(other, one)).toBe(is);
});

test.each<[string, string, boolean]>([
  ['王伟', '王芳', false],
  ['王伟', '王 伟', true],
  ['张晓明', '张小明', true],
  ['张晓明', '张晓明（副主任）', true],
  ['张三', '张三主任', true],
  ['检查员1', '检查员2', false],
  ['甲', '乙', false],
])('people %s, %s: %s', (one, other, is) => {
  expect(isSimilarPerson(one, other)).toBe(is);
  expect(isSimilarPerson(other, one)).toBe(is);
});
