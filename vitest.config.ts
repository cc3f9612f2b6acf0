import { defineConfig } from 'vitest/config';

/** Files that change what others share: modules that are mocked, signals of the process. */
const apart = ['test/modes/modes.test.ts', 'test/store/embedded.test.ts'];

export default defineConfig({
  plugins: [
    {
      name: 'sql-as-text',
      transform: (code, id) => (id.endsWith('.sql') ? `export default ${JSON.stringify(code)}` : null),
    },
  ],
  test: {
    globalSetup: './test/postgres.ts',
    setupFiles: './test/seed.ts',
    maxWorkers: 3,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    projects: [
      // One program for many files: loading it and warming it up again for each was a third of all the time.
      {
        extends: true,
        test: { name: 'together', isolate: false, include: ['test/**/*.test.ts'], exclude: apart },
      },
      {
        extends: true,
        test: {
          name: 'apart',
          include: apart,
        },
      },
    ],
  },
});
