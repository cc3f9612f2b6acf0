import { logStep } from '../conversation/ledger.ts';
import type { Say } from '../flow/say.ts';
import { type Severity, severities } from '../store/ledger.ts';
import type { Command } from './command.ts';
import { lineAbout, problemMeant, tell } from './ledger-finding.ts';
import { overtakenFinding } from './overtaken.ts';

/** Longest category, in characters. */
const categoryMax = 40;

const severityWords: [RegExp, Severity][] = [
  [/^(?:一般|轻微|minor)$/i, 'minor'],
  [/^(?:较重|较大|serious)$/i, 'serious'],
  [/^(?:严重|重大|grave)$/i, 'grave'],
];
/** 很严重, 比较重, 特别重大, very serious: a level with something before or behind it. */
const nearSeverity =
  /^(?:很|非常|比较|较|特别|十分|不|太|最|有点|稍)?(?:严重|重大|较重|较大|一般|轻微|重|轻)(?:的|些|一点|级|问题)?$|^(?:severe|major|medium|low|high|critical)$/iu;
const sightWords: [RegExp, 'unit' | 'coordinators'][] = [
  [/^(?:仅协调员|仅协调员可见|不公开|coordinators?(?:-only)?)$/i, 'coordinators'],
  [/^(?:公开|本单位可见|unit)$/i, 'unit'],
];

/** 定级: how grave a problem is, of which kind, and who may see it: `定级 12 严重 脸难看 仅协调员`. */
export const grade: Command = {
  name: 'grade',
  words: { 'zh-CN': ['定级'], en: ['grade'] },
  takes: 'numbered',
  bare: false,
  help: 'ledger:grade.line',
  run: async (context, rest) => {
    const meant = await problemMeant(context, rest, 'ledger:grade.how');
    if (meant === null) return;
    const { finding, who, words } = meant;
    if (!who.coordinates || words === '')
      return context.replyPrivately({ lines: [{ key: 'ledger:grade.how' }] });
    const said = words.split(/[\s,，、;；]+/u);
    const severity = meaning(said, severityWords) ?? finding.severity;
    const seenBy = meaning(said, sightWords) ?? finding.seenBy;
    const own = said.filter(
      (word) => ![...severityWords, ...sightWords].some(([pattern]) => pattern.test(word)),
    );
    const doubted = own.find((word) => nearSeverity.test(word));
    if (doubted !== undefined && meaning(said, severityWords) === undefined)
      return context.replyPrivately(askSeverity(finding.number, doubted, said));
    const category = own.length === 0 ? finding.category : [...own.join(' ')].slice(0, categoryMax).join('');
    if (seenBy === 'coordinators' && (finding.record !== null || finding.former !== null))
      return context.replyPrivately({
        lines: [{ key: 'ledger:grade.known', params: { number: finding.number } }],
      });
    const before = await overtakenFinding(context, finding, 'grade');
    await context.run('UPDATE finding SET severity = $2, category = $3, seen_by = $4 WHERE id = $1::uuid', [
      finding.id,
      severity,
      category,
      seenBy,
    ]);
    await logStep(context, finding, { kind: 'grade', data: { severity, category, seenBy } }, who);
    const params = {
      severity: { key: `ledger:severity.${severity}` } as const,
      category: category ?? ({ key: 'ledger:category.none' } as const),
      seenBy: { key: `ledger:seen-by.${seenBy}` } as const,
    };
    const done = lineAbout(finding, 'ledger:grade.done', params);
    context.replyPrivately({ lines: [done, ...(before === null ? [] : [before.line])] });
    if (before !== null)
      await tell(context, finding, before.other, { step: 'overtaken', lines: before.told(done) });
  },
};

/** Nearly a level, and no category: which one is meant is asked, with all else that was said. */
function askSeverity(number: number, word: string, said: string[]): Say {
  const rest = said.filter((other) => other !== word).join(' ');
  const options = severities.map((severity) => ({
    id: `${number} ${severity} ${rest}`.trim(),
    label: { key: `ledger:severity.${severity}` } as const,
  }));
  return {
    lines: [{ key: 'ledger:grade.which', params: { number, word } }],
    ask: { target: 'command:grade', question: 'finding', options, many: false, numbered: false },
  };
}

function meaning<Meaning>(said: string[], words: [RegExp, Meaning][]): Meaning | undefined {
  return words.find(([pattern]) => said.some((word) => pattern.test(word)))?.[1];
}
