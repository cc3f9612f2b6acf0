import type { SentBlock, SentElement } from './press.ts';

/**
 * What Slack would refuse in these blocks, as documented at docs.slack.dev/reference/block-kit: `emulate` takes
 * anything.
 */
export function blockFaults(blocks: SentBlock[]): string[] {
  const faults = blocks.length > 50 ? ['more than 50 blocks'] : [];
  const ids = blocks.flatMap((block) => block.block_id ?? []);
  if (new Set(ids).size !== ids.length) faults.push('a block_id twice');
  return [...faults, ...blocks.flatMap(blockFault)];
}

function blockFault(block: SentBlock): string[] {
  const faults = length('block_id', block.block_id ?? 'x', 255);
  switch (block.type) {
    case 'rich_text':
      return [...faults, ...(block.elements ?? []).flatMap(richFault)];
    case 'section':
      return [
        ...faults,
        ...length('section', block.text?.text ?? '', 3000),
        ...(block.accessory ? elementFault(block.accessory, ['multi_static_select']) : []),
      ];
    case 'actions': {
      const elements = block.elements ?? [];
      const names = elements.map((element) => element.action_id);
      if (elements.length < 1 || elements.length > 25) faults.push('1 to 25 elements in actions');
      if (new Set(names).size !== names.length) faults.push('an action_id twice');
      return [
        ...faults,
        ...elements.flatMap((one) => elementFault(one, ['button', 'static_select', 'checkboxes'])),
      ];
    }
    default:
      return [`no block ${block.type}`];
  }
}

function richFault(section: SentElement): string[] {
  const parts = section.elements ?? [];
  const faults = parts.length === 0 ? ['an empty rich_text_section'] : [];
  return [
    ...faults,
    ...parts.flatMap((part) => (part.type === 'text' ? length('text', String(part.text), 3000) : [])),
  ];
}

function elementFault(element: SentElement, allowed: string[]): string[] {
  const faults = allowed.includes(element.type) ? [] : [`${element.type} does not go here`];
  faults.push(...length('action_id', element.action_id ?? '', 255));
  if (element.type === 'button') {
    const text = typeof element.text === 'string' ? '' : (element.text?.text ?? '');
    return [...faults, ...length('button', text, 75), ...length('value', element.value ?? 'x', 2000)];
  }
  const options = element.options ?? [];
  const most = element.type === 'checkboxes' ? 10 : 100;
  if (options.length < 1 || options.length > most) faults.push(`1 to ${most} options in ${element.type}`);
  const values = options.map((option) => option.value);
  if (new Set(values).size !== values.length) faults.push('a value twice');
  for (const option of options)
    faults.push(...length('option', option.text.text, 75), ...length('value', option.value, 150));
  return faults;
}

function length(what: string, text: string, most: number): string[] {
  return (text.trim().length >= 1 && text.length <= most) ||
    (what === 'text' && text.length >= 1 && text.length <= most)
    ? []
    : [`${what} of ${text.length} characters`];
}
