import type { Mode } from '../../campaign/activities/activity.ts';
import type { Language, Text } from '../../flow/text.ts';
import { causesBlocks } from './kinds/causes.ts';
import { covertBlocks } from './kinds/covert.ts';
import { selfcheckBlocks } from './kinds/selfcheck.ts';
import { specialBlocks } from './kinds/special.ts';
import type { Material } from './material.ts';
import type { Appendix, Block, Paper } from './paper.ts';
import { evidence } from './parts/evidence.ts';
import { opening, signerOf } from './parts/opening.ts';
import { type Words, wordsIn } from './words.ts';

/** What a kind of report writes. */
export interface Written {
  blocks: Block[];
  appendices: Appendix[];
}

/**
 * The report of a task or an activity in the form its notice asks for: 情况 问题 分析 建议 of covert visits (JX-4.6), 问题 原因 措施 of the
 * other inspections (JX-5.1), the items of a self-check with their measures (DA-1, DA-2), the special report with its evidence (MDJ-3.5).
 */
export async function paperOf(material: Material, language: Language): Promise<Paper> {
  const words = wordsIn(language);
  const { blocks, appendices } = await kinds[material.activity.mode](material, words);
  const photos = evidence(material, words);
  return {
    language,
    title: titleOf(material, words),
    addressee: addresseeOf(material, words),
    blocks: [...opening(material, words), ...blocks],
    appendices: [...appendices, ...(photos === null ? [] : [photos])],
    signer: nameOr(signerOf(material), words),
    day: material.day,
  };
}

const kinds: Record<Mode, (material: Material, words: Words) => Promise<Written>> = {
  accompany: causesBlocks,
  experience: causesBlocks,
  cross: causesBlocks,
  covert: covertBlocks,
  walkthrough: specialBlocks,
  selfcheck: selfcheckBlocks,
};

/** 发文机关＋事由＋文种 (GB/T 9704-2012, 7.3.1). */
function titleOf(material: Material, { say, name }: Words): string {
  const signer = signerOf(material);
  const kind = material.activity.mode === 'walkthrough' ? 'docx:kind.special' : 'docx:kind.report';
  return say('docx:title', {
    signer: signer === null ? '' : name(signer),
    activity: name(material.activity.title),
    kind: { key: kind },
  });
}

/** To whom: a task's where the campaign file routes it (of a secret one to its coordinator alone), an activity's to the notice's issuer. */
function addresseeOf(
  { scope, activity, receivers, coordinator, campaign }: Material,
  words: Words,
): string | null {
  if (scope === 'activity') return words.name(campaign.notice.issuer);
  if (activity.hidden) return nameOr(coordinator, words);
  const names = receivers.map(words.name);
  return names.length === 0 ? nameOr(coordinator, words) : words.words({ list: names });
}

function nameOr(text: Text | null, { name }: Words): string | null {
  return text === null ? null : name(text);
}
