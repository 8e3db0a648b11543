export * from './felts.js';
export * from './figures.js';
export * from './poster.rules.js';
