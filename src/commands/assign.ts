import { does } from '../conversation/mode-words.ts';
import type { Line } from '../flow/say.ts';
import type { Text } from '../flow/text.ts';
import { movableTasks } from '../store/task-units.ts';
import type { CampaignInQuestion, Command, CommandContext } from './command.ts';
import { tellOfDeed } from './deeds.ts';
import { assignForm } from './forms/assign.ts';
import { handTasks } from './hand-tasks.ts';
import { numberAndWords } from './ledger-finding.ts';
import { overtakenTask } from './overtaken.ts';
import { called, tellUncalled } from './people-called.ts';
import { taskMeant } from './task-meant.ts';

/** 指派 12 桐乡市: one task goes to another unit, or to the unit of somebody. */
export const assign: Command = {
  name: 'assign',
  words: { 'zh-CN': ['指派', '改派'], en: ['assign'] },
  takes: 'numbered',
  bare: false,
  ofCampaign: true,
  help: 'desk:assign.line',
  form: async () => ({ form: assignForm }),
  run: async (context, rest) => {
    const read = numberAndWords(rest);
    const { campaign } = context;
    const words = (read?.words ?? '').replace(/^(?:给|到|由|to\s)\s*/iu, '');
    if (read === null || words === '' || campaign === null)
      return context.replyPrivately({ lines: [{ key: 'desk:assign.how' }] });
    const task = await taskMeant(context, read.number);
    if (task === null) return;
    const to = await unitMeant(context, campaign, words);
    if (to === null) return;
    const [movable] = await movableTasks(context.run, [task.id], to.id);
    if (movable === undefined) return;
    const { number, unitId, unit, mode, target, campaignId } = task;
    const params = { number, does: does(mode, target), from: unit, to: to.name };
    if (movable.hindrance !== null)
      return context.replyPrivately({ lines: [{ key: `desk:assign.no.${movable.hindrance}`, params }] });
    const from = { id: unitId, name: unit };
    const before = await overtakenTask(context, task, 'assigned');
    const lines = await handTasks(context, { campaignId, from, to }, [movable], 'assign');
    const done: Line = { key: 'desk:assign.done', params };
    if (before !== null) {
      const facts = await context.library.campaign(campaignId);
      const say = { lines: before.told(done) };
      tellOfDeed(context, facts, before.other, say, { part: 'overtaken', secret: task.secret });
    }
    context.replyPrivately({ lines: [done, ...(before === null ? [] : [before.line]), ...lines] });
  },
};

/** The unit that was named, or the one for which somebody inspects; null when the person was told that there is none. */
async function unitMeant(
  context: CommandContext,
  campaign: CampaignInQuestion,
  words: string,
): Promise<{ id: string; name: Text } | null> {
  const found = await called(context, campaign, words);
  switch (found.kind) {
    case 'unit':
      return { id: found.id, name: found.name };
    case 'person': {
      const [only, another] = found.person.units;
      const row =
        only === undefined || another !== undefined
          ? null
          : await context.transaction.unit.findUnique({ where: { id: only }, select: { name: true } });
      if (only !== undefined && row !== null) return { id: only, name: row.name as Text };
      context.misread.field = 'to';
      context.replyPrivately({
        lines: [{ key: 'desk:assign.which-unit', params: { name: words.slice(0, 40) } }],
      });
      return null;
    }
    case 'several':
    case 'unknown':
      context.misread.field = 'to';
      tellUncalled(context, words, found);
      return null;
  }
}
