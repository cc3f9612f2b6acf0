import { ask, question, type Row, sure, table, told } from './table.ts';

const options = [
  { id: 'attitude', label: { 'zh-CN': '服务态度不好', en: 'Attitude' }, synonyms: ['态度差', '态度不好'] },
  { id: 'unclear', label: { 'zh-CN': '没有一次说清楚', en: 'Not told at once' } },
  { id: 'waiting', label: { 'zh-CN': '等候时间太长', en: 'Waited too long' }, synonyms: ['排队', '等太久'] },
  { id: 'trips', label: { 'zh-CN': '跑了多趟', en: 'Several trips' } },
  { id: 'other', label: { 'zh-CN': '其他', en: 'Something else' } },
];
const all = ['attitude', 'unclear', 'waiting', 'trips', 'other'];
const several = question({ type: 'choices', options });

const rows: Row[] = [
  ['1', sure(['attitude'])],
  ['1、3', sure(['attitude', 'waiting'])],
  ['1，3', sure(['attitude', 'waiting'])],
  ['1,3', sure(['attitude', 'waiting'])],
  ['1 3', sure(['attitude', 'waiting'])],
  ['3 1', sure(['attitude', 'waiting'])],
  ['1.3', sure(['attitude', 'waiting'])],
  ['1/3', sure(['attitude', 'waiting'])],
  ['1+3', sure(['attitude', 'waiting'])],
  ['１、３', sure(['attitude', 'waiting'])],
  ['①③', sure(['attitude', 'waiting'])],
  ['1️⃣3️⃣', sure(['attitude', 'waiting'])],
  [':one: :three:', sure(['attitude', 'waiting'])],
  ['1和3', sure(['attitude', 'waiting'])],
  ['选1和3', sure(['attitude', 'waiting'])],
  ['我选1、3、4吧', sure(['attitude', 'waiting', 'trips'])],
  ['一、三', sure(['attitude', 'waiting'])],
  ['一和三', sure(['attitude', 'waiting'])],
  ['第一个和第三个', sure(['attitude', 'waiting'])],
  ['第一、三个', sure(['attitude', 'waiting'])],
  ['第1第3', sure(['attitude', 'waiting'])],
  ['第一个和最后一个', told(['attitude', 'other'])],
  ['前两个', told(['attitude', 'unclear'])],
  ['前2项', told(['attitude', 'unclear'])],
  ['头三个', told(['attitude', 'unclear', 'waiting'])],
  ['后两个', told(['trips', 'other'])],
  ['最后两个', told(['trips', 'other'])],
  ['最后一个', told(['other'])],
  ['1到3', told(['attitude', 'unclear', 'waiting'])],
  ['1至3', told(['attitude', 'unclear', 'waiting'])],
  ['1-2', told(['attitude', 'unclear'])],
  ['1-3', ask(['attitude', 'unclear', 'waiting'], ['attitude', 'waiting'])],
  ['1~3', ask(['attitude', 'unclear', 'waiting'], ['attitude', 'waiting'])],
  ['13', ask(['attitude', 'waiting'])],
  ['135', ask(['attitude', 'waiting', 'other'])],
  ['一三', ask(['attitude', 'waiting'])],
  ['31', 'flow:hint.choice.range'],
  ['A', told(['attitude'])],
  ['A和C', told(['attitude', 'waiting'])],
  ['A、C', told(['attitude', 'waiting'])],
  ['AC', ask(['attitude', 'waiting'])],
  ['bad', 'unread'],
  ['全部', told(all)],
  ['全选', told(all)],
  ['都选', told(all)],
  ['都有', told(all)],
  ['以上都是', told(all)],
  ['5个都选', told(all)],
  ['4个都选', 'unread'],
  ['all', told(all)],
  ['all of them', told(all)],
  ['all of the above', told(all)],
  ['都没有', 'flow:hint.choices.min'],
  ['没有', 'flow:hint.choices.min'],
  ['none of them', 'flow:hint.choices.min'],
  ['1 and 3', sure(['attitude', 'waiting'])],
  ['one and three', sure(['attitude', 'waiting'])],
  ['1 & 3', sure(['attitude', 'waiting'])],
  ['the first two', told(['attitude', 'unclear'])],
  ['first and third', told(['attitude', 'waiting'])],
  ['1 to 3', told(['attitude', 'unclear', 'waiting'])],
  ['last two', told(['trips', 'other'])],
  ['服务态度不好', sure(['attitude'])],
  ['Attitude', sure(['attitude'])],
  ['态度差、排队', sure(['attitude', 'waiting'])],
  ['态度差和等太久', sure(['attitude', 'waiting'])],
  ['1 服务态度不好 3 等候时间太长', sure(['attitude', 'waiting'])],
  ['2 服务态度不好', ask(['attitude'])],
  ['主要是态度差，还有等太久', told(['attitude', 'waiting'])],
  ['attitude and several trips', sure(['attitude', 'trips'])],
  ['没有一次说清楚', sure(['unclear'])],
  ['跑了多趟，没有一次说清楚', sure(['unclear', 'trips'])],
  ['不是态度差', 'unread'],
  ['没有排队', 'unread'],
  ['态度差，但是理解', ask(['attitude'])],
  ['可能是态度差', ask(['attitude'])],
  ['排队挺快的', ask(['waiting'])],
  ['态度好', 'unread'],
  ['除了1都选', 'unread'],
  ['不要1', 'unread'],
  ['两个', 'unread'],
  ['6', 'flow:hint.choice.range'],
  ['1、6', 'flow:hint.choice.range'],
  ['0', 'flow:hint.choice.range'],
  ['态度差吗？', 'unread'],
  ['随便', 'flow:hint.choices'],
  ['', 'flow:hint.choices'],
];
table('several of several', several, rows);

const long = question({
  type: 'choices',
  options: Array.from({ length: 14 }, (_, at) => ({
    id: `o${at + 1}`,
    label: `事项${'甲乙丙丁戊己庚辛壬癸子丑寅卯'[at]}`,
  })),
});
table('numbers of two digits in a long list', long, [
  ['13', ask(['o13'], ['o1', 'o3'])],
  ['11', sure(['o11'])],
  ['10', sure(['o10'])],
  ['十三', sure(['o13'])],
  ['1、13', sure(['o1', 'o13'])],
  ['15', ask(['o1', 'o5'])],
  ['20', 'flow:hint.choice.range'],
]);

const limited = question({ type: 'choices', options, min: 2, max: 3 });
table('counts', limited, [
  ['1', 'flow:hint.choices.min'],
  ['1、2', sure(['attitude', 'unclear'])],
  ['1、2、3', sure(['attitude', 'unclear', 'waiting'])],
  ['1、2、3、4', 'flow:hint.choices.max'],
  ['全部', 'flow:hint.choices.max'],
]);

const kept = question({
  type: 'choices',
  options: [...options.slice(0, 2), { id: 'none', label: '都落实了', synonyms: ['没问题', '无'] }],
});
table('an option that says none', kept, [
  ['都没有', told(['none'])],
  ['无', sure(['none'])],
  ['没问题', sure(['none'])],
  ['都落实了', sure(['none'])],
  ['全选', told(['attitude', 'unclear'])],
]);

const free = question({ type: 'choices', options, min: 0 });
table('nothing where nothing is allowed', free, [
  ['都没有', told([])],
  ['none', told([])],
  ['1', sure(['attitude'])],
]);
