import type { Material } from '../material.ts';
import type { Block } from '../paper.ts';
import type { Written } from '../paper-of.ts';
import { askedOf, checksTable, choicesTable, inOwnWords } from '../parts/answers.ts';
import { givenBlocks, otherParts } from '../parts/given.ts';
import { totals } from '../parts/opening.ts';
import { problemBlocks } from '../parts/problems.ts';
import type { Words } from '../words.ts';

const analysis = ['analysis', 'causes'];
const proposals = ['proposals', 'measures'];

/** 暗访督查报告 in its four parts: 情况 (means, what was seen at each place), 问题, 分析, 建议 (JX-4.6). Who went is told nowhere in it. */
export async function covertBlocks(material: Material, words: Words): Promise<Written> {
  const visits = material.tasks.flatMap((task) => task.visits);
  const asked = askedOf(visits);
  const open = asked.filter(({ question }) => question.type === 'choices' && question.expect === undefined);
  const tags = asked.filter(({ question }) => question.type === 'choices' && question.expect !== undefined);
  const heading = (key: 'situation' | 'problems' | 'analysis' | 'proposals'): Block => ({
    kind: 'heading',
    level: 1,
    text: words.say(`docx:part.${key}`),
  });
  return {
    blocks: [
      heading('situation'),
      totals(material, words),
      ...open.flatMap((one) => choicesTable(one, material.day, words)),
      ...seenBlocks(material, words),
      heading('problems'),
      ...tags.flatMap((one) => choicesTable(one, material.day, words)),
      ...checksTable(asked, material, words),
      ...(await problemBlocks(material, words)),
      heading('analysis'),
      ...givenBlocks(material, analysis, words),
      heading('proposals'),
      ...givenBlocks(material, proposals, words),
      ...otherParts(material, [...analysis, ...proposals], words),
    ],
    appendices: [],
  };
}

/** What was seen, place by place. */
function seenBlocks({ tasks }: Material, words: Words): Block[] {
  return tasks.flatMap(({ target, visits }) =>
    visits.flatMap((visit): Block[] => {
      const text = inOwnWords(visit, words);
      const params = { name: words.name(target), day: words.date(visit.day) };
      return text === '' ? [] : [{ kind: 'text', lead: words.say('docx:lead.day', params), text }];
    }),
  );
}
