import fc from 'fast-check';

/** The same cases in every run; DUBAN_TEST_SEED tries others. */
fc.configureGlobal({ seed: Number(process.env.DUBAN_TEST_SEED ?? 20_260_622) });
