import { expect, test } from 'vitest';
import { readCampaignFile } from '../../src/campaign/load.ts';
import { selfcheckLines } from '../../src/conversation/selfcheck-orphans.ts';
import { post } from '../../src/conversation/wording.ts';
import type { Values } from '../../src/flow/value.ts';
import { campaignText } from './campaign-stage.ts';

const { campaign } = readCampaignFile(await campaignText('daan-2018'), { start: '2018-05-04' });
const flow = (name: string) =>
  campaign?.flows.find(({ id }) => id === `daan-2018/${name}`) ?? expect.fail(`no flow ${name}`);
const [seven, measures] = [flow('seven'), flow('measures')];
const points = ['guides', 'papers', 'hall', 'equipment', 'queues', 'manners', 'level'];
const checked = (...short: string[]): Values =>
  Object.fromEntries(points.map((point) => [point, short.includes(point) ? 'yes' : 'no']));
const lines = (checks: Values, report: Values | null, language: 'zh-CN' | 'en' = 'zh-CN') =>
  post(
    {
      lines: selfcheckLines(
        [{ flow: seven, values: checks }],
        report === null ? null : { flow: measures, values: report },
      ),
    },
    language,
  ).text.split('\n');

const good = '由大厅综合科负责，6月底前增设叫号机2台';

test('as in the report of Da’an: queues without a measure, a measure for what is no problem, a general one for nothing (DA-3)', () => {
  const said = lines(checked('guides', 'queues'), {
    'guides-measure': good,
    'hall-measure': good,
    general: '协调督查科定时或不定时检查，月底通报',
  });
  expect(said).toEqual([
    '问题与措施核对（问题2个，措施3条）：',
    '· 有问题、没有措施：（五）“服务窗口设置不合理、排队等待时间长”仍有差距',
    '· 有措施、没有对应问题：（三）“由大厅综合科负责，6月底前增设叫号机2台”',
    '· 有措施、没有对应问题：“协调督查科定时或不定时检查，月底通报”',
    '· “协调督查科定时或不定时检查，月底通报”：没有写明责任人',
  ]);
});

test('a general measure is for the problems that it names', () => {
  expect(lines(checked('queues'), { general: `针对(五)：${good}` })).toEqual([
    '问题与措施核对：一一对应，措施均写明了责任人和时限。',
  ]);
  expect(lines(checked('queues', 'hall'), { general: `针对（五）（三）：${good}` })).toHaveLength(1);
});

test('before anything is given for the report every problem lacks its measure; nothing found, nothing said', () => {
  expect(lines(checked('guides', 'level'), null)).toHaveLength(3);
  expect(lines(checked(), null)).toEqual(['']);
});

test('each measure is told what it lacks (DA-2), in both languages', () => {
  const report = { 'papers-measure': '近期进一步压减证明材料，力争群众满意，按上级部署扎实推进' };
  expect(lines(checked('papers'), report)).toEqual([
    '问题与措施核对（问题1个，措施1条）：',
    '· （二）“近期进一步压减证明材料，力争群众满意，按上级部署…”：没有写明责任人、没有写明时限、“进一步、力争、近期”较空泛，请写明做什么、做到什么程度',
  ]);
  expect(lines(checked('papers'), report, 'en')[1]).toContain(
    'nobody is named to answer for it, no day is named',
  );
});
