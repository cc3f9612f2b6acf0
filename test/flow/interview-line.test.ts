import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { Flow } from '../../src/flow/definition.ts';
import { readInterviewLine } from '../../src/flow/interview-line.ts';

const file = readFileSync(new URL('../../campaigns/jiaxing-2014.yaml', import.meta.url), 'utf8');
const flow = Flow.parse(parse(file).flows.find(({ id }: { id: string }) => id === 'citizen'));
// What inspectors note on the spot (JX-4.5), read against the survey of the sample.
const context = { at: '2026-06-22T02:00:00Z', zone: 'Asia/Shanghai' };

interface Noted {
  level?: number;
  minutes?: number;
  reasons?: string[];
  place?: string;
  comment?: string;
  silent?: true;
}

function noted(said: string): Noted | string {
  const result = readInterviewLine(flow, said, context);
  if (result.kind === 'doubt') return `doubt ${result.words}`;
  const { level, values, place, comment, isSilent } = result.line;
  const { 'waiting-minutes': minutes, reasons, ...others } = values;
  expect(others).toEqual({});
  return {
    ...(level === null ? {} : { level }),
    ...(minutes === undefined ? {} : { minutes: minutes as number }),
    ...(reasons === undefined ? {} : { reasons: reasons as string[] }),
    ...(place === null ? {} : { place }),
    ...(comment === '' ? {} : { comment }),
    ...(isSilent ? { silent: true as const } : {}),
  };
}

test.each<[string, Noted | string]>([
  ['满意 窗口3 等20分钟 无', { level: 4, place: '窗口3', minutes: 20, silent: true }],
  ['满意，3号窗口，20分钟，无意见', { level: 4, place: '3号窗口', minutes: 20, silent: true }],
  ['满意 ３号窗口 等２０分钟', { level: 4, place: '3号窗口', minutes: 20 }],
  ['满意 3号 20 无', { level: 4, place: '3号', minutes: 20, silent: true }],
  ['3号窗口 满意 20分钟', { level: 4, place: '3号窗口', minutes: 20 }],
  ['满意 不动产登记窗口 等了半小时', { level: 4, place: '不动产登记窗口', minutes: 30 }],
  ['满意 综合窗口3号 等待约10分钟', { level: 4, place: '综合窗口3号', minutes: 10 }],
  ['非常满意 没等 无', { level: 5, minutes: 0, silent: true }],
  ['非常满意 不用等', { level: 5, minutes: 0 }],
  ['满意 排队等了一个小时', { level: 4, minutes: 60 }],
  ['满意 等了一个半小时', { level: 4, minutes: 90 }],
  ['满意 等 20 分钟 无', { level: 4, minutes: 20, silent: true }],
  ['满意 窗口 3 等20分钟', { level: 4, place: '窗口3', minutes: 20 }],
  ['满意 四十分钟左右', { level: 4, minutes: 40 }],
  ['满意 一刻钟', { level: 4, minutes: 15 }],
  ['不满意 等了40分钟，取号机坏了', { level: 2, minutes: 40, comment: '取号机坏了' }],
  ['不满意 3号窗口 态度差', { level: 2, place: '3号窗口', reasons: ['attitude'] }],
  ['不满意 态度差、等太久 窗口5', { level: 2, place: '窗口5', reasons: ['attitude', 'waiting'] }],
  ['非常不满意 跑了几趟 材料太多', { level: 1, reasons: ['trips', 'papers'] }],
  ['满意 态度差', { level: 4, comment: '态度差' }],
  ['不满意 没有人叫号', { level: 2, comment: '没有人叫号' }],
  ['不满意 取号机坏了等了40分钟没人管', { level: 2, comment: '取号机坏了等了40分钟没人管' }],
  ['不满意 3号窗口没有人', { level: 2, comment: '3号窗口没有人' }],
  ['不满意 跑了好几个窗口', { level: 2, comment: '跑了好几个窗口' }],
  ['满意', { level: 4 }],
  ['基本满意。', { level: 3 }],
  ['挺好 3号窗口', { level: 4, place: '3号窗口' }],
  ['五星 2号窗口 5分钟', { level: 5, place: '2号窗口', minutes: 5 }],
  ['4分 2号窗口', { level: 4, place: '2号窗口' }],
  ['满意 海盐县行政服务中心 5分钟', { level: 4, place: '海盐县行政服务中心', minutes: 5 }],
  ['满意 A3窗口 5分钟', { level: 4, place: 'A3窗口', minutes: 5 }],
  ['满意|窗口3|等20分钟|无', { level: 4, place: '窗口3', minutes: 20, silent: true }],
  ['满意 窗口3 希望多开几个窗口', { level: 4, place: '窗口3', comment: '希望多开几个窗口' }],
  ['满意 排队有点乱 指示牌不清楚', { level: 4, comment: '排队有点乱，指示牌不清楚' }],
  ['等20分钟 无', { minutes: 20, silent: true }],
  ['窗口3', { place: '窗口3' }],
  ['4', { minutes: 4 }],
  ['满意 3 20 无', 'doubt 3 20'],
  ['满意 等700分钟', 'doubt 等700分钟'],
  ['满意 10分钟 20分钟', 'doubt 20分钟'],
  [
    'satisfied, window 3, waited 20 minutes, none',
    { level: 4, place: 'window 3', minutes: 20, silent: true },
  ],
  ['satisfied window 3 waited 20 minutes none', { level: 4, place: 'window 3', minutes: 20, silent: true }],
  ['Very satisfied window 3 20 min', { level: 5, place: 'window 3', minutes: 20 }],
  ['not at all satisfied, half an hour', { level: 1, minutes: 30 }],
  [
    'dissatisfied, the staff were rude and I waited 40 minutes for nothing',
    { level: 2, comment: 'the staff were rude and I waited 40 minutes for nothing' },
  ],
  ['dissatisfied, rude, counter 5', { level: 2, reasons: ['attitude'], place: 'counter 5' }],
  ['satisfied, no wait, no comments', { level: 4, minutes: 0, silent: true }],
  ['fairly satisfied 1 hour', { level: 3, minutes: 60 }],
])('%s', (said, answers) => expect(noted(said)).toEqual(answers));
