import { describe, expect, test } from 'vitest';
import { readCommand } from '../../src/commands/read.ts';
import { commands } from '../../src/commands/registry.ts';

type Row = [text: string, slash: boolean, command: string, rest: string];

const said: Row[] = [
  ['帮助', false, 'help', ''],
  ['帮助。', false, 'help', ''],
  ['　帮助！！', false, 'help', ''],
  ['帮助？', false, 'help', ''],
  ['？', false, 'help', ''],
  ['?', false, 'help', ''],
  ['HELP', false, 'help', ''],
  ['Ｈｅｌｐ', false, 'help', ''],
  ['状态', false, 'status', ''],
  ['状态？', false, 'status', ''],
  ['进度~', false, 'status', ''],
  ['收到', false, 'ack', ''],
  ['收到！', false, 'ack', ''],
  ['收到 ３', false, 'ack', '3'],
  ['收到3号', false, 'ack', '3号'],
  ['收到，谢谢！', false, 'ack', '谢谢'],
  ['Got it', false, 'ack', ''],
  ['签到', false, 'checkin', ''],
  ['check-in 12', false, 'checkin', '12'],
  ['checkin', false, 'checkin', ''],
  ['我的任务', false, 'tasks', ''],
  ['my tasks', false, 'tasks', ''],
  ['发现问题 3号窗口没人', false, 'finding', '3号窗口没人'],
  ['发现问题：排队太长。', false, 'finding', '排队太长。'],
  ['发现问题\n排队\n太长', false, 'finding', '排队\n太长'],
  ['发现问题', false, 'finding', ''],
  ['Problem: nobody there', false, 'finding', 'nobody there'],
  ['收到👌', false, 'ack', '👌'],
  ['收到🫡', false, 'ack', '🫡'],
  ['收到！谢谢领导', false, 'ack', '!谢谢领导'],
  ['收到，马上办', false, 'ack', '马上办'],
  ['好滴收到了', false, 'ack', ''],
  ['Received, will do', false, 'ack', 'will do'],
  ['绑定 ABC-346 合并', false, 'bind', 'ABC-346 合并'],
  ['问题清单', false, 'findings', ''],
  ['问题清单2', false, 'findings', '2'],
  ['问题清单 第２页', false, 'findings', '第2页'],
  ['问题清单 12号', false, 'findings', '12号'],
  ['problem 4?', false, 'show', '4'],
  ['findings #12', false, 'findings', '#12'],
  ['findings', false, 'findings', ''],
  ['finding 74983012', false, 'show', '74983012'],
  ['Finding #4', false, 'show', '#4'],
  ['finding: 4 windows without a number', false, 'finding', '4 windows without a number'],
  ['finding 4', true, 'show', '4'],
  ['finding 4 windows are shut', true, 'finding', '4 windows are shut'],
  ['finding', false, 'finding', ''],
  ['上报', false, 'report', ''],
  ['上报 #3', false, 'report', '#3'],
  ['为什么', false, 'why', ''],
  ['为什么？', false, 'why', ''],
  ['why 12', false, 'why', '12'],
  ['催办', false, 'remind', ''],
  ['催办 确认', false, 'remind', '确认'],
  ['邀请 检查员 南湖区', false, 'invite', '检查员 南湖区'],
  ['邀请自己', false, 'invite', '自己'],
  ['invite me', false, 'invite', 'me'],
  ['绑定 ACF347', false, 'bind', 'ACF347'],
  ['绑定ACF347', false, 'bind', 'ACF347'],
  ['绑定：ａｃｆ ３４７', false, 'bind', 'acf 347'],
  ['bind acf347', false, 'bind', 'acf347'],
  ['receipt ACFH-3467-KMNP', false, 'receipt', 'ACFH-3467-KMNP'],
  ['Receipt: 1234', false, 'receipt', '1234'],
  ['回执ACFH-3467-KMNP', false, 'receipt', 'ACFH-3467-KMNP'],
  ['回执 1234', false, 'receipt', '1234'],
  ['call me acfh3467kmnp at the Help desk.', false, 'call-me', 'acfh3467kmnp at the Help desk.'],
  ['call me back ＡＣＦＨ 3467 KMNP', false, 'call-me', 'ＡＣＦＨ 3467 KMNP'],
  ['回访我 ACFH-3467-KMNP，请打服务台', false, 'call-me', 'ACFH-3467-KMNP，请打服务台'],
  ['rate fix ACFH-3467-KMNP satisfied', false, 'rate-fix', 'ACFH-3467-KMNP satisfied'],
  ['erase rating ACFH-3467-KMNP', false, 'erase-rating', 'ACFH-3467-KMNP'],
  ['绑定群', false, 'room', ''],
  ['绑定群 大厅', false, 'room', '大厅'],
  ['语言 英文', false, 'language', '英文'],
  ['语言英文', false, 'language', '英文'],
  ['language English', false, 'language', 'English'],
  ['投递 重试 收12', false, 'queue', '重试 收12'],
  ['发布', false, 'publish', ''],
  ['接受 12', false, 'accept', '12'],
  ['接受12号', false, 'accept', '12号'],
  ['异议 12 不归我们管！', false, 'object', '12 不归我们管！'],
  ['整改 12 7月10日，更换座椅。', false, 'rectify', '12 7月10日，更换座椅。'],
  ['事项', false, 'matters', ''],
  ['事项 新增 公租房申请；商品房预售', false, 'matters', '新增 公租房申请；商品房预售'],
  ['事项：3 群众反映强烈', false, 'matters', '3 群众反映强烈'],
  ['matters: add Public housing; Presale permit', false, 'matters', 'add Public housing; Presale permit'],
  ['走流程 2', false, 'walk', '2'],
  ['walk 2', false, 'walk', '2'],
  ['委托 3 分管副局长', false, 'entrust', '3 分管副局长'],
  ['委托3号，分管副局长', false, 'entrust', '3号，分管副局长'],
  ['收回委托 3', false, 'take-back', '3'],
  ['take back 3', false, 'take-back', '3'],
  ['整改回复 12', false, 'reply', '12'],
  ['延期 12 7月20日 设备未到货', false, 'extend', '12 7月20日 设备未到货'],
  ['同意延期 12', false, 'grant', '12'],
  ['不同意延期 12 可以立行立改', false, 'refuse', '12 可以立行立改'],
  ['退回 12 2 照片不清楚', false, 'return', '12 2 照片不清楚'],
  ['核实１２', false, 'verify', '１２'],
  ['销号 12', false, 'close', '12'],
  ['回头看 12 7月30日 又无人值守', false, 'reopen', '12 7月30日 又无人值守'],
  ['异议不成立 12 归你们管', false, 'dismiss', '12 归你们管'],
  ['合并 12 13', false, 'merge', '12 13'],
  ['拆分 12 一；二', false, 'split', '12 一；二'],
  ['问题 12', false, 'show', '12'],
  ['台账', false, 'ledger', ''],
  ['台账2', false, 'ledger', '2'],
  ['台账 海盐县 2', false, 'ledger', '海盐县 2'],
  ['ledger Haiyan County', false, 'ledger', 'Haiyan County'],
  ['核对台账', false, 'check-ledger', ''],
  ['verify 12', false, 'verify', '12'],
  ['时限 施工许可 法定20 承诺10 实际7', false, 'times', '施工许可 法定20 承诺10 实际7'],
  ['时限\n施工许可 法定20 承诺10 实际7', false, 'times', '施工许可 法定20 承诺10 实际7'],
  ['指标', false, 'indicators', ''],
  ['访谈 满意', false, 'interview', '满意'],
  ['访谈：不满意，等了40分钟！', false, 'interview', '不满意，等了40分钟！'],
  ['interview: satisfied', false, 'interview', 'satisfied'],
  ['名单', false, 'roster', ''],
  ['名单 体验式自查', false, 'roster', '体验式自查'],
  ['名单 体验式 2', false, 'roster', '体验式 2'],
  ['派暗访', false, 'send', ''],
  ['派暗访 市委组织部 到 市公安局 7月6日', false, 'send', '市委组织部 到 市公安局 7月6日'],
  ['派抽查 抽取 3 由 市委组织部、市纪委', false, 'send', '抽取 3 由 市委组织部、市纪委'],
  ['派暗访 ABC346 2', false, 'send', 'ABC346 2'],
  ['评价', false, 'survey', ''],
  ['', true, 'help', ''],
  ['status', true, 'status', ''],
  ['status?', true, 'status', ''],
  ['状态', true, 'status', ''],
  ['STATUS', true, 'status', ''],
  ['ack', true, 'ack', ''],
  ['my tasks', true, 'tasks', ''],
  ['tasks', true, 'tasks', ''],
  ['invite inspector Nanhu District', true, 'invite', 'inspector Nanhu District'],
  ['finding Ｎｏ seats!', true, 'finding', 'Ｎｏ seats!'],
  ['绑定群', true, 'room', ''],
  ['room hall', true, 'room', 'hall'],
  ['publish now please', true, 'publish', 'now please'],
  ['language', true, 'language', ''],
];

const talk = [
  '帮助很大',
  '状态不错',
  '状态：一切正常',
  'why is this so slow',
  'report was late',
  'the report',
  '收到？',
  '收到他的消息了吗',
  '大家收到请回复',
  '发现问题要及时整改',
  '发现问题，及时整改',
  '事项很多',
  '走流程很有必要',
  '走流程2次了',
  '委托3号窗口代办',
  'matters of fact',
  'walk 2 miles',
  '整改3处',
  '整改：更换座椅',
  '整改要落实到人',
  '接受群众监督',
  '接受3天培训',
  '核实3号楼的情况',
  '问题：窗口没人',
  '问题3个',
  '合并同类项',
  '销号要有依据',
  '延期到7月20日',
  '台账要更新',
  'close the window',
  'reply to him',
  'problem is that it is closed',
  'problem with the queue',
  '绑定一下手机号',
  '任务很重',
  '评价很高',
  '派暗访组下去',
  '派暗访人员要注意纪律',
  '访谈很顺利',
  '时限太长',
  '指标不合理',
  '名单在哪里',
  '上报领导了',
  '发布会几点开始',
  '为什么没有座位',
  '语言要文明，态度要好',
  '催办件太多',
  '投递员来了',
  'invitation',
  'room 3',
  'status quo is',
  '签到表在哪里',
  '',
  '。',
  '😀',
];

test.each(said)('%j (slash: %s) is %s with %j', (text, slash, command, rest) => {
  const typed = readCommand({ kind: 'text', text, slash });
  expect(typed?.command?.name).toBe(command);
  expect(typed?.rest).toBe(rest);
});

test.each(talk)('%j is talk', (text) => {
  const typed = readCommand({ kind: 'text', text, slash: false });
  // Whether a unit goes by the words only its campaign can tell.
  expect(typed?.unit === undefined ? typed : null).toBeNull();
});

test('ten thousand exclamation marks are talk, and take no time', () => {
  expect(readCommand({ kind: 'text', text: `帮助${'！'.repeat(10_000)}很大`, slash: false })).toBeNull();
});

test('what a person wrote about a problem stays as typed', () => {
  const words = '“窗口”３号！没人…… '.repeat(400).trim();
  expect(readCommand({ kind: 'text', text: `　发现问题：${words}`, slash: false })?.rest).toBe(words);
});

test('after a slash an unknown word is a command that does not exist', () => {
  expect(readCommand({ kind: 'text', text: 'statsu now', slash: true })).toEqual({
    command: null,
    word: 'statsu',
    rest: 'now',
  });
});

test.each([
  ['duban status', 'status', ''],
  ['Duban, status?', 'status', ''],
  ['督办 状态', 'status', ''],
  ['督办：整改 3 7月31日', 'rectify', '3 7月31日'],
  ['duban status haiyan', 'status', 'haiyan'],
  ['duban finding 4', 'show', '4'],
  ['duban problem nobody there', 'finding', 'nobody there'],
])('said to us, the name may stand before it: %s', (text, command, rest) => {
  const typed = readCommand({ kind: 'text', text, slash: false, addressed: true });
  expect([typed?.command?.name, typed?.rest]).toEqual([command, rest]);
  expect(readCommand({ kind: 'text', text, slash: false, addressed: false })).toBeNull();
});

test.each(['督办 很有成效', '督办状态良好', 'duban is late', '督办'])(
  'talk of us is no command: %s',
  (text) => {
    expect(readCommand({ kind: 'text', text, slash: false, addressed: true })).toBeNull();
  },
);

test('a tapped option gives its command', () => {
  const press = (target: string) => ({ target, question: 'confirm', options: ['confirm'] });
  const body = { kind: 'text', text: '确认', slash: false } as const;
  expect(readCommand({ ...body, press: press('command:remind') })).toMatchObject({ rest: 'confirm' });
  expect(readCommand({ ...body, press: press('command:gone') })?.command).toBeNull();
  expect(readCommand({ ...body, press: press('session:1') })).toBeNull();
});

describe('the words', () => {
  test('no two commands share one', () => {
    const all = commands.flatMap(({ name, words }) => [...new Set([name, ...words['zh-CN'], ...words.en])]);
    expect(all.filter((word, index) => all.indexOf(word) !== index)).toEqual([]);
  });

  test.each(commands.map((one) => [one.name, one] as const))(
    '%s is known by each of its words',
    (name, { words }) => {
      for (const word of [...words['zh-CN'], ...words.en])
        expect(readCommand({ kind: 'text', text: word, slash: false })?.command?.name).toBe(name);
      expect(readCommand({ kind: 'text', text: name, slash: true })?.command?.name).toBe(name);
    },
  );
});
