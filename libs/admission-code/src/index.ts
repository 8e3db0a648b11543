export * from './admission-code.js';
export * from './door.js';
export * from './door-list.js';
export * from './judge.js';
export * from './offline.js';
export * from './pin-proof.js';
export * from './verdict-guide.js';
export * from './verdicts.js';
