/** Real Kafka, Redis and PostgreSQL as child processes, on a machine with nothing but Node (and Java, or root on Debian). */
export * from './child.js';
export * from './folders.js';
export * from './ports.js';
export { dataFolder } from './postgres.js';
export * from './stack.js';
export * from './trouble.js';
export * from './watch.js';
