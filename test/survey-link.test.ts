import { expect, test } from 'vitest';
import { isThisMachine, pagesAddress } from '../src/survey-link.ts';

test('without PUBLIC_URL the pages are on this machine alone, which whoever prints codes is told', () => {
  expect(isThisMachine(pagesAddress({ publicUrl: null, port: 8080 }))).toBe(true);
  expect(isThisMachine(pagesAddress({ publicUrl: 'https://example.test', port: 8080 }))).toBe(false);
});
