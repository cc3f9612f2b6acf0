import type { Language } from '../flow/text.ts';
import type { Command, CommandContext } from './command.ts';

/** How people write the languages, in small letters. */
const names: Record<Language, string[]> = {
  'zh-CN': ['中文', '汉语', '简体中文', '普通话', 'zh', 'zh-cn', 'chinese'],
  en: ['英文', '英语', 'en', 'english'],
};

/** 语言: in which language the bot speaks to this person, in every channel and room. */
export const language: Command = {
  name: 'language',
  words: { 'zh-CN': ['语言', '切换语言'], en: ['language', 'lang'] },
  takes: /[a-z-]{2,7}|[\u4e00-\u9fff]{2,4}/,
  bare: false,
  help: 'commands:language.line',
  run: async (context, rest) => {
    const wanted = languageNamed(rest);
    if (wanted === null) return askWhich(context, rest);
    speak(context, wanted);
  },
};

/** The language that goes by these words, which may ask for it: 说中文, in English please. */
export function languageNamed(words: string): Language | null {
  const wanted = words
    .trim()
    .toLowerCase()
    .replace(/^(?:请?(?:说|讲|用|切换到?|改成)|in |speak )\s*|\s*(?:please|谢谢|吧)$|[.。!！]+$/gu, '');
  if (names['zh-CN'].includes(wanted)) return 'zh-CN';
  return names.en.includes(wanted) ? 'en' : null;
}

function askWhich(context: CommandContext, rest: string): void {
  const now = { key: `commands:language.${context.turn.contact.language ?? 'zh-CN'}` } as const;
  context.ask({
    lines: [
      rest === ''
        ? { key: 'commands:language.now', params: { language: now } }
        : { key: 'commands:language.unknown', params: { word: rest.slice(0, 20) } },
      { key: 'commands:language.how' },
    ],
    ask: {
      target: 'command:language',
      question: 'language',
      options: [
        { id: 'zh-CN', label: { key: 'commands:language.zh-CN' } },
        { id: 'en', label: { key: 'commands:language.en' } },
      ],
      many: false,
      numbered: false,
    },
  });
}

/** Speaks it from here on, and says so. */
export function speak({ turn, writes, reply }: CommandContext, wanted: Language): void {
  const { contact } = turn;
  contact.language = wanted;
  // The first words of a person have their language guessed in the same turn: one row, or the two would compete.
  const known = writes.contacts.find(({ id }) => id === contact.id);
  if (known === undefined) writes.contacts.push({ id: contact.id, language: wanted });
  else known.language = wanted;
  reply({ key: 'commands:language.set', params: { language: { key: `commands:language.${wanted}` } } });
}
