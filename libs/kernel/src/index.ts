export * from './clock.js';
export * from './ids.js';
export * from './language.js';
export * from './life-cycle.js';
export * from './money.js';
export * from './refusal.js';
