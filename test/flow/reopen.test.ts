import { expect, test } from 'vitest';
import { replyFlow } from '../../src/campaign/rectification/reply-flow.ts';
import { reopen } from '../../src/flow/reopen.ts';
import { SessionState } from '../../src/flow/session.ts';
import { step } from '../../src/flow/step.ts';

const flow = replyFlow('sample', { proof: false });
const zone = 'Asia/Shanghai';
const at = '2026-06-22T02:00:00.000Z';
const later = '2026-06-24T02:00:00.000Z';

function said(text: string) {
  return {
    kind: 'reply' as const,
    at,
    reply: { kind: 'text' as const, text, attachments: [], addressed: true },
  };
}

function played(...words: string[]): SessionState {
  const begun = step(flow, null, { kind: 'begin', at }, { zone }).state;
  return words.reduce(
    (state, text) => SessionState.parse(step(flow, state, said(text), { zone }).state),
    begun,
  );
}

const complete = () => played('负责人', '更换座椅', '已整改到位', '跳过');

test('one question is asked again and nothing else; what was said before stands', () => {
  const before = complete();
  const kept = structuredClone(before);
  const { state, effects } = reopen(flow, before, ['measure'], { at: later, zone });
  expect(before).toEqual(kept);
  expect(state).toMatchObject({
    status: 'live',
    at: 'measure',
    values: { owner: '负责人', progress: 'done' },
  });
  expect(state.values).not.toHaveProperty('measure');
  expect(state.wakeAt).toBe('2026-06-25T02:00:00.000Z');
  expect(effects.map(({ kind }) => kind)).toEqual(['cleared', 'say']);
  const done = step(flow, SessionState.parse(state), said('更换3把座椅'), { zone });
  expect(done.state).toMatchObject({
    status: 'completed',
    values: { measure: '更换3把座椅', owner: '负责人' },
  });
});

test('with a question go those that are only asked because of it', () => {
  const { state } = reopen(flow, complete(), ['progress'], { at: later, zone });
  expect(state).toMatchObject({ at: 'progress', skipped: [] });
  const working = step(flow, state, said('正在整改'), { zone });
  expect(working.state.at).toBe('steps');
});

test('without questions it goes on where it was left', () => {
  const left = step(flow, played('负责人'), said('退出'), { zone }).state;
  expect(left.status).toBe('left');
  const { state, effects } = reopen(flow, left, [], { at: later, zone });
  expect(state).toMatchObject({ status: 'live', at: 'measure', values: { owner: '负责人' } });
  expect(effects.map(({ kind }) => kind)).toEqual(['say']);
});
