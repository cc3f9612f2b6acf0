import { expect, test } from 'vitest';
import { cast, stage } from '../conversation/stage.ts';
import { withoutPairs } from './draw-campaign.ts';

test('units of a matrix that is still to be drawn are on the list, and after the draw', async () => {
  const talk = await stage({ campaign: { text: await withoutPairs(), published: false } });
  const said = async () => (await talk.says(cast.coordinator, '名单 交叉式抽查'))[0]?.text;
  expect(await said()).toContain('参加单位8个，已到位2个，未到位6个。');
  const [begun] = await talk.says(cast.coordinator, '抽签 交叉');
  await talk.taps(cast.coordinator, begun, '抽取');
  await talk.says(cast.coordinator, '发布');
  expect(await said()).toContain('参加单位8个，已到位2个，未到位6个。');
});
