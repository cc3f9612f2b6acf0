import { expect } from 'vitest';
import { type Fault, readCampaignFile } from '../../../src/campaign/load.ts';
import { tell } from '../telling.ts';

/** A campaign file without faults, from which the tests depart. */
export const good = `duban: 1
id: trial
title: Trial
notice: { issuer: City, title: Notice, date: 2026-06-01 }
units:
  - { id: centre, name: Centre, kind: organisation }
  - { id: east, name: { zh-CN: 城东, en: East }, kind: area, parent: centre, aliases: [East End] }
  - { id: west, name: { zh-CN: 城西, en: West }, kind: area, parent: Centre }
  - { id: south, name: South, kind: area }
people:
  - { role: inspector, unit: East End, title: Inspector, console: inspector-1 }
rooms:
  - { id: main, title: Main, purpose: inspection }
activities:
  - id: cross
    mode: cross
    title: Cross
    coordinator: centre
    deadline: 2026-07-15
    pairs:
      - { inspector: east, inspected: 城西 }
      - { inspector: west, inspected: south }
      - { inspector: south, inspected: ＥＡＳＴ end }
    visits: { min: 1, max: 3 }
    checklist: list
survey: rate
flows:
  - id: list
    title: List
    questions:
      - { id: tidy, type: choice, label: Tidy?, options: yes-no, expect: { is: 'yes' } }
      - { id: share, type: number, label: Share?, unit: percent, expect: { atLeast: 90 } }
      - { id: which, type: choices, label: Which?, options: [{ id: a, label: A }, { id: b, label: B }] }
      - { id: why, type: text, label: Why?, relevant: { question: tidy, is: 'no' } }
      - { id: photo, type: photo, label: Photo?, evidenceOf: [tidy] }
  - id: rate
    title: Rate
    intro: Who asks and why.
    anonymous: true
    questions:
      - { id: level, type: level, label: Satisfied? }
`;

/** A fault as `line path «the word it points at» sentence`; the sentence must have all its values in both languages. */
export function told(text: string, { path, line, column, sentence }: Fault): string {
  expect(tell(sentence, 'zh-CN')).toMatch(/\p{Script=Han}/u);
  const word = /^[^\s,}\]:]*/.exec((text.split('\n')[line - 1] ?? '').slice(column - 1))?.[0];
  return `${line} ${path} «${word}» ${tell(sentence)}`;
}

export function faultsOf(text: string, start: string | undefined = '2026-06-22'): string[] {
  return (readCampaignFile(text, { start }).faults ?? []).map((fault) => told(text, fault));
}

export function changed(from: string, to: string): string {
  expect(good.split(from).length, `"${from}" stands once in the good file`).toBe(2);
  return good.replace(from, to);
}
