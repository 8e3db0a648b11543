import { fileURLToPath } from 'node:url';
import common from '../../jest.config.mjs';

/** The walks in a real browser: long, one after the other, against a house that runs. */
export default {
  ...common,
  rootDir: fileURLToPath(new URL('../..', import.meta.url)),
  roots: ['<rootDir>/apps/web/e2e'],
  testEnvironment: '<rootDir>/tools/browser-tests/environment.cjs',
  testRegex: '\\.e2e\\.ts$',
  testTimeout: 180_000,
};
