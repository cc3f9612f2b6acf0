import { expect, test } from 'vitest';
import { urnIn } from '../../../src/conversation/receipts.ts';
import { fieldName } from '../../../src/web/survey/fields.ts';
import { type Answer, type House, hiddenIn, locationOf, openHouse, visitor, wordsOf } from './house.ts';

const negative = {
  [fieldName('level')]: '1',
  [fieldName('reasons')]: 'waiting',
  [fieldName('comment')]: '排队太久',
};

/** Rates by a code of the sample, and gives the receipt as it was shown. */
async function rated(
  house: House,
  fields: Record<string, string> = negative,
): Promise<{ code: string; receipt: string }> {
  const code = await house.code();
  const citizen = visitor(house.origin);
  const page = await citizen.get(`/s/${code}`);
  const sent = await citizen.post(`/s/${code}`, { ...hiddenIn(page), ...fields });
  return { code, receipt: receiptOn(await citizen.get(locationOf(sent))) };
}

const receiptOn = (page: Answer) => /<p class="receipt">([^<]+)</.exec(page.text)?.[1] ?? '';

/** Another device, which knows nothing but the receipt: sends, follows, and gives what it sees then. */
function holder(house: House, receipt: string) {
  const device = visitor(house.origin);
  return async (fields: Record<string, string>): Promise<Answer> => {
    const sent = await device.post('/r', { receipt, ...fields });
    return sent.status === 303 ? device.get(locationOf(sent)) : sent;
  };
}

test('whoever holds the receipt sees the rating, typed as it may be; the receipt stands in no address', async () => {
  const house = await openHouse();
  const { receipt } = await rated(house);
  expect(wordsOf(await visitor(house.origin).get('/r'))).toContain('凭回执码查看评价');
  for (const typed of [
    receipt,
    ` ${receipt.toLowerCase().replaceAll('-', ' ')} `,
    receipt.replaceAll('-', ''),
  ]) {
    const device = visitor(house.origin);
    const sent = await device.post('/r', { receipt: typed, do: 'look' });
    expect(sent.status).toBe(303);
    expect(decodeURIComponent(locationOf(sent)).toUpperCase()).not.toContain(
      receipt.slice(0, 4).concat(receipt.slice(5, 9)),
    );
    const page = await device.get(locationOf(sent));
    expect(wordsOf(page)).toContain('排队太久');
    expect(wordsOf(page)).toContain('非常不满意');
    expect(receiptOn(page)).toBe(receipt);
  }
});

test('an address that leads to a receipt is dead after ten minutes, and one made up is none', async () => {
  const house = await openHouse();
  const { receipt } = await rated(house);
  const device = visitor(house.origin);
  const at = locationOf(await device.post('/r', { receipt, do: 'look' }));
  house.machine.advance(10 * 60_000);
  expect((await device.get(at)).status).toBe(200);
  house.machine.advance(1);
  const late = await device.get(at);
  expect([late.status, wordsOf(late).includes('页面已过期')]).toEqual([410, true]);
  for (const pass of ['', 'x', at.slice(-40), receipt])
    expect((await device.get(`/r?pass=${pass}`)).status).toBe(410);
});

test('a rating is changed, and by a form that is judged like the first', async () => {
  const house = await openHouse();
  const { receipt } = await rated(house);
  const ask = holder(house, receipt);
  const form = await ask({ do: 'change' });
  expect(form.text).toMatch(/value="1" checked/);
  expect(form.text).toContain('排队太久</textarea>');
  const wrong = await ask({
    ...hiddenIn(form),
    [fieldName('level')]: '1',
    [fieldName('waiting-minutes')]: '早上',
  });
  expect(wrong.status).toBe(422);
  expect(wordsOf(wrong)).toContain('请填写分钟数，例如 20。');
  const saved = await ask({ ...hiddenIn(wrong), [fieldName('level')]: '4' });
  expect(wordsOf(saved)).toContain('以您最后一次提交的为准');
  expect(await house.ratingsStored()).toMatchObject([{ level: 4, answers: { level: 4 } }]);
});

test.each([
  ['zh-CN', '不修改，返回'],
  ['en', 'Back without changing'],
])(
  'whoever wants to change nothing after all goes back by a link, also after a fault (%s)',
  async (lang, words) => {
    const house = await openHouse();
    const { code, receipt } = await rated(house);
    const device = visitor(house.origin);
    const at = locationOf(await device.post(`/r?lang=${lang}`, { receipt, do: 'change' }));
    const form = await device.get(at);
    const wrong = await device.post(`/r?lang=${lang}`, { ...hiddenIn(form), [fieldName('level')]: '9' });
    expect(wrong.status).toBe(422);
    for (const page of [form, wrong]) {
      const [, href = '', text] = /<a class="button" href="([^"]+)">([^<]+)<\/a>/.exec(page.text) ?? [];
      expect(text).toBe(words);
      expect(href).not.toContain(receipt.replaceAll('-', '').slice(0, 8));
      const back = await device.get(href.replaceAll('&amp;', '&'));
      expect([back.status, receiptOn(back)]).toEqual([200, receipt]);
      expect(back.text).toContain(`<html lang="${lang}"`);
    }
    expect(await house.ratingsStored()).toMatchObject([{ level: 1 }]);
    // Who rates for the first time came from nowhere.
    expect((await visitor(house.origin).get(`/s/${code}?lang=${lang}`)).text).not.toContain(words);
  },
);

test('withdrawn is deleted: the case keeps no way to it, and the receipt leads nowhere', async () => {
  const house = await openHouse();
  const { receipt, code } = await rated(house);
  const ask = holder(house, receipt);
  await ask({ do: 'contact', contact: '微信 someone' });
  const gone = await ask({ do: 'withdraw' });
  expect(wordsOf(gone)).toContain('已撤回。您的评价已删除');
  expect(await house.ratingsStored()).toEqual([]);
  expect(await house.query('SELECT stage, rating_id, contact FROM rating_case')).toEqual([
    { stage: 'closed', rating_id: null, contact: null },
  ]);
  const again = await ask({ do: 'look' });
  expect([again.status, wordsOf(again).includes('没有找到这个回执码')]).toEqual([404, true]);
  expect(await house.query('SELECT sum(n)::int AS n FROM rating_tally')).toEqual([{ n: 0 }]);
  // The code takes ratings as before.
  expect(hiddenIn(await visitor(house.origin).get(`/s/${code}`))).toHaveProperty('ticket');
});

test('a contact for a call-back is offered after a negative rating only, and stored sealed', async () => {
  const house = await openHouse();
  const { receipt } = await rated(house);
  const ask = holder(house, receipt);
  expect(wordsOf(await ask({ do: 'look' }))).toContain('希望回访？');
  for (const contact of ['', '  ', '1'.repeat(201)]) {
    const wrong = await ask({ do: 'contact', contact });
    expect([wrong.status, wordsOf(wrong).includes('请填写联系方式')]).toEqual([422, true]);
  }
  const kept = await ask({ do: 'contact', contact: '邮箱 citizen@example.test' });
  expect(wordsOf(kept)).toContain('已记下联系方式');
  expect(wordsOf(kept)).toContain('您已留下联系方式');
  expect(kept.text).not.toContain('citizen@example.test');
  const [row] = await house.query<{ contact: Buffer }>('SELECT contact FROM rating_case');
  expect(house.keys.open(row?.contact ?? Buffer.alloc(0))).toBe('邮箱 citizen@example.test');

  // What only looks like somebody's address in a chat is words.
  await ask({ do: 'contact', contact: '\u0000chat slack:T1/U2' });
  const [forged] = await house.query<{ contact: Buffer }>('SELECT contact FROM rating_case');
  expect(urnIn(house.keys.open(forged?.contact ?? Buffer.alloc(0)))).toBe(null);

  const { receipt: other } = await rated(house, { [fieldName('level')]: '4' });
  const content = holder(house, other);
  expect(wordsOf(await content({ do: 'look' }))).not.toContain('希望回访？');
  expect(wordsOf(await content({ do: 'contact', contact: 'x' }))).toContain('联系方式没有保存');
});

test('a contact that was left can be taken back, and the rating stays', async () => {
  const house = await openHouse();
  const { receipt } = await rated(house);
  const ask = holder(house, receipt);
  expect(wordsOf(await ask({ do: 'look' }))).not.toContain('删除我的联系方式');
  expect(wordsOf(await ask({ do: 'contact', contact: '邮箱 a@example.test' }))).toContain('删除我的联系方式');
  expect(wordsOf(await ask({ do: 'no-call' }))).toContain('留下的联系方式已删除');
  expect(await house.query('SELECT contact FROM rating_case')).toEqual([{ contact: null }]);
  expect(await house.ratingsStored()).toHaveLength(1);
  expect(wordsOf(await ask({ do: 'no-call' }))).toContain('没有留联系方式');
});

test('numbers of phones and identity cards are stored nowhere, given or changed, and the rater is told', async () => {
  const house = await openHouse();
  const comment = { [fieldName('comment')]: '我电话138 0000 0000，身份证33040219000101000X，窗口3等20分钟' };
  const code = await house.code();
  const citizen = visitor(house.origin);
  const form = hiddenIn(await citizen.get(`/s/${code}`));
  const page = await citizen.get(
    locationOf(await citizen.post(`/s/${code}`, { ...form, ...negative, ...comment })),
  );
  expect(wordsOf(page)).toContain('号码不保存，已经隐去；希望回访的');
  const masked = '我电话［已隐去号码］，身份证［已隐去号码］，窗口3等20分钟';
  expect(await house.ratingsStored()).toMatchObject([{ answers: { comment: masked } }]);
  const ask = holder(house, receiptOn(page));
  const changed = await ask({
    ...hiddenIn(await ask({ do: 'change' })),
    [fieldName('level')]: '5',
    ...comment,
  });
  expect(wordsOf(changed)).toContain('号码不保存，已经隐去');
  expect(await house.ratingsStored()).toMatchObject([{ level: 5, answers: { comment: masked } }]);
});

test('the fix is rated on three levels once there is a reply', async () => {
  const house = await openHouse();
  const { receipt } = await rated(house);
  const ask = holder(house, receipt);
  expect(wordsOf(await ask({ do: 'fix', level: '3' }))).toContain('目前还不能评价办理结果。');
  await house.query(
    `UPDATE rating_case SET stage = 'calling-back',
       record = record || '{"stage": "calling-back", "reply": "已增开<b>两个</b>窗口。"}'`,
  );
  const page = await ask({ do: 'look' });
  expect(wordsOf(page)).toContain('答复：已增开<b>两个</b>窗口。');
  expect(wordsOf(page)).toContain('您对办理结果满意吗？ 满意 基本满意 不满意');
  expect(wordsOf(await ask({ do: 'fix' }))).toContain('目前还不能评价办理结果。');
  expect(wordsOf(await ask({ do: 'fix', level: '3' }))).toContain('已记下您对办理结果的评价');
  expect(await house.query(`SELECT record ->> 'again' AS again FROM rating_case`)).toEqual([{ again: '3' }]);
});

test('all that is kept can be downloaded, by whoever holds the receipt', async () => {
  const house = await openHouse();
  const { receipt } = await rated(house);
  const file = await holder(house, receipt)({ do: 'export' });
  expect(file.headers.get('content-disposition')).toBe('attachment; filename="my-rating.json"');
  expect(JSON.parse(file.text)).toMatchObject({
    level: 1,
    answers: { comment: '排队太久' },
    day: '2026-06-22',
  });
  expect(file.headers.get('cache-control')).toBe('no-store');
});

test('after a campaign closed a rating can be seen and withdrawn, and no longer changed', async () => {
  const house = await openHouse();
  const { receipt, code } = await rated(house);
  const ask = holder(house, receipt);
  const form = hiddenIn(await ask({ do: 'change' }));
  await house.query(`UPDATE campaign SET status = 'closed'`);
  expect((await ask({ do: 'look' })).text).not.toContain('value="change"');
  for (const fields of [{ do: 'change' }, { ...form, [fieldName('level')]: '5' }])
    expect(wordsOf(await ask(fields))).toContain('不能再修改');
  expect(await house.ratingsStored()).toMatchObject([{ level: 1 }]);
  const closed = await visitor(house.origin).get(`/s/${code}`);
  expect([closed.status, wordsOf(closed).includes('评价已经结束')]).toEqual([410, true]);
  await ask({ do: 'withdraw' });
  expect(await house.ratingsStored()).toEqual([]);
});

test('twenty wrong receipts are enough for ten minutes, and bar nobody who has a right one', async () => {
  const house = await openHouse();
  const { receipt } = await rated(house);
  const device = visitor(house.origin);
  for (let guess = 0; guess < 20; guess += 1) {
    const wrong = await device.post('/r', { receipt: 'AAAA-AAAA-AAAA', do: 'look' });
    expect(wrong.status).toBe(404);
  }
  const refused = await device.post('/r', { receipt: 'AAAA-AAAA-AAAA', do: 'look' });
  expect([refused.status, wordsOf(refused).includes('输错的次数过多')]).toEqual([429, true]);
  expect((await device.post('/r', { receipt, do: 'look' })).status).toBe(303);
  house.machine.advance(10 * 60_000);
  expect((await device.post('/r', { receipt: 'AAAA-AAAA-AAAA', do: 'look' })).status).toBe(404);
});
