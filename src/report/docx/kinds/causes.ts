import type { Material, VisitMaterial } from '../material.ts';
import type { Block } from '../paper.ts';
import type { Written } from '../paper-of.ts';
import {
  askedOf,
  checksTable,
  choicesTable,
  figuresTable,
  inOwnWords,
  levelsTables,
} from '../parts/answers.ts';
import { givenPart, otherParts } from '../parts/given.ts';
import { partHeading } from '../parts/heading.ts';
import { firstPart } from '../parts/opening.ts';
import { orderBlocks, problemBlocks } from '../parts/problems.ts';
import type { Words } from '../words.ts';

const causes = ['causes', 'analysis'];
const measures = ['measures', 'proposals'];
/** Visits that one report describes one by one: the export has the rest. */
const visitsMax = 2000;

/** 问题、原因、措施 of an inspection, behind what was done and what it showed (JX-5.1; figures and levels of JX-3.2). */
export async function causesBlocks(material: Material, words: Words): Promise<Written> {
  const asked = askedOf(material);
  return {
    blocks: [
      ...firstPart('situation', material, words),
      ...checksTable(asked, material, words),
      ...figuresTable(asked, material, words),
      ...asked.flatMap((one) => choicesTable(one, material.day, words)),
      ...levelsTables(asked, material, words),
      ...visitBlocks(material, words),
      partHeading('problems', words),
      ...(await problemBlocks(material, words)),
      ...givenPart('causes', causes, material, words),
      ...givenPart('measures', measures, material, words),
      ...orderBlocks(material, words),
      ...otherParts(material, [...causes, ...measures], words),
    ],
    appendices: [],
  };
}

/** Each window, day or matter with what was said of it in words, unit by unit where there are several. */
function visitBlocks({ tasks, scope }: Material, words: Words): Block[] {
  let left = visitsMax;
  let passed = 0;
  const blocks = tasks.flatMap(({ target, visits }): Block[] => {
    const shown = visits.slice(0, left);
    left -= shown.length;
    passed += visits.length - shown.length;
    const own = shown.map((visit, index) => visitBlock(visit, index + 1, words));
    const unit: Block[] =
      scope === 'activity' && own.length > 0 ? [{ kind: 'heading', level: 2, text: words.name(target) }] : [];
    return [...unit, ...own];
  });
  const more = words.say('docx:rows.left', { shown: visitsMax, left: passed });
  return passed === 0 ? blocks : [...blocks, { kind: 'text', text: more }];
}

function visitBlock(visit: VisitMaterial, number: number, words: Words): Block {
  const { flow, values, place, day } = visit;
  const first = flow.questions.find(({ type }) => type !== 'note');
  const said = first?.type === 'text' ? values[first.id] : undefined;
  const isNamed = visit.name === null && typeof said === 'string';
  const name =
    visit.name === null ? (isNamed ? said : words.say('docx:visit', { number })) : words.name(visit.name);
  const at = place === null ? name : words.say('docx:visit.at', { name, place });
  const text = inOwnWords(visit, words, isNamed && first !== undefined ? [first.id] : []);
  const lead = words.say('docx:lead.day', { name: at, day: words.date(day) });
  return { kind: 'text', lead, text: text === '' ? words.say('docx:visit.no-words') : text };
}
