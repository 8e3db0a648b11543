export * from './admission-code.js';
export * from './judge.js';
export * from './verdicts.js';
