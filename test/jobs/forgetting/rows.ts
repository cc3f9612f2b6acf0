import { expect } from 'vitest';
import type { Talk } from '../../conversation/stage.ts';

export interface Stored {
  table: string;
  row: string;
  /** Of the transactions that wrote and locked it. */
  transactions: string[];
}

/** Every row of every table, as JSON. */
export async function everything(talk: Talk): Promise<Stored[]> {
  const tables = await talk.query<{ name: string }>(
    `SELECT quote_ident(table_name) AS name FROM information_schema.tables
     WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name NOT LIKE '%migrations'`,
  );
  const rows: Stored[] = [];
  for (const { name } of tables)
    for (const { row, transactions } of await talk.query<Stored>(
      `SELECT to_jsonb(t)::text AS row, ARRAY[t.xmin::text, t.xmax::text] AS transactions FROM ${name} t`,
    ))
      rows.push({ table: name, row, transactions });
  return rows;
}

const ids = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const instants = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:[+-]\d\d:\d\d|Z)/g;
const numbers = /"(?:id|seq|message_seq|shown|number)": (-?\d+)/g;

/** What a row could be joined by: ids, numbers and instants, these to the minute so that a little later counts as well. */
function keysOf({ row }: Stored): string[] {
  const minutes = (row.match(instants) ?? []).flatMap((text) => {
    const minute = Math.floor(Date.parse(text) / 60_000);
    return [minute - 1, minute, minute + 1].map((one) => `minute ${one}`);
  });
  return [
    ...(row.match(ids) ?? []),
    ...minutes,
    ...[...row.matchAll(numbers)].map(([, digits]) => `number ${digits}`),
  ];
}

/** Rows that name the person, and those that lead there by an id, step by step. */
export function rowsOf(urn: string, rows: Stored[]): Stored[] {
  const reached = new Set(rows.filter(({ row }) => row.includes(`"${urn}"`)));
  for (let size = -1; size !== reached.size; ) {
    size = reached.size;
    const known = new Set([...reached].flatMap(({ row }) => row.match(ids) ?? []));
    for (const one of rows) if (one.row.match(ids)?.some((id) => known.has(id))) reached.add(one);
  }
  return [...reached];
}

/** Where answers are, under way and afterwards, and what follows from them. */
const told = ['session', 'answer', 'rating', 'rating_case', 'rating_case_event', 'rating_tally'];

/** What citizens told that stands next to the person, or shares a key with a row that does. */
export function joined(urn: string, rows: Stored[]): string[] {
  const theirs = rowsOf(urn, rows);
  const keys = new Set(theirs.flatMap(keysOf));
  return rows
    .filter(({ table }) => told.includes(table))
    .filter((row) => theirs.includes(row) || keysOf(row).some((key) => keys.has(key)))
    .map(({ row }) => row);
}

/** The same by transaction: those of rows that name the person, by address or id, and of what was told and the code used for it. */
export function writtenTogether(urn: string, rows: Stored[]): string[] {
  const [contact = ''] =
    rows.find(({ table, row }) => table === 'urn' && row.includes(`"${urn}"`))?.row.match(ids) ?? [];
  expect(contact).not.toBe('');
  const theirs = rows.filter(({ row }) => row.includes(`"${urn}"`) || row.includes(contact));
  const known = new Set(theirs.flatMap(({ transactions }) => transactions.filter((one) => one !== '0')));
  return rows
    .filter(
      ({ table, row }) => told.includes(table) || (table === 'survey_code' && row.includes('"used": true')),
    )
    .filter(({ transactions }) => transactions.some((one) => known.has(one)))
    .map(({ table }) => table);
}
