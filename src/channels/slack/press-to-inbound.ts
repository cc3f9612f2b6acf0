import type { Inbound } from '../channel.ts';
import { readAskBlockId } from './ask-key.ts';
import { envelope, type Self } from './envelope.ts';
import type { Action, PressBody } from './payload.ts';
import { unescapeText } from './plain-text.ts';
import { sentAt } from './sent-at.ts';

/**
 * A tapped button or a chosen option of ours. Ticking a box is not yet an answer: the button that sends them is, with
 * all that is ticked then. The text is the wording of the options, for people to read.
 */
export function pressToInbound(body: PressBody, self: Self): Inbound | undefined {
  if (!body.channel) return undefined;
  for (const action of body.actions) {
    const key = readAskBlockId(action.block_id);
    if (key === undefined || key.part === 'pick') continue;
    const chosen = key.part === 'one' ? choice(action) : ticked(body, action.block_id);
    if (chosen === undefined) continue;
    return {
      ...envelope(self, body.user.id, body.channel.id),
      externalId: `slack:act:${self.team}/${body.trigger_id ?? `${body.user.id}/${action.action_ts}`}`,
      text: unescapeText(chosen.map((one) => one.label).join('、')),
      addressed: true,
      slash: false,
      press: { target: key.target, question: key.question, options: chosen.map((one) => one.id) },
      sentAt: sentAt(action.action_ts),
    };
  }
  return undefined;
}

interface Choice {
  id: string;
  label: string;
}

function choice(action: Action): Choice[] | undefined {
  if (action.type === 'button' && action.value !== undefined)
    return [{ id: action.value, label: action.text?.text ?? '' }];
  const option = action.selected_option;
  return option ? [{ id: option.value, label: option.text?.text ?? '' }] : undefined;
}

function ticked(body: PressBody, sendBlock: string): Choice[] {
  const boxes = body.state?.values[sendBlock.replace('send:', 'pick:')] ?? {};
  return Object.values(boxes).flatMap(({ selected_options: options }) =>
    (options ?? []).map((option) => ({ id: option.value, label: option.text?.text ?? '' })),
  );
}
