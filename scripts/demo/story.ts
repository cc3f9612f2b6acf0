import type { Language } from '../../src/flow/text.ts';
import { tinyPhoto } from './photo.ts';
import type { Scene } from './stage.ts';

const coordinator = 'console:coordinator';
const nanhu = 'console:inspector-1';
const xiuzhou = 'console:inspector-2';
const citizen = 'console:citizen';
const group = 'console:room/inspection';
const hall = 'console:room/hall';

/** The story of the README, from publication to the day after the deadline. */
export function story(language: Language): Scene[] {
  const zh = language === 'zh-CN';
  const title = (chinese: string, english: string): Scene => ({
    kind: 'title',
    text: zh ? chinese : english,
  });
  const says = (who: string, chinese: string, english: string, room?: string): Scene => ({
    kind: 'says',
    who,
    text: zh ? chinese : english,
    ...(room === undefined ? {} : { room }),
  });
  const photo = (who: string): Scene => ({ kind: 'says', who, text: '', photo: tinyPhoto });
  const until = (instant: string): Scene => ({ kind: 'until', instant });
  const window = (name: [string, string]): Scene[] => [
    says(nanhu, '签到', 'check in'),
    says(nanhu, ...name),
    says(nanhu, '跳过', 'skip'),
    says(nanhu, '到位', 'yes'),
    says(nanhu, '20件里19件', '19 of 20'),
    says(nanhu, '百分之八十八', '88%'),
    says(nanhu, '都落实了', '4'),
    says(nanhu, '是', 'yes'),
    says(nanhu, '是', 'yes'),
    says(nanhu, '我觉得很满意👍', 'satisfied'),
    says(nanhu, '跳过', 'skip'),
  ];
  return [
    title('一、协调员发布活动', '1. The coordinator publishes'),
    until('2026-06-22T08:30:00+08:00'),
    says(coordinator, '发布', 'publish'),
    says(coordinator, '发布', 'publish'),
    title('二、检查员确认、签到、检查', '2. An inspector confirms, checks in, inspects'),
    until('2026-06-23T09:30:00+08:00'),
    says(nanhu, '收到', 'got it', group),
    says(nanhu, '签到', 'check in'),
    says(nanhu, '县行政服务中心 不动产登记窗口', 'County service centre, property registration'),
    says(nanhu, '跳过', 'skip'),
    says(nanhu, '不太清楚', 'not sure'),
    says(nanhu, '到位', 'yes'),
    says(nanhu, '办件18件里17件既受理又办理', '17 of 18'),
    says(nanhu, '82%', '82%'),
    says(nanhu, '1、3', '1, 3'),
    says(nanhu, '是', 'yes'),
    says(nanhu, '没有挂牌', 'no'),
    says(nanhu, '两名工作人员未佩戴工作牌', 'Two of the staff wear no badges'),
    says(nanhu, '满意', 'satisfied'),
    says(nanhu, '改 4 86', 'change 4 86'),
    says(nanhu, '第4题', 'question 4'),
    photo(nanhu),
    says(nanhu, '跳过', 'skip'),
    says(
      nanhu,
      '发现问题 取号机上午停用，群众排队较长',
      'problem: The ticket machine was out of order this morning',
    ),
    photo(nanhu),
    ...window(['县行政服务中心 社保窗口', 'County service centre, social security']),
    ...window(['武原街道便民服务中心', 'Wuyuan community service centre']),
    says(nanhu, '上报', 'report'),
    says(nanhu, '确认上报', 'report confirm'),
    title('三、群众评价', '3. A citizen answers'),
    says(citizen, '评价', 'survey', hall),
    says(citizen, '不太满意', '4'),
    says(citizen, '1和3', '1, 3'),
    says(citizen, '一个半小时', 'an hour and a half'),
    says(citizen, '窗口少，等得久', 'Few windows, a long wait'),
    title('四、进度', '4. How far are we?'),
    says(coordinator, '状态', 'status'),
    says(xiuzhou, '我的任务', 'my tasks'),
    says(citizen, '状态', 'status'),
    title('五、按时提醒，安静时段不打扰', '5. Reminders on time, never in quiet hours'),
    until('2026-07-10T09:00:00+08:00'),
    until('2026-07-14T09:00:00+08:00'),
    until('2026-07-15T09:00:00+08:00'),
    says(xiuzhou, '为什么', 'why'),
    until('2026-07-15T23:00:00+08:00'),
    until('2026-07-16T09:00:00+08:00'),
    says(coordinator, '状态', 'status', group),
  ];
}
