/** As much of a sent block as a person sees and can tap. */
export interface SentBlock {
  type: string;
  block_id?: string;
  text?: { text: string };
  accessory?: SentElement;
  elements?: SentElement[];
}

export interface SentElement {
  type: string;
  action_id?: string;
  value?: string;
  text?: { text: string } | string;
  url?: string;
  user_id?: string;
  options?: { text: { text: string }; value: string }[];
  elements?: SentElement[];
}

interface Found {
  block: SentBlock;
  element: SentElement;
}

/** All that a message shows in its blocks, as a person reads it, without the things to tap. */
export function shownText(blocks: SentBlock[]): string {
  return blocks
    .flatMap((block) => [
      block.text?.text ?? '',
      block.type === 'rich_text' ? words(block.elements ?? []) : '',
    ])
    .filter((part) => part !== '')
    .join('\n');
}

function words(elements: SentElement[]): string {
  return elements
    .map((one) => {
      if (one.elements !== undefined) return words(one.elements);
      if (one.type === 'user') return `@${one.user_id}`;
      return one.type === 'link' ? (one.url ?? '') : typeof one.text === 'string' ? one.text : '';
    })
    .join('');
}

/** What can be chosen in a message, by label. */
export function labels(blocks: SentBlock[]): string[] {
  return tappable(blocks).flatMap(({ element }) =>
    element.type === 'button' ? [label(element)] : (element.options ?? []).map((option) => option.text.text),
  );
}

/** `actions` and `state` of the payload that Slack sends when somebody chooses so. @throws when there is no such thing */
export function pressed(blocks: SentBlock[], chosen: string[], actionTs: string): Record<string, unknown> {
  const found = tappable(blocks);
  const boxes = found.find(
    ({ element }) => element.type === 'checkboxes' || element.type.startsWith('multi_'),
  );
  if (boxes !== undefined) return sentTicks(found, boxes, chosen, actionTs);
  const [only = ''] = chosen;
  for (const { block, element } of found) {
    const base = {
      block_id: block.block_id,
      action_id: element.action_id,
      type: element.type,
      action_ts: actionTs,
    };
    if (element.type === 'button' && (label(element) === only || element.value === only))
      return { actions: [{ ...base, text: escaped(label(element)), value: element.value }] };
    const option = element.options?.find((one) => one.text.text === only || one.value === only);
    if (option !== undefined)
      return {
        actions: [{ ...base, selected_option: { value: option.value, text: escaped(option.text.text) } }],
      };
  }
  throw new Error(`nothing called "${only}" to tap, but ${labels(blocks).join(', ')}`);
}

function sentTicks(
  found: Found[],
  boxes: Found,
  chosen: string[],
  actionTs: string,
): Record<string, unknown> {
  const button = found.find(({ element }) => element.type === 'button');
  if (button === undefined) throw new Error('boxes without a button to send them');
  const options = (boxes.element.options ?? []).filter(
    (one) => chosen.includes(one.text.text) || chosen.includes(one.value),
  );
  if (options.length !== chosen.length) throw new Error(`not all of ${chosen.join(', ')} are there`);
  const selected = options.map((one) => ({ value: one.value, text: escaped(one.text.text) }));
  return {
    actions: [
      {
        block_id: button.block.block_id,
        action_id: button.element.action_id,
        type: 'button',
        text: escaped(label(button.element)),
        action_ts: actionTs,
      },
    ],
    state: {
      values: {
        [boxes.block.block_id ?? '']: {
          [boxes.element.action_id ?? '']: { type: boxes.element.type, selected_options: selected },
        },
      },
    },
  };
}

function tappable(blocks: SentBlock[]): Found[] {
  return blocks.flatMap((block) => {
    const elements =
      block.type === 'actions' ? (block.elements ?? []) : block.accessory ? [block.accessory] : [];
    return elements.map((element) => ({ block, element }));
  });
}

function label(element: SentElement): string {
  return typeof element.text === 'string' ? element.text : (element.text?.text ?? '');
}

/** Slack escapes the labels it sends back: github.com/slackapi/bolt-python/issues/513. */
function escaped(text: string): { type: string; text: string } {
  const safe = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return { type: 'plain_text', text: safe };
}
