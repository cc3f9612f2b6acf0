import { expect, onTestFinished, test, vi } from 'vitest';
import { openStage as openScenes } from '../scripts/demo/stage.ts';
import { story } from '../scripts/demo/story.ts';
import { loadCampaign } from '../src/conversation/load.ts';
import { createService } from '../src/service.ts';
import { campaignText, openStage } from './conversation/campaign-stage.ts';

test.each(['zh-CN', 'en'] as const)(
  'the demo plays the whole story in %s, and nobody is misunderstood',
  async (language) => {
    const stage = await openStage('2026-06-22T08:30:00+08:00');
    const { database, clock, log, query } = stage;
    const told: string[] = [];
    const write = vi
      .spyOn(process.stdout, 'write')
      .mockImplementation((words) => told.push(String(words)) > 0);
    onTestFinished(() => write.mockRestore());
    const file = { start: '2026-06-22', path: 'campaigns/jiaxing-2014.yaml', clock, console: true };
    await loadCampaign(database, await campaignText('jiaxing-2014'), file);
    const service = await createService({
      ...{ database, clock, log, rehearsal: false },
      keys: stage.keys,
      publicUrl: stage.publicUrl,
    });
    const scenes = await openScenes(service, database, clock, language);
    for (const scene of story(language)) await scenes.play(scene);
    await service.stop();
    const count = async (what: string) =>
      (await query<{ n: number }>(`SELECT count(*)::int AS n FROM ${what}`))[0]?.n;
    expect(await count(`session WHERE status = 'completed'`)).toBe(3);
    expect(await count('rating WHERE level = 2')).toBe(1);
    expect(await count('rating_case')).toBe(1);
    expect(await count('finding WHERE session_id IS NULL')).toBe(1);
    expect(await count(`finding WHERE status = 'open' AND cardinality(attachments) > 0`)).toBe(2);
    expect(await count('assignment WHERE reported_at IS NOT NULL')).toBe(1);
    expect(await count(`reminder WHERE decision = 'sent'`)).toBe(4);
    // The one answer in the story that is meant to be no answer is hinted at; no other word goes astray.
    const astray = await query<{ key: string }>(
      `SELECT line ->> 'key' AS key FROM outbox, jsonb_array_elements(say -> 'lines') line
     WHERE line ->> 'key' ~ 'hint|clarify|unknown|nothing-open'`,
    );
    expect(astray.map(({ key }) => key)).toEqual([language === 'en' ? 'flow:clarify' : 'flow:hint.choice']);
    expect(told.join('')).toContain(language === 'en' ? 'Reminder' : '提醒');
  },
);
