import i18next from 'i18next';
import enAudit from '../../locales/en/audit.json';
import enCampaign from '../../locales/en/campaign.json';
import enCases from '../../locales/en/cases.json';
import enCharts from '../../locales/en/charts.json';
import enCli from '../../locales/en/cli.json';
import enCodes from '../../locales/en/codes.json';
import enCommands from '../../locales/en/commands.json';
import enConversation from '../../locales/en/conversation.json';
import enDesk from '../../locales/en/desk.json';
import enDocx from '../../locales/en/docx.json';
import enDraw from '../../locales/en/draw.json';
import enExports from '../../locales/en/exports.json';
import enFiles from '../../locales/en/files.json';
import enFlow from '../../locales/en/flow.json';
import enForms from '../../locales/en/forms.json';
import enLedger from '../../locales/en/ledger.json';
import enModes from '../../locales/en/modes.json';
import enRatings from '../../locales/en/ratings.json';
import enResults from '../../locales/en/results.json';
import enRoster from '../../locales/en/roster.json';
import enSurvey from '../../locales/en/survey.json';
import enWeb from '../../locales/en/web.json';
import zhAudit from '../../locales/zh-CN/audit.json';
import zhCampaign from '../../locales/zh-CN/campaign.json';
import zhCases from '../../locales/zh-CN/cases.json';
import zhCharts from '../../locales/zh-CN/charts.json';
import zhCli from '../../locales/zh-CN/cli.json';
import zhCodes from '../../locales/zh-CN/codes.json';
import zhCommands from '../../locales/zh-CN/commands.json';
import zhConversation from '../../locales/zh-CN/conversation.json';
import zhDesk from '../../locales/zh-CN/desk.json';
import zhDocx from '../../locales/zh-CN/docx.json';
import zhDraw from '../../locales/zh-CN/draw.json';
import zhExports from '../../locales/zh-CN/exports.json';
import zhFiles from '../../locales/zh-CN/files.json';
import zhFlow from '../../locales/zh-CN/flow.json';
import zhForms from '../../locales/zh-CN/forms.json';
import zhLedger from '../../locales/zh-CN/ledger.json';
import zhModes from '../../locales/zh-CN/modes.json';
import zhRatings from '../../locales/zh-CN/ratings.json';
import zhResults from '../../locales/zh-CN/results.json';
import zhRoster from '../../locales/zh-CN/roster.json';
import zhSurvey from '../../locales/zh-CN/survey.json';
import zhWeb from '../../locales/zh-CN/web.json';
import type { Post } from '../channels/channel.ts';
import type { Ask, Line, Option, Param, Params, Say, SentenceKey } from '../flow/say.ts';
import { inLanguage, type Language } from '../flow/text.ts';

const resources = {
  'zh-CN': {
    audit: zhAudit,
    campaign: zhCampaign,
    cases: zhCases,
    charts: zhCharts,
    cli: zhCli,
    codes: zhCodes,
    commands: zhCommands,
    conversation: zhConversation,
    desk: zhDesk,
    docx: zhDocx,
    draw: zhDraw,
    exports: zhExports,
    files: zhFiles,
    flow: zhFlow,
    forms: zhForms,
    ledger: zhLedger,
    modes: zhModes,
    ratings: zhRatings,
    results: zhResults,
    roster: zhRoster,
    survey: zhSurvey,
    web: zhWeb,
  },
  en: {
    audit: enAudit,
    campaign: enCampaign,
    cases: enCases,
    charts: enCharts,
    cli: enCli,
    codes: enCodes,
    commands: enCommands,
    conversation: enConversation,
    desk: enDesk,
    docx: enDocx,
    draw: enDraw,
    exports: enExports,
    files: enFiles,
    flow: enFlow,
    forms: enForms,
    ledger: enLedger,
    modes: enModes,
    ratings: enRatings,
    results: enResults,
    roster: enRoster,
    survey: enSurvey,
    web: enWeb,
  },
} as const;

const i18n = i18next.createInstance();
await i18n.init({
  resources,
  lng: 'zh-CN',
  fallbackLng: false,
  ns: Object.keys(resources['zh-CN']),
  keySeparator: false,
  // Messages are plain text; every channel escapes for itself.
  interpolation: { escapeValue: false },
});

/** A sentence of ours in one language. */
export function sentence(language: Language, key: SentenceKey, params?: Params): string {
  return params === undefined ? fixedSentence(language, key) : translate(language, key, params);
}

/** Sentences without parameters, which are always the same; looking them up was the largest part of wording a reply. */
const fixed = new Map<string, string>();

function fixedSentence(language: Language, key: SentenceKey): string {
  const name = `${language} ${key}`;
  const known = fixed.get(name) ?? translate(language, key, {});
  fixed.set(name, known);
  return known;
}

function translate(language: Language, key: SentenceKey, params: Params): string {
  const values: Record<string, string> = {};
  for (const [name, param] of Object.entries(params)) values[name] = word(language, param);
  return String(i18n.t(key, { lng: language, ...values }));
}

/** A message in one language, ready for a channel but for its files and the person it is addressed to. */
export function post(say: Say, language: Language): Pick<Post, 'text' | 'ask'> {
  const text = say.lines.map((line) => lineIn(language, line)).join('\n');
  return say.ask === undefined ? { text } : { text, ask: askIn(language, say.ask) };
}

function lineIn(language: Language, line: Line): string {
  return 'key' in line ? sentence(language, line.key, line.params) : inLanguage(line.text, language);
}

function askIn(language: Language, ask: Ask): NonNullable<Post['ask']> {
  const options = ask.options.map(({ id, label }) => ({ id, label: labelIn(language, label) }));
  return ask.many
    ? { ...ask, options, send: sentence(language, 'conversation:ask.send') }
    : { ...ask, options };
}

function labelIn(language: Language, label: Option['label']): string {
  return typeof label === 'object' && 'key' in label
    ? sentence(language, label.key, label.params)
    : inLanguage(label, language);
}

function word(language: Language, param: Param): string {
  if (typeof param === 'string') return param;
  if (typeof param === 'number') return String(param);
  if ('key' in param) return sentence(language, param.key, param.params);
  if ('list' in param)
    return param.list.map((part) => word(language, part)).join(language === 'en' ? ', ' : '、');
  if ('date' in param) return dateIn(language, param.date);
  if ('instant' in param) return instantIn(language, param.instant, param.zone);
  return inLanguage(param, language);
}

/** 2026年7月15日（周三） · Wed 15 July 2026 */
function dateIn(language: Language, date: string): string {
  const part = parts(language, 'UTC', `${date}T00:00:00Z`);
  return language === 'en'
    ? `${part('weekday')} ${part('day')} ${part('month')} ${part('year')}`
    : `${part('year')}年${part('month').replace('月', '')}月${part('day')}日（${part('weekday')}）`;
}

/** 7月15日09:00 · 15 July 09:00 */
function instantIn(language: Language, instant: string, zone: string): string {
  const part = parts(language, zone, instant);
  const time = `${part('hour')}:${part('minute')}`;
  return language === 'en'
    ? `${part('day')} ${part('month')} ${time}`
    : `${part('month').replace('月', '')}月${part('day')}日${time}`;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function parts(language: Language, timeZone: string, instant: string): (type: string) => string {
  const key = `${language} ${timeZone}`;
  let format = formats.get(key);
  if (format === undefined) {
    format = new Intl.DateTimeFormat(language, {
      timeZone,
      year: 'numeric',
      month: language === 'en' ? 'long' : 'numeric',
      day: 'numeric',
      weekday: 'short',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
    formats.set(key, format);
  }
  const found = format.formatToParts(new Date(instant));
  return (type) => found.find((one) => one.type === type)?.value ?? '';
}
