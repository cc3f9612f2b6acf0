import { z } from 'zod';
import { base } from './base.ts';

/** Words to be read; asks for nothing. */
export const NoteQuestion = z.strictObject({ type: z.literal('note'), ...base });
export type NoteQuestion = z.infer<typeof NoteQuestion>;
