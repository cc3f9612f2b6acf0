import { describe, expect, test } from 'vitest';
import { nearest } from '../../src/campaign/nearest.ts';
import { Unit, unitNamed, unitsLike } from '../../src/campaign/unit.ts';

const units = [
  {
    id: 'approval-centre',
    name: '市行政审批服务中心',
    kind: 'organisation',
    aliases: ['嘉兴市行政审批中心', '市行政服务中心'],
  },
  { id: 'haiyan', name: { 'zh-CN': '海盐县政府', en: 'Haiyan County' }, kind: 'area', aliases: ['海盐'] },
  { id: 'haining', name: { 'zh-CN': '海宁市政府', en: 'Haining City' }, kind: 'area' },
  { id: 'zone', name: '嘉兴经济技术开发区（国际商务区）', kind: 'area', aliases: ['经开区'] },
].map((unit) => Unit.parse(unit));

describe('a unit is found by', () => {
  test.each([
    ['haiyan', 'haiyan'],
    ['海盐县政府', 'haiyan'],
    ['HAIYAN  county', 'haiyan'],
    ['海盐', 'haiyan'],
    [' 海 盐 县 政 府 ', 'haiyan'], // names padded with spaces, JX-6.2
    ['嘉兴经济技术开发区(国际商务区)', 'zone'], // half-width brackets
    ['市行政服务中心', 'approval-centre'],
    ['海', undefined],
    ['', undefined],
    ['   ', undefined],
    ['桐乡市政府', undefined],
  ])('%j: %s', (words, id) => expect(unitNamed(units, words)?.id).toBe(id));
});

describe('names near to', () => {
  test.each([
    ['海盐县政俯', ['海盐县政府', '海盐']],
    ['海盐县', ['海盐', '海盐县政府']],
    ['市行政审批中心', ['市行政审批服务中心', '嘉兴市行政审批中心', '市行政服务中心']],
    ['经开', ['经开区']],
    ['hainign', ['haining']],
    ['完全不同', []],
    ['', []],
  ])('%s', (words, names) => expect(unitsLike(units, words)).toEqual(names));

  test('are three at most, each once, swapped letters counting as one slip', () => {
    expect(nearest('titel', ['title', 'titel1', 'titel2', 'titel3', 'note'])).toHaveLength(3);
    expect(nearest('titel', ['title', 'table'])).toEqual(['title']);
    expect(nearest('ab', ['ab', 'AB'])).toHaveLength(1);
  });
});
