import { acknowledge } from './acknowledge.ts';
import { checkIn } from './check-in.ts';
import type { Command } from './command.ts';
import { help } from './help.ts';
import { survey } from './survey.ts';

/** Every command, in the order of the help. A new one: one file beside this one, one line here. */
export const commands: Command[] = [acknowledge, checkIn, survey, help];
