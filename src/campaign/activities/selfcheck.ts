import { z } from 'zod';
import { inFile, loaded, participants } from './common.ts';

const selfcheck = {
  mode: z.literal('selfcheck'),
  /** Units that check themselves, question by question (DA-1). */
  participants,
  secret: z.literal(false).default(false),
};

/** 自查 as written in a campaign file: present state, figures, shortfall and cause of each question, then measures (DA). */
export const SelfcheckInFile = z.strictObject({ ...inFile, ...selfcheck });
export type SelfcheckInFile = z.infer<typeof SelfcheckInFile>;

export const SelfcheckActivity = z.strictObject({ ...loaded, ...selfcheck });
export type SelfcheckActivity = z.infer<typeof SelfcheckActivity>;
