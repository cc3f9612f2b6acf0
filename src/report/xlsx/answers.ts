import { sentence } from '../../conversation/wording.ts';
import type { SentenceKey } from '../../flow/say.ts';
import { inLanguage } from '../../flow/text.ts';
import {
  type AnsweredFlow,
  answeredFlows,
  answeredRecords,
  type RecordHead,
  recordsOf,
} from '../../store/export-answers.ts';
import { type AnswerTable, answerTable } from './answer-cells.ts';
import { type Cell, instantCells } from './cell.ts';
import type { Exported, ExportFacts } from './exported.ts';
import type { Column, Rows, Sheet } from './sheet.ts';

/** What a record is of, and behind it in the long table what was answered. */
const about = [
  ['record', 8],
  ['task', 8],
  ['activity', 16],
  ['inspector', 18],
  ['inspected', 18],
  ['version', 8],
  ['ended', 17],
] as const;
const long = [
  ['flow', 20],
  ['question', 36],
  ['answer', 28],
  ['unit', 8],
  ['done', 8],
  ['of', 8],
  ['said', 28],
  ['at', 17],
] as const;

/** Columns of a wide table at most: some four hundred questions with counts. Excel's own limit is 16,384. */
const columnsMax = 2_000;

/** 答复: every answer a row, then a table a questionnaire with every finished record a row and every question a column. */
export async function answersExport(facts: ExportFacts): Promise<Exported> {
  const flows = (await answeredFlows(facts.reading, facts.campaignId)).filter(({ records }) => records > 0);
  const tables = tablesOf(facts);
  const sheets = [longSheet(facts, tables)];
  for (const flow of flows) sheets.push(await wideSheet(facts, flow, tables));
  const total = flows.reduce((sum, { answers, records }) => sum + answers + records, 0);
  return { total, sheets, notes: ['exports:answers.note', 'exports:note.hidden'] };
}

type Tables = (flow: string, version: number) => Promise<AnswerTable>;

/** Questionnaires as tables, each made once. */
function tablesOf({ library, language }: ExportFacts): Tables {
  const known = new Map<string, AnswerTable>();
  return async (flow, version) => {
    const key = `${flow}\n${version}`;
    const table = known.get(key) ?? answerTable(await library.flow(flow, version), language);
    known.set(key, table);
    return table;
  };
}

function columnsOf(facts: ExportFacts, which: readonly (readonly [string, number])[]): Column[] {
  return which.map(([id, width]) => ({
    title: sentence(facts.language, `exports:answers.${id}` as SentenceKey),
    width,
  }));
}

function longSheet(facts: ExportFacts, tables: Tables): Sheet {
  return {
    name: sentence(facts.language, 'exports:answers.long'),
    columns: [...columnsOf(facts, about), ...columnsOf(facts, long)],
    rows: longRows(facts, tables),
  };
}

async function* longRows(facts: ExportFacts, tables: Tables): AsyncGenerator<Rows> {
  const { reading, campaignId, language, library } = facts;
  const instant = instantCells(facts.zone);
  for await (const records of answeredRecords(reading, campaignId)) {
    const rows: Cell[][] = [];
    for (const record of records) {
      const { byId } = await tables(record.flow, record.version);
      const flow = inLanguage((await library.flow(record.flow, record.version)).title, language);
      const head = headOf(record, facts, instant);
      for (const [question, value, said, at] of record.answers) {
        const asked = byId.get(question);
        if (asked === undefined)
          throw new Error(`an answer to ${question}, which ${record.flow} does not ask`);
        const { answer, done, of } = asked.cells(value);
        const typed = asked.ofCitizens ? null : said;
        rows.push([...head, flow, asked.label, answer, asked.unit, done, of, typed, instant(at)]);
      }
    }
    yield rows;
  }
}

function headOf(record: RecordHead, { language }: ExportFacts, instant: (at: Date) => Cell): Cell[] {
  const { record: n, task, activity, inspector, inspected, version, endedAt } = record;
  const [what, who, whom] = [activity, inspector, inspected].map((text) => inLanguage(text, language));
  return [n, task, what ?? null, who ?? null, whom ?? null, version, instant(endedAt)];
}

/** Every question of any version is a column, those of the newest first. */
async function wideSheet(
  facts: ExportFacts,
  { flow, versions }: AnsweredFlow,
  tables: Tables,
): Promise<Sheet> {
  const columns: WideColumn[] = [];
  for (const version of versions)
    for (const { id, label, unit, counted } of (await tables(flow, version)).questions) {
      if (columns.some((one) => one.id === id)) continue;
      const title = unit === '' ? label : sentence(facts.language, 'exports:answers.in', { label, unit });
      columns.push({ id, part: 'answer', title });
      if (!counted) continue;
      for (const part of ['done', 'of'] as const)
        columns.push({ id, part, title: sentence(facts.language, `exports:answers.${part}.of`, { label }) });
    }
  const [newest = 1] = versions;
  const shown = columns.slice(0, columnsMax);
  return {
    name: inLanguage((await facts.library.flow(flow, newest)).title, facts.language),
    columns: [...columnsOf(facts, about), ...shown.map(({ title }) => ({ title, width: 18 }))],
    rows: wideRows(facts, flow, shown, tables),
  };
}

interface WideColumn {
  id: string;
  part: 'answer' | 'done' | 'of';
  title: string;
}

async function* wideRows(
  facts: ExportFacts,
  flow: string,
  columns: readonly WideColumn[],
  tables: Tables,
): AsyncGenerator<Rows> {
  const instant = instantCells(facts.zone);
  for await (const records of recordsOf(facts.reading, facts.campaignId, flow)) {
    const rows: Cell[][] = [];
    for (const record of records) {
      const { byId } = await tables(record.flow, record.version);
      const answers = new Map(
        Object.entries(record.answers).map(([question, value]) => [
          question,
          byId.get(question)?.cells(value),
        ]),
      );
      const cells = columns.map(({ id, part }) => answers.get(id)?.[part] ?? null);
      rows.push([...headOf(record, facts, instant), ...cells]);
    }
    yield rows;
  }
}
