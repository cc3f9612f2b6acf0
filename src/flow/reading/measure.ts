import type { NumberUnit } from '../questions/number.ts';

/** What a written unit measures. `point` is a bare 分, which may be minutes or marks; `other` is a unit of no question. */
export type Measure =
  | 'second'
  | 'minute'
  | 'point'
  | 'quarter'
  | 'hour'
  | 'day'
  | 'week'
  | 'percent'
  | 'tenth'
  | 'yuan'
  | 'jiao'
  | 'piece'
  | 'other';

/** What one of a measure is in the question's unit; undefined where it can't be converted (20元 are no minutes). */
export function factorOf(measure: Measure, unit: NumberUnit): number | undefined {
  return factors[unit][measure];
}

const factors: Record<NumberUnit, Partial<Record<Measure, number>>> = {
  count: { piece: 1 },
  percent: { percent: 1, tenth: 10 },
  minutes: { second: 1 / 60, minute: 1, point: 1, quarter: 15, hour: 60 },
  hours: { second: 1 / 3600, minute: 1 / 60, quarter: 0.25, hour: 1 },
  days: { day: 1, week: 7 },
  yuan: { yuan: 1, jiao: 0.1 },
};

/** The question's own unit, in which a number is exact. */
export const ownMeasure: Record<NumberUnit, Measure> = {
  count: 'piece',
  percent: 'percent',
  minutes: 'minute',
  hours: 'hour',
  days: 'day',
  yuan: 'yuan',
};

const written: Record<Measure, string> = {
  second: '秒钟 秒 seconds second secs sec s',
  minute: '分钟 分种 minutes minute mins min m',
  point: '分',
  quarter: '刻钟 刻 quarters quarter',
  hour: '个小时 小时 个钟头 钟头 个钟 hours hour hrs hr h',
  day: '天 日 days day d',
  week: '个星期 星期 个礼拜 礼拜 周 weeks week',
  percent: '% percent pct',
  tenth: '成',
  yuan: '块钱 元 块 圆 人民币 rmb yuan cny',
  jiao: '角 毛钱 毛',
  piece:
    '人次 个 人 件 次 户 份 位 项 名 条 台 张 笔 宗 家 处 例 起 本 间 辆 只 根 批 栋 道 题 种 扇 排 组 套 部 页 回 遍 趟 枚 座 people persons person items item times cases case windows window copies pieces pcs',
  other:
    '个百分点 百分点 ‰ 个工作日 工作日 个月 月 个季度 年 点钟 号 楼 层 级 岁 度 米 公里 平方米 平 公斤 斤 美元 months month years year points point stars star 星 km kg workdays',
};

const measures = new Map<string, Measure>();
for (const measure of Object.keys(written) as Measure[])
  for (const word of written[measure].split(' ')) measures.set(word, measure);

/** The measure of a unit as written. */
export function measureOf(unit: string): Measure {
  return measures.get(unit) ?? 'other';
}

/** The source of a pattern for one written unit, the longest first; Latin ones end where the word ends. */
export const unitPattern = [...measures.keys()]
  .sort((a, b) => b.length - a.length)
  .map((word) => (/^[a-z]/.test(word) ? `${word}(?![a-z])` : word))
  .join('|');
