import type { Material } from '../material.ts';
import type { Written } from '../paper-of.ts';
import { askedOf, checksTable, choicesTable, visitsInWords } from '../parts/answers.ts';
import { givenPart, otherParts } from '../parts/given.ts';
import { partHeading } from '../parts/heading.ts';
import { firstPart } from '../parts/opening.ts';
import { problemBlocks } from '../parts/problems.ts';
import type { Words } from '../words.ts';

const analysis = ['analysis', 'causes'];
const proposals = ['proposals', 'measures'];

/** 暗访督查报告 in its four parts: 情况 (means, what was seen at each place), 问题, 分析, 建议 (JX-4.6). Who went is told nowhere in it. */
export async function covertBlocks(material: Material, words: Words): Promise<Written> {
  const asked = askedOf(material);
  const open = asked.filter(({ question }) => question.type === 'choices' && question.expect === undefined);
  const tags = asked.filter(({ question }) => question.type === 'choices' && question.expect !== undefined);
  return {
    blocks: [
      ...firstPart('situation', material, words),
      ...open.flatMap((one) => choicesTable(one, material.day, words)),
      ...visitsInWords(material, words),
      partHeading('problems', words),
      ...tags.flatMap((one) => choicesTable(one, material.day, words)),
      ...checksTable(asked, material, words),
      ...(await problemBlocks(material, words)),
      ...givenPart('analysis', analysis, material, words),
      ...givenPart('proposals', proposals, material, words),
      ...otherParts(material, [...analysis, ...proposals], words),
    ],
    appendices: [],
  };
}
