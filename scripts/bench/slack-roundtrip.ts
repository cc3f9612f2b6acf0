import { App, ExpressReceiver } from '@slack/bolt';
import express from 'express';
import { slackChannel } from '../../src/channels/slack/slack.ts';
import { calmerHalf } from './calm.ts';
import { openSurvey, replies } from './crowd.ts';
import type { Ground } from './ground.ts';
import { atPace } from './pace.ts';
import { percentile, type Result } from './result.ts';
import { botToken, type SlackStub, serve, signingSecret, slackStub, team } from './slack-stub.ts';

const perSecond = 20;
const stretches = 12;
const secondsEach = 2;
/** So many that nobody meets Slack's limit of a message a second. */
const people = 100;
/** The most that everything durable may cost, against an echo that keeps nothing. */
const timesMax = 5;

/** From a signed event in to `chat.postMessage` out, against a bare Bolt echo, taken in turns. */
export async function slackRoundtrip(ground: Ground): Promise<Result> {
  const stub = await slackStub();
  const [ours, echo] = [await openOurs(ground, stub), await openEcho(stub)];
  let turns = 0;
  const talkTo = (url: string) => () => {
    const turn = turns++;
    const reply = replies[Math.floor(turn / people) % replies.length] ?? '';
    return stub.say(url, `U${turn % people}`, reply);
  };
  const count = perSecond * secondsEach;
  // The first seconds warm the plans and the compiler up. The echo's people are told apart from ours by its own turns.
  await atPace(perSecond, people, talkTo(echo.url));
  turns = 0;
  await atPace(perSecond, people, talkTo(ours.url));
  const stretch = async () => {
    const own = turns;
    const bare = await atPace(perSecond, count, talkTo(echo.url));
    turns = own;
    return { ours: await atPace(perSecond, count, talkTo(ours.url)), bare };
  };
  const took = await calmerHalf('slack-roundtrip', ground, Array(stretches).fill(stretch));
  await ours.close();
  await echo.close();
  await stub.close();
  const limit = percentile(took('bare'), 0.99) * timesMax;
  return { name: 'slack-roundtrip', value: percentile(took('ours'), 0.99), unit: 'ms', limit };
}

interface Bot {
  url: string;
  close(): Promise<void>;
}

async function openOurs(ground: Ground, { apiUrl }: SlackStub): Promise<Bot> {
  const urns = Array.from({ length: people }, (_, index) => `slack:${team}/U${index}`);
  const { service, log, close } = await openSurvey(ground, urns);
  const app = express();
  const { receive } = service;
  const channel = slackChannel({ botToken, signingSecret, apiUrl, mount: app, receive, log });
  await service.start([channel]);
  const server = await serve(app);
  await channel.start();
  return {
    url: server.url,
    close: async () => {
      await channel.stop();
      await server.close();
      await close();
    },
  };
}

async function openEcho({ apiUrl }: SlackStub): Promise<Bot> {
  const app = express();
  const receiver = new ExpressReceiver({ signingSecret, app, processBeforeResponse: true });
  const bolt = new App({ token: botToken, receiver, clientOptions: { slackApiUrl: apiUrl } });
  bolt.message(async ({ message, client }) => {
    if (message.subtype === undefined)
      await client.chat.postMessage({ channel: message.channel, text: message.text ?? '' });
  });
  return serve(app);
}
