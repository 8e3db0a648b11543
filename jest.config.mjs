import { readdirSync, readFileSync } from 'node:fs';

const modules = new URL('./node_modules/', import.meta.url);
const names = readdirSync(modules).flatMap((name) =>
  name.startsWith('@') ? readdirSync(new URL(`${name}/`, modules)).map((scoped) => `${name}/${scoped}`) : [name],
);
const isEsm = (name) => {
  try {
    return JSON.parse(readFileSync(new URL(`${name}/package.json`, modules), 'utf8')).type === 'module';
  } catch {
    return false;
  }
};
const esm = names.filter(isEsm).map((name) => name.replace(/[.+]/g, '\\$&'));
const jsc = { target: 'es2023', keepClassNames: true };
const typescript = {
  ...jsc,
  parser: { syntax: 'typescript', decorators: true, tsx: true },
  transform: {
    legacyDecorator: true,
    decoratorMetadata: true,
    useDefineForClassFields: false,
    react: { runtime: 'automatic' },
  },
};

/** Sources run as CommonJS inside Jest: no experimental flag, and jest.mock-free tests start twice as fast. */
export default {
  testEnvironment: 'node',
  // Patience is for busy machines; no test waits for anything but a fact.
  testTimeout: 30_000,
  roots: ['<rootDir>/apps', '<rootDir>/libs', '<rootDir>/test', '<rootDir>/tools'],
  testRegex: '\\.spec\\.tsx?$',
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '/fixtures/'],
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'node-addons'] },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': ['$1', '$1.js'], '\\.module\\.css$': '<rootDir>/test/css-modules.cjs' },
  setupFiles: ['reflect-metadata'],
  transform: {
    '^.+\\.tsx?$': ['@swc/jest', { sourceMaps: 'inline', module: { type: 'commonjs' }, jsc: typescript }],
    '^.+\\.m?js$': ['@swc/jest', { module: { type: 'commonjs' }, jsc: { ...jsc, parser: { syntax: 'ecmascript' } } }],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esm.join('|')})/)`],
};
