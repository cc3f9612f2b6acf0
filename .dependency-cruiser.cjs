// Who may import whom (DESIGN, "The house"). Every rule but no-orphans is tried against a planted violation in test/rules.test.ts.
const pure = '^src/(flow|campaign|satisfaction)/';

module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'pure-parts-import-only-libraries-of-values',
      comment:
        'flow, campaign and satisfaction: zod, the date libraries, YAML in the loader; no node:*, no Prisma, no i18next',
      severity: 'error',
      from: { path: pure },
      to: {
        pathNot: [pure, '^locales/', '^node_modules/(zod|luxon|chinese-days|yaml|@types/luxon)/'],
      },
    },
    {
      name: 'flow-knows-nobody',
      severity: 'error',
      from: { path: '^src/flow/' },
      to: { path: '^src/', pathNot: '^src/flow/' },
    },
    {
      name: 'campaign-below-satisfaction',
      severity: 'error',
      from: { path: '^src/campaign/' },
      to: { path: '^src/satisfaction/' },
    },
    {
      name: 'channels-are-thin',
      severity: 'error',
      from: { path: '^src/channels/' },
      to: { path: '^src/', pathNot: ['^src/(channels|flow)/', '^src/(log|errors)\\.ts$'] },
    },
    {
      name: 'one-channel-knows-no-other',
      severity: 'error',
      from: { path: '^src/channels/(slack|wechat|console)/' },
      to: { path: '^src/channels/(slack|wechat|console)/', pathNot: '^src/channels/$1/' },
    },
    {
      name: 'store-below-use-cases',
      severity: 'error',
      from: { path: '^src/store/' },
      to: {
        path: '^src/(conversation|commands|jobs|report|web|cli)/',
      },
    },
    {
      name: 'prisma-stays-in-the-store',
      severity: 'error',
      from: { pathNot: '^src/store/' },
      to: { path: ['^src/store/prisma/', '^node_modules/@prisma/'] },
    },
    {
      name: 'use-cases-without-network',
      severity: 'error',
      from: { path: '^src/(conversation|commands)/' },
      to: {
        path: [
          '^src/(jobs|web|report|cli)/',
          '^src/channels/(slack|wechat|console)/',
          '^node_modules/(express|@slack|wechaty)',
        ],
      },
    },
    {
      name: 'nobody-imports-the-root',
      severity: 'error',
      from: { pathNot: '^src/(main|app|cli)\\.ts$' },
      to: { path: '^src/(app|main|connect)\\.ts$' },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: {
        orphan: true,
        pathNot: [
          '\\.d\\.ts$',
          '^src/(main|cli)\\.ts$',
          '^src/web/(console|survey|desk)/assets/',
          '^src/store/prisma/',
        ],
      },
      to: {},
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    exclude: { path: ['^src/store/prisma/', '\\.sql$'] },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
