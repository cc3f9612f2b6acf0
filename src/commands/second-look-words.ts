/** What somebody outside the unit says behind `差评 4821`: 同意, 退回 with a reason, 转 with a unit. */
export interface SecondLook {
  kind: 'agree' | 'return' | 'hand';
  words: string;
}

const verbs: [pattern: RegExp, kind: SecondLook['kind']][] = [
  [/^(?:同意|agreed?\b)/i, 'agree'],
  [/^(?:退回|send back\b|return\b)/i, 'return'],
  [/^(?:转(?:交|办|给)?|hand (?:it )?(?:on )?to\b)/i, 'hand'],
];

const marks = /^[\s:：,，、;；。.]+/u;

/** Null for all that other words are for. */
export function readSecondLook(said: string): SecondLook | null {
  const text = said.replace(marks, '');
  for (const [pattern, kind] of verbs) {
    const [match] = pattern.exec(text) ?? [];
    if (match !== undefined) return { kind, words: text.slice(match.length).replace(marks, '').trim() };
  }
  return null;
}
