import { z } from 'zod';
import { Lamps } from './lamp.ts';

/**
 * How a campaign keeps its ledger. Numbers are workdays: `instant`, within which 立行立改 is done; `silence`, after which the
 * next in the chain is told; `acknowledged`, which somebody who was told and saw to it has.
 */
export const LedgerRules = z.strictObject({
  lamps: Lamps,
  instant: z.int().min(1).max(30).default(1),
  silence: z.int().min(1).max(30).default(1),
  acknowledged: z.int().min(1).max(60).default(2),
  /** Photos of what is done are asked for only where the notice asks for proof (DOMAIN 2.11). */
  proof: z.boolean().default(false),
  /** The leading group's unit: the people who head it are the end of the chain. */
  leadingGroup: z.string().min(1).optional(),
});
export type LedgerRules = z.infer<typeof LedgerRules>;
