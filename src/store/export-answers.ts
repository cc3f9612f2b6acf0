import type { Text } from '../flow/text.ts';
import type { Reading } from './exports.ts';
import answersSql from './sql/export-answers.sql';
import countSql from './sql/export-answers-count.sql';

/** A finished checklist or report: whose, and of which version. Numbers count from 1. */
export interface RecordHead {
  record: number;
  task: number;
  activity: Text;
  inspector: Text;
  inspected: Text;
  flow: string;
  version: number;
  part: 'visit' | 'report';
  endedAt: Date;
}

/** A question's id, the value, what was typed, and when (ms since 1970). */
export type StandingAnswer = [question: string, value: unknown, said: string | null, at: number];

/** One questionnaire, its versions (the newest first), and how much of it is finished. */
export interface AnsweredFlow {
  flow: string;
  versions: number[];
  records: number;
  unfinished: number;
  answers: number;
}

/** Records in memory at once: each may hold hundreds of answers. */
const recordsAtOnce = 10;

/** All records with all that was answered. */
export function answeredRecords(
  { rows }: Reading,
  campaignId: string,
): AsyncGenerator<(RecordHead & { answers: StandingAnswer[] })[]> {
  return rows(answersSql, [campaignId, null], recordsAtOnce);
}

/** Records of one questionnaire, with the values by question. */
export function recordsOf(
  { rows }: Reading,
  campaignId: string,
  flow: string,
): AsyncGenerator<(RecordHead & { answers: Record<string, unknown> })[]> {
  return rows(answersSql, [campaignId, flow], recordsAtOnce);
}

export function answeredFlows({ run }: Reading, campaignId: string): Promise<AnsweredFlow[]> {
  return run<AnsweredFlow>(countSql, [campaignId]);
}
