import { languages, type Text } from '../flow/text.ts';
import { makeReport } from '../report/docx/make.ts';
import { newSnapshotId } from '../short-code.ts';
import { handOut } from './export-xlsx.ts';
import { type Terminal, tell } from './terminal.ts';

/**
 * report <campaign> <activity> [--task number] --out file.docx [--language en]: the report in Word, kept under its snapshot's id. As
 * with other exports, secret activities are left out until they are released.
 */
export async function report(terminal: Terminal): Promise<number> {
  const { args, options, database, clock } = terminal;
  const [campaign, activity] = args;
  const task = options.task === undefined ? null : Number(options.task);
  if (campaign === undefined || (task !== null && !Number.isSafeInteger(task))) {
    tell(process.stderr, 'docx:cli.which');
    return 2;
  }
  if (options.out === undefined || !/\.docx$/i.test(options.out)) {
    tell(process.stderr, 'docx:cli.bad-out');
    return 2;
  }
  const activities = await database.prisma.activity.findMany({
    where: { campaign: { code: campaign }, hidden: false },
    select: { id: true, code: true, title: true },
    orderBy: { code: 'asc' },
  });
  const [only] = activities;
  const found =
    activity === undefined && activities.length === 1
      ? only
      : activities.find(({ code }) => code === activity);
  if (found === undefined) {
    const names = { list: activities.map(({ code }) => code) };
    tell(process.stderr, 'docx:cli.none', { words: [campaign, activity ?? ''].join(' ').trim(), names });
    return 2;
  }
  const made = await makeReport(database, {
    activityId: found.id,
    task,
    id: newSnapshotId(),
    language: languages.find((one) => one === options.language) ?? languages[0],
    by: null,
    at: clock.now().toISOString(),
  });
  switch (made.kind) {
    case 'made':
      return handOut(terminal, made.snapshot, options.out);
    case 'gone':
    case 'empty':
      tell(process.stderr, 'docx:cli.empty', { title: found.title as Text });
      return 1;
  }
}
