import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openChannels } from '../../src/connect.ts';
import { nextTs, type Requests, type SlackWorld, slackWorld } from '../channels/slack/driver.ts';
import { configOf, faults, type House, openHouse, unhurried } from './house.ts';
import { photo, sha256 } from './photo.ts';
import { type Heard, now, type SlackPeople, slackPeople, type Talker } from './slack-people.ts';

// The story of the README in a Slack workspace: signed HTTP in, the Web API out, everything between as it runs in earnest.
let world: SlackWorld;
let house: House;
let slack: Requests;
let people: SlackPeople;
let coordinator: Talker;
let nanhu: Talker;
let xiuzhou: Talker;
let citizen: Talker;
/** The private message with the task, whose button confirms it. */
let task: Heard | undefined;

beforeAll(async () => {
  world = await slackWorld(undefined, [{ name: 'inspection' }, { name: 'hall' }]);
  house = await openHouse({
    now: '2026-06-22T09:00:00+08:00',
    // Citizens may answer in Slack only where the campaign says so.
    prc: false,
    // As an operator copies it from Slack: the workspace is not in it.
    coordinators: `slack:${world.person('coordinator')}`,
    channels: async (sockets) => {
      const config = configOf({
        SLACK_BOT_TOKEN: world.botToken,
        SLACK_SIGNING_SECRET: world.signingSecret,
        SLACK_API_URL: world.apiUrl,
      });
      return (await openChannels(config, sockets)).map(unhurried);
    },
  });
  slack = world.requests(house.url);
  people = slackPeople(world, slack, house.settled);
  [coordinator, nanhu, xiuzhou, citizen] = await Promise.all([
    people.person('coordinator'),
    people.person('inspector'),
    people.person('second'),
    people.person('citizen'),
  ]);
});

afterAll(async () => {
  expect(faults(house)).toEqual([]);
  await house.close();
  await world.close();
});

const to = (heard: Heard[], place: string) => heard.filter((one) => one.to === place);
const codeIn = (heard: Heard[]) => /[34679ACFHJKMNPRTVWXY]{6}/.exec(heard[0]?.text ?? '')?.[0] ?? '';

describe('publishing', () => {
  test('a coordinator named by the bare Slack id ties a room, unseen by the others', async () => {
    const heard = await coordinator.slash('绑定群', 'inspection');
    expect(heard).toMatchObject([{ to: '#inspection', only: 'coordinator' }]);
    expect(heard[0]?.text).toContain('本群已用于');
    expect(await house.query('SELECT urn, purpose FROM room')).toEqual([
      { urn: `slack:${world.team}/${world.room('inspection')}`, purpose: 'inspection' },
    ]);
  });

  test('a code makes somebody an inspector, once', async () => {
    const invited = await coordinator.slash('invite inspector 南湖区政府', 'inspection');
    expect(invited).toMatchObject([{ to: '#inspection', only: 'coordinator' }]);
    const code = codeIn(invited);
    const bound = await nanhu.says(`绑定 ${code}`);
    expect(bound).toMatchObject([{ to: 'inspector' }]);
    expect(bound[0]?.text).toContain('南湖区政府，检查员');
    const again = await citizen.says(`绑定 ${code}`);
    expect(again.map(({ text }) => text)).toEqual([`邀请码“${code}”已经用过。请联系协调员重新邀请。`]);
    expect(await house.count('membership', `role = 'inspector'`)).toBe(1);
  });

  test('tells the room once and each inspector in private', async () => {
    const heard = await coordinator.slash('publish', 'inspection');
    expect(heard.map((one) => `${one.to} ${one.only ?? ''}`).sort()).toEqual([
      '#inspection ',
      '#inspection coordinator',
      'inspector ',
    ]);
    [task] = to(heard, 'inspector');
    expect(task?.text).toBe(
      [
        '【交叉式抽查】请南湖区政府检查海盐县政府，至少3个窗口，至多5个。',
        '请于2026年7月15日（周三）前完成并上报（含当日），还有17个工作日（不含今天）。',
        '收到请回复“收到”；到达窗口后回复“签到”，开始填写检查表。',
      ].join('\n'),
    );
    expect(task?.options).toEqual(['收到']);
    expect(await house.count('assignment')).toBe(8);
  });

  test('twice sends nothing twice', async () => {
    const heard = await coordinator.slash('publish', 'inspection');
    expect(heard).toMatchObject([{ to: '#inspection', only: 'coordinator' }]);
    expect(heard[0]?.text).toContain('没有重复发送');
    expect(await house.count('assignment')).toBe(8);
  });

  test('who is bound later gets the task at once', async () => {
    const code = codeIn(await coordinator.slash('invite inspector xiuzhou'));
    const heard = await xiuzhou.says(`bind ${code.toLowerCase()}`);
    expect(heard.map((one) => one.to)).toEqual(['second', 'second']);
    expect(heard[1]?.text).toContain('Pinghu City');
    expect(heard[1]?.options).toHaveLength(1);
  });
});

describe('an inspection', () => {
  test('收到 is a button', async () => {
    const heard = await nanhu.taps(task, '收到');
    expect(heard.map(({ to, text }) => [to, text])).toEqual([
      ['inspector', '已确认：检查海盐县政府，2026年7月15日（周三）前完成。'],
    ]);
    expect(await house.count('assignment', 'acknowledged_at IS NOT NULL')).toBe(1);
  });

  const asked: Heard[] = [];
  async function answers(reply: Promise<Heard[]>): Promise<Heard> {
    const [heard, ...more] = await reply;
    expect(more).toEqual([]);
    if (heard === undefined) throw new Error('the bot said nothing');
    asked.push(heard);
    return heard;
  }

  test('签到 starts the checklist: words, buttons, boxes, numbers', async () => {
    const first = await answers(nanhu.says('签到'));
    expect(first.text).toContain('开始检查海盐县政府（第1个窗口，共需3—5个）。');
    await answers(nanhu.says('县行政服务中心 3号窗口 🏢'));
    const third = await answers(nanhu.says('跳过'));
    expect(third.text).toContain('3/10 一、“两集中两到位”是否落实？');
    expect(third.options).toEqual(['已落实', '未落实']);

    const unclear = await answers(nanhu.says('这个说不好'));
    expect(unclear.text).toContain('3/10 一、');
    expect(unclear.options).toEqual(third.options);
    const why = await answers(nanhu.taps(unclear, '未落实'));
    expect(why.text).toContain('已登记问题：“两集中两到位”未落实。');
    await answers(nanhu.says('两项权力仍在部门'));
    await answers(nanhu.says('九成五'));
    const boxes = await answers(nanhu.says('82%'));
    expect(boxes.text).toContain('已登记问题：一审一核率未达到85%。');
    expect(boxes.options).toEqual(['一次性告知', '服务态度', '礼貌用语', '都落实了', '提交']);
    const onPost = await answers(nanhu.taps(boxes, '一次性告知', '礼貌用语'));
    const appearance = await answers(nanhu.taps(onPost, '在岗并执行'));
    await answers(nanhu.taps(appearance, '不符合'));
    const level = await answers(nanhu.says('未佩戴工作牌'));
    expect(level.options).toEqual(['非常满意', '满意', '基本满意', '不满意', '非常不满意']);
    const photos = await answers(nanhu.taps(level, '满意'));
    expect(photos.text).toContain('请发送1至3张照片，也可以发短视频。');
  });

  test('a correction recomputes what follows and keeps the history', async () => {
    // No problem there any more: the question why is gone with it.
    const which = await answers(nanhu.says('改 3 已落实'));
    expect(which.text).toContain('请问要改哪一题？');
    const corrected = await answers(nanhu.taps(which, '第3题：一、“两集中两到位”是否落实？'));
    expect(corrected.text).toContain('已更正第3题（一、“两集中两到位”是否落实？）：已落实。');
    expect(corrected.text).toContain('11/12');
    const history = await house.query<{ question: string; value: unknown; stands: boolean }>(
      `SELECT question, value, replaced_at IS NULL AS stands FROM answer WHERE question LIKE 'concentrated%' ORDER BY id`,
    );
    expect(history).toEqual([
      { question: 'concentrated', value: 'no', stands: false },
      { question: 'concentrated-why', value: '两项权力仍在部门', stands: false },
      { question: 'concentrated', value: 'yes', stands: true },
    ]);
    expect(await house.query('SELECT question, status FROM finding ORDER BY number')).toEqual([
      { question: 'concentrated', status: 'withdrawn' },
      { question: 'one-review', status: 'open' },
      { question: 'systems', status: 'open' },
      { question: 'appearance', status: 'open' },
    ]);
  });

  test('a photo is fetched with our token and kept byte for byte', async () => {
    const bytes = photo(200_000);
    const ts = nextTs();
    await answers(nanhu.says('', { files: [{ name: '窗口 一.png', mime: 'image/png', bytes }], ts }));
    const [kept] = await house.query<{ content: Buffer }>(
      `SELECT a.name, a.mime, a.size, a.sha256, a.status, a.urn, a.external_id AS id, a.received_at IS NOT NULL AS dated,
         c.bytes AS content FROM attachment a JOIN attachment_content c USING (sha256)`,
    );
    expect(kept).toEqual({
      name: '窗口 一.png',
      mime: 'image/png',
      size: bytes.length,
      sha256: sha256(bytes),
      status: 'stored',
      urn: `slack:${world.team}/${nanhu.id}`,
      id: `slack:${world.team}/${await world.privateChat(nanhu.id)}/${ts}`,
      dated: true,
      content: bytes,
    });
  });

  test('ends with what is still to be done; what could be tapped was redrawn with its answer', async () => {
    const end = await answers(nanhu.says('跳过'));
    expect(end.text).toContain('已检查1个窗口，按通知要求至少3个，还需2个。');
    expect(asked.map(now).filter(({ options }) => options.length > 0)).toEqual([]);
    const redrawn = asked.map(now).filter(({ updates }) => updates > 0);
    expect(redrawn.map(({ text }) => text)).toEqual([
      // Asked twice and corrected later: redrawn in both places, each time.
      '3/12 一、“两集中两到位”是否落实？　✔ 已落实',
      '3/12 一、“两集中两到位”是否落实？　✔ 已落实',
      '7/12 四、以下制度哪些落实得不好？都好请选“都落实了”。　✔ 一次性告知、礼貌用语',
      '8/12 五、工作人员是否在岗，AB岗制度是否执行？　✔ 在岗并执行',
      '9/13 六、工作人员着装、挂牌亮证和窗口整洁是否符合要求？　✔ 不符合',
      '11/13 七、随机访问办事群众，他们对窗口工作人员总体评价如何？　✔ 满意',
      '第3题：一、“两集中两到位”是否落实？',
    ]);
  });

  test('a free finding joins the task', async () => {
    const [done] = await nanhu.says('发现问题：取号机上午停用');
    expect(done?.text).toBe('已登记问题（海盐县政府）：取号机上午停用');
  });

  test('in a room it is asked by name, and nobody answers for another', async () => {
    const [first] = await xiuzhou.says('check in', { room: 'inspection' });
    expect(first).toMatchObject({ to: '#inspection' });
    expect(first?.text).toContain(`@${xiuzhou.id}`);
    await xiuzhou.says('County service centre, counter 5', { room: 'inspection' });
    const [third] = await xiuzhou.says('skip', { room: 'inspection' });
    expect(third?.options).toEqual(['Yes', 'No']);

    const before = await house.count('answer');
    const [refusal, ...more] = await nanhu.taps(third, 'No');
    expect(more).toEqual([]);
    expect(refusal).toMatchObject({ to: '#inspection', only: 'inspector' });
    expect(refusal?.text).toContain('这个选项');
    expect(await house.count('answer')).toBe(before);
    // Talk is left alone, and so is an answer that somebody else has no question for.
    expect(await nanhu.says('是', { room: 'inspection' })).toEqual([]);
    expect(await xiuzhou.says('who has the key to the hall?', { room: 'inspection' })).toEqual([]);

    const [next] = await xiuzhou.taps(third, 'Yes');
    expect(next?.text).toContain('2. What share of matters');
    const [paused] = await xiuzhou.says('pause', { room: 'inspection' });
    expect(paused?.to).toBe('#inspection');
  });
});

describe('a citizen', () => {
  test('answers four questions by tapping, and leaves no name', async () => {
    const begun = await citizen.says('评价');
    expect(begun[0]?.text).toContain('答案不记名');
    const [reasons] = await citizen.taps(begun[0], '不满意');
    const [minutes] = await citizen.taps(reasons, '等候时间太长');
    expect(minutes?.text).toContain('3/4');
    await citizen.says('半小时');
    const [thanks] = await citizen.says('跳过');
    expect(thanks?.text).toContain('您的评价将用于改进窗口服务。');
    expect(thanks?.text).toMatch(/回执码 \w{4}-\w{4}-\w{4}：/);
    expect(await house.query(`SELECT 1 FROM session WHERE flow_id LIKE '%citizen'`)).toEqual([]);
    expect(await house.query('SELECT source, unit_id, level, answers FROM rating')).toEqual([
      {
        source: 'chat',
        unit_id: null,
        level: 2,
        answers: { level: 2, reasons: ['waiting'], 'waiting-minutes': 30 },
      },
    ]);
  });
});

describe('how far are we', () => {
  test('the coordinator sees all, and nobody else sees that', async () => {
    const heard = await coordinator.slash('status', 'inspection');
    expect(heard).toMatchObject([{ to: '#inspection', only: 'coordinator' }]);
    expect(heard[0]?.text.split('\n').slice(1)).toEqual([
      '交叉式抽查：已上报0/8，已确认2/8；2026年7月15日（周三）前完成，还有17个工作日。',
      '待整改问题：4个。',
      '群众自主评价：不足5份，不予显示。',
    ]);
  });

  test('an inspector sees own tasks, anybody else a polite refusal', async () => {
    const [own] = await nanhu.slash('status', 'inspection');
    expect(own?.text).toContain('您的任务：已上报0/1。');
    expect(own?.text).toContain('已检查1个窗口（需3—5个）');
    const [refused] = await citizen.slash('status', 'hall');
    expect(refused).toMatchObject({ to: '#hall', only: 'citizen' });
    expect(refused?.text).toMatch(/“状态”(需要相应的工作身份|由协调员)/);
  });

  test('an unknown word gets the nearest ones', async () => {
    const [unknown] = await coordinator.slash('statsu', 'inspection');
    expect(unknown?.text).toBe('没有“statsu”这个指令。您是不是想说：状态？回复“帮助”可查看全部指令。');
  });
});

describe('what Slack sends', () => {
  test('again is stored once and answered once', async () => {
    const said = {
      user: nanhu.id,
      channel: await world.privateChat(nanhu.id),
      text: '我的任务',
      ts: nextTs(),
    };
    const stored = await house.count('inbox');
    for (const retry of [undefined, 1, 2])
      expect((await slack.say(said, retry === undefined ? {} : { retry })).status).toBe(200);
    await house.settled();
    expect(await house.count('inbox')).toBe(stored + 1);
    expect(people.heard().map((one) => one.to)).toEqual(['inspector']);
  });

  test('with a forged or an old signature is refused, and nothing is stored', async () => {
    const stored = await house.count('inbox');
    const said = { user: nanhu.id, channel: world.room('inspection'), text: '上报' };
    const answers = [
      await slack.say(said, { forged: true }),
      await slack.say(said, { ageSeconds: 301 }),
      await slack.slash(said, { forged: true }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401]);
    await house.settled();
    expect(await house.count('inbox')).toBe(stored);
    expect(people.heard()).toEqual([]);
  });
});

describe('reminders', () => {
  /** Who hears something at this moment, and whether a digest is among it. */
  async function at(instant: string): Promise<string[]> {
    await house.at(instant);
    return people
      .heard()
      .map(({ to: place, text }) => `${place}${text.includes('逾期未报') ? ' digest' : ''}`);
  }

  test('come three workdays before, one before, on the day, and on workdays after it, at nine and never at night', async () => {
    // Sessions that were left open have been nudged and have ended long before.
    await at('2026-06-30T12:00:00+08:00');
    await at('2026-07-09T12:00:00+08:00');
    expect(await at('2026-07-10T08:59:59+08:00')).toEqual([]);
    expect((await at('2026-07-10T09:00:00+08:00')).sort()).toEqual(['inspector', 'second']);
    expect(await at('2026-07-13T09:00:00+08:00')).toEqual([]);
    expect((await at('2026-07-14T09:00:00+08:00')).sort()).toEqual(['inspector', 'second']);
    expect((await at('2026-07-15T09:00:00+08:00')).sort()).toEqual(['inspector', 'second']);
    for (const night of [
      '2026-07-15T23:59:00+08:00',
      '2026-07-16T00:01:00+08:00',
      '2026-07-16T08:59:59+08:00',
    ])
      expect(await at(night)).toEqual([]);
    expect((await at('2026-07-16T09:00:00+08:00')).sort()).toEqual([
      'coordinator digest',
      'inspector',
      'second',
    ]);
    // Saturday and Sunday rest.
    expect((await at('2026-07-17T09:00:00+08:00')).length).toBe(3);
    expect(await at('2026-07-19T20:00:00+08:00')).toEqual([]);
    expect((await at('2026-07-20T09:00:00+08:00')).sort()).toEqual([
      'coordinator digest',
      'inspector',
      'second',
    ]);
  });

  test('are explained', async () => {
    const [why] = await nanhu.says('为什么');
    expect(why?.text).toContain('7月14日09:00：截止前1个工作日，已发送给本单位1人');
    expect(why?.text).toContain('下一次提醒：7月21日09:00');
  });

  test('were decided once for each step', async () => {
    const twice = await house.query(
      'SELECT assignment_id, step FROM reminder GROUP BY 1, 2 HAVING count(*) > 1',
    );
    expect(twice).toEqual([]);
    const sent = await house.query(`SELECT key FROM outbox WHERE key LIKE 'remind:%' AND status <> 'sent'`);
    expect(sent).toEqual([]);
  });
});
