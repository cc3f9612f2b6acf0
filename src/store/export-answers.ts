import type { Text } from '../flow/text.ts';
import type { Reading } from './exports.ts';
import rowsSql from './sql/export-answers.sql';
import countSql from './sql/export-answers-count.sql';

/** A finished checklist or report: whose, of which version, and the answers that stand. Numbers count from 1. */
export interface RecordRow {
  record: number;
  task: number;
  activity: Text;
  inspector: Text;
  inspected: Text;
  flow: string;
  version: number;
  part: 'visit' | 'report';
  endedAt: Date;
  answers: StandingAnswer[];
}

/** A question's id, the value, what was typed, and when (ISO). */
export type StandingAnswer = [question: string, value: unknown, said: string | null, at: string];

/** One questionnaire, its versions (the newest first), and how much of it is finished. */
export interface AnsweredFlow {
  flow: string;
  versions: number[];
  records: number;
  unfinished: number;
  answers: number;
}

/** Records in memory at once: each may hold hundreds of answers. */
const recordsAtOnce = 50;

export function recordRows(
  { rows }: Reading,
  campaignId: string,
  flow: string | null,
): AsyncGenerator<RecordRow[]> {
  return rows<RecordRow>(rowsSql, [campaignId, flow], recordsAtOnce);
}

export function answeredFlows({ run }: Reading, campaignId: string): Promise<AnsweredFlow[]> {
  return run<AnsweredFlow>(countSql, [campaignId]);
}
