import { accept } from './accept.ts';
import { acknowledge } from './acknowledge.ts';
import { assign } from './assign.ts';
import { auditOn } from './audit.ts';
import { bind } from './bind.ts';
import { callMe } from './call-me.ts';
import { campaign } from './campaign.ts';
import { ratingCase } from './case.ts';
import { caseFigures } from './case-figures.ts';
import { caseTime } from './case-time.ts';
import { changeDay } from './change-day.ts';
import { checkIn } from './check-in.ts';
import { checkLedger } from './check-ledger.ts';
import { claim } from './claim.ts';
import { close } from './close.ts';
import type { Command } from './command.ts';
import { dashboard } from './dashboard.ts';
import { digest } from './digest-now.ts';
import { dismiss } from './dismiss.ts';
import { draw } from './draw.ts';
import { end } from './end.ts';
import { entrust } from './entrust.ts';
import { eraseRating } from './erase-rating.ts';
import { exportFile } from './export.ts';
import { extend } from './extend.ts';
import { extendTask } from './extend-task.ts';
import { finding } from './finding.ts';
import { findings } from './findings.ts';
import { grade } from './grade.ts';
import { grant } from './grant.ts';
import { helpOn } from './help.ts';
import { importFile } from './import.ts';
import { indicators } from './indicators.ts';
import { interview } from './interview.ts';
import { invite } from './invite.ts';
import { language } from './language.ts';
import { ledger } from './ledger.ts';
import { logout } from './logout.ts';
import { matters } from './matters.ts';
import { merge } from './merge.ts';
import { noCall } from './no-call.ts';
import { noted } from './noted.ts';
import { object } from './object.ts';
import { overdue } from './overdue.ts';
import { passOn } from './pass-on.ts';
import { pause, resume } from './pause.ts';
import { picture } from './picture.ts';
import { publish } from './publish.ts';
import { queue } from './queue.ts';
import { rateFix } from './rate-fix.ts';
import { reassign } from './reassign.ts';
import { recall } from './recall-visit.ts';
import { receipt } from './receipt.ts';
import { rectify } from './rectify.ts';
import { recuse } from './recuse.ts';
import { refuseExtension } from './refuse.ts';
import { release } from './release.ts';
import { remind } from './remind.ts';
import { reopen } from './reopen.ts';
import { reply } from './reply.ts';
import { report } from './report.ts';
import { reportFile } from './report-file.ts';
import { results } from './results.ts';
import { returnReport } from './return-report.ts';
import { room } from './room.ts';
import { roster } from './roster.ts';
import { schedule } from './schedule.ts';
import { sendBack } from './send-back.ts';
import { sendOut } from './send-visit.ts';
import { show } from './show.ts';
import { split } from './split.ts';
import { status } from './status.ts';
import { survey } from './survey.ts';
import { surveyCodes } from './survey-codes.ts';
import { takeBack } from './take-back.ts';
import { tasks } from './tasks.ts';
import { undoOn } from './undo.ts';
import { uphold } from './uphold.ts';
import { verify } from './verify.ts';
import { walk } from './walk.ts';
import { who } from './who.ts';
import { why } from './why.ts';
import { withdraw } from './withdraw.ts';

/** Every command, in the order of the help. A new one: one file beside this one, one line here. */
export const commands: Command[] = [
  acknowledge,
  checkIn,
  claim,
  matters,
  walk,
  entrust,
  takeBack,
  schedule,
  finding,
  interview,
  caseTime,
  indicators,
  report,
  reportFile,
  tasks,
  status,
  overdue,
  who,
  digest,
  results,
  exportFile,
  picture,
  withdraw,
  findings,
  ledger,
  show,
  accept,
  reply,
  extend,
  object,
  noted,
  passOn,
  rectify,
  changeDay,
  verify,
  sendBack,
  close,
  reopen,
  grant,
  refuseExtension,
  uphold,
  dismiss,
  merge,
  split,
  grade,
  checkLedger,
  ratingCase,
  caseFigures,
  why,
  auditOn(() => commands),
  remind,
  extendTask,
  assign,
  reassign,
  draw,
  sendOut,
  recall,
  recuse,
  returnReport,
  publish,
  pause,
  resume,
  end,
  undoOn(() => commands),
  release,
  invite,
  roster,
  importFile,
  room,
  queue,
  surveyCodes,
  survey,
  receipt,
  callMe,
  noCall,
  rateFix,
  eraseRating,
  dashboard,
  logout,
  campaign,
  bind,
  language,
  helpOn(() => commands),
];
