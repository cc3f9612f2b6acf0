import { acknowledge } from './acknowledge.ts';
import { bind } from './bind.ts';
import { checkIn } from './check-in.ts';
import type { Command } from './command.ts';
import { finding } from './finding.ts';
import { findings } from './findings.ts';
import { helpOn } from './help.ts';
import { invite } from './invite.ts';
import { language } from './language.ts';
import { publish } from './publish.ts';
import { queue } from './queue.ts';
import { remind } from './remind.ts';
import { report } from './report.ts';
import { returnReport } from './return-report.ts';
import { room } from './room.ts';
import { status } from './status.ts';
import { survey } from './survey.ts';
import { tasks } from './tasks.ts';
import { why } from './why.ts';

/** Every command, in the order of the help. A new one: one file beside this one, one line here. */
export const commands: Command[] = [
  acknowledge,
  checkIn,
  finding,
  report,
  tasks,
  status,
  findings,
  why,
  remind,
  returnReport,
  publish,
  invite,
  room,
  queue,
  survey,
  bind,
  language,
  helpOn(() => commands),
];
