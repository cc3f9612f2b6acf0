import { z } from 'zod';
import { askedSince } from './asked-since.ts';
import type { Run } from './writes.ts';

/** How long a field waits for its answer, minutes. */
export const formMinutes = 30;

/** What a command has asked somebody for, in private. */
export interface CommandForm {
  command: string;
  /** What was given so far, by field. */
  values: Record<string, string>;
  /** The field asked last. */
  field: string;
  /** It waited too long. */
  expired: boolean;
  /** A questionnaire that is open has asked them something since. */
  overtaken: boolean;
}

const Values = z.record(z.string(), z.string());

/** What this person is asked, if anything. @param address where they write now. @param at now, ISO instant */
export async function commandFormOf(
  run: Run,
  contactId: string,
  address: string,
  at: string,
): Promise<CommandForm | null> {
  const [row] = await run<Omit<CommandForm, 'values'> & { values: unknown }>(
    `SELECT f.command, f."values", f.field, f.asked_at <= $3::timestamptz AS expired,
       ${askedSince('f.contact_id', '$2', 'f.asked_at')} AS overtaken
     FROM command_form f WHERE f.contact_id = $1::uuid`,
    [contactId, address, before(at)],
  );
  return row === undefined ? null : { ...row, values: Values.parse(row.values) };
}

/** Keeps what was given and which field is asked now, in place of whatever was asked before. */
export async function keepCommandForm(
  run: Run,
  contactId: string,
  { command, values, field }: Pick<CommandForm, 'command' | 'values' | 'field'>,
  at: string,
): Promise<void> {
  await run(
    `INSERT INTO command_form (contact_id, command, "values", field, asked_at)
     VALUES ($1::uuid, $2, $3::jsonb, $4, $5::timestamptz)
     ON CONFLICT (contact_id) DO UPDATE
       SET command = excluded.command, "values" = excluded."values", field = excluded.field, asked_at = excluded.asked_at`,
    [contactId, command, JSON.stringify(values), field, at],
  );
}

export async function dropCommandForm(run: Run, contactId: string): Promise<void> {
  await run('DELETE FROM command_form WHERE contact_id = $1::uuid', [contactId]);
}

/** Removes those that nobody went on with. A day later than they expire: until then whoever writes is told. @returns how many */
export async function dropOldForms(run: Run, at: string): Promise<number> {
  const old = new Date(Date.parse(before(at)) - 86_400_000).toISOString();
  return (await run('DELETE FROM command_form WHERE asked_at <= $1::timestamptz RETURNING 1', [old])).length;
}

function before(at: string): string {
  return new Date(Date.parse(at) - formMinutes * 60_000).toISOString();
}
