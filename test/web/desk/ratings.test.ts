import { expect, test } from 'vitest';
import { rated } from '../../commands/rated.ts';
import { wordsOf } from '../survey/house.ts';
import { enrol, type House, openHouse } from './house.ts';

const [coordinator, head] = ['console:whole', 'console:head'];

/** Five say something of 海盐县, one of no unit. */
async function house(): Promise<{ at: string; own: House }> {
  const own = await openHouse({});
  await enrol(own, coordinator, { role: 'coordinator' });
  await enrol(own, head, { role: 'leader', unit: 'haiyan' });
  await rated(own, [0, 0, 0, 0, 5], { unit: 'haiyan', marks: ['fast'] });
  await own.query(
    `INSERT INTO survey_visit SELECT campaign_id, id, '2026-06-22', 6 FROM unit WHERE code = 'haiyan'`,
  );
  await rated(own, [1, 0, 0, 0, 0], { source: 'chat' });
  const [campaign] = await own.query<{ code: string }>('SELECT code FROM campaign');
  return { at: `/desk/c/${campaign?.code}`, own };
}

test('the pages of a unit tell no more of it than the chat and the list of all units: its neighbour would be what is left', async () => {
  const { at, own } = await house();
  const browser = await own.as(coordinator);
  const [whole, page, unit] = [
    wordsOf(await browser.get(`${at}/satisfaction`)),
    wordsOf(await browser.get(`${at}/satisfaction?unit=haiyan`)),
    wordsOf(await browser.get(`${at}/units/haiyan`)),
  ];
  expect(whole).toContain('6份');
  // Six are no “fewer than five”: it is one side of them that is.
  expect(wordsOf(await browser.get(at))).toContain('共6份，其中一方不足5份，不予显示');
  for (const words of [page, unit]) {
    expect(words).toContain('不单独显示');
    expect(words).not.toMatch(/(?<!不足)[56]份|异常迹象|提交\d/);
  }
});

test('whoever sees that unit alone is told of it: there is nothing to subtract it from', async () => {
  const { at, own } = await house();
  const browser = await own.as(head);
  expect(wordsOf(await browser.get(`${at}/satisfaction`))).toContain('群众自主评价：5份');
  expect(wordsOf(await browser.get(`${at}/units/haiyan`))).toMatch(/群众自主评价 5份/);
  expect((await browser.get(`${at}/satisfaction?unit=nanhu`)).status).toBe(403);
});
