import { snapshotIn } from '../short-code.ts';
import type { ExportKind } from '../store/later.ts';

/** What somebody wants as a file: a table, of a unit where one is named; or a file that was made before, by its id. */
export type ExportWords =
  | { kind: ExportKind; name: string }
  | { kind: 'snapshot'; id: string }
  | { kind: 'which' }
  | { kind: 'unknown'; words: string };

const kinds: [ExportKind, RegExp][] = [
  ['ledger', /^(?:问题)?台账|^ledger/iu],
  ['attachment-1', /^附件\s*[1一]|^attachment[\s-]*(?:1|one)(?!\d)/iu],
  ['attachment-3', /^附件\s*[3三]|^attachment[\s-]*(?:3|three)(?!\d)/iu],
  ['answers', /^(?:检查)?(?:答复|答案|回答)|^answers/iu],
  ['ratings', /^(?:群众)?(?:评价|满意度)|^ratings|^satisfaction/iu],
];

export function readExportWords(rest: string): ExportWords {
  const said = rest.trim();
  if (said === '') return { kind: 'which' };
  for (const [kind, pattern] of kinds)
    if (pattern.test(said))
      return {
        kind,
        name: said
          .replace(pattern, '')
          .replace(/^[\s:：,，、]+/u, '')
          .trim(),
      };
  const id = snapshotCalled(said);
  return id === null ? { kind: 'unknown', words: said.slice(0, 40) } : { kind: 'snapshot', id };
}

/** The id of a file that was made before, as it is printed in it; null for other words. */
export function snapshotCalled(said: string): string | null {
  return snapshotIn(said.replace(/^(?:快照|编号|snapshot)[\s:：]*/iu, ''));
}

/** What may stand behind 导出 without the bot being addressed: narrow, because 导出 is also talk. */
export const exportWords =
  /(?:问题台账|台账|附件\s*[1一3三]|(?:检查)?(?:答复|答案|回答)|(?:群众)?(?:评价|满意度)|ledger|attachment[\s-]*(?:1|3|one|three)|answers|ratings|satisfaction)(?:[\s:,，]+\S.{0,40})?|(?:(?:快照|编号|snapshot)[\s:：]*)?[34679ACFHJKMNPRTVWXYacfhjkmnprtvwxy]{4}[\s-]?[34679ACFHJKMNPRTVWXYacfhjkmnprtvwxy]{4}/;
