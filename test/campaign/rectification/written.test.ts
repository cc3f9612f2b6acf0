import { expect, test } from 'vitest';
import { lintWritten } from '../../../src/campaign/rectification/written.ts';

/** What is missing, in short; the verbs of DA-2 among them: done, 在推进, 计划6月底, 近期, …成立后, 待…通过后. */
test.each<[string, string[]]>([
  ['责任人：大厅综合科科长，6月30日前更换叫号机2台', []],
  ['由行政审批局负责，6月底完成三集中三到位', []],
  ['市政务服务中心牵头，20个工作日内清理20个部门的148项许可', []],
  ['已完成办事指南更新，责任单位：市政务服务中心', []],
  ['审批股长办理，2018-06-30前公布承诺时限', []],
  ['Owner: head of the hall; two more machines by the end of June', []],
  ['近期增设窗口', ['no-owner', 'no-date', 'vague:近期']],
  ['在推进', ['no-owner', 'no-date']],
  ['进一步加大培训力度', ['no-owner', 'no-date', 'vague:进一步,加大']],
  // A day and a post make no earnest of empty words.
  ['由综合科负责，6月底前进一步加强管理', ['vague:进一步,加强']],
  ['综合科科长负责，审批局成立后统一调整窗口', ['bound:审批局成立后']],
  ['待征求意见、常务会议通过后印发，由市政府办公室负责', ['bound:待征求意见、常务会议通过后']],
  ['责任人：中心主任', ['no-date']],
  ['We will strengthen supervision', ['no-owner', 'no-date', 'vague:strengthen']],
])('%s', (text, flaws) => {
  const told = lintWritten(text).map((flaw) =>
    'words' in flaw ? `${flaw.kind}:${[flaw.words].flat().join()}` : flaw.kind,
  );
  expect(told).toEqual(flaws);
});
