export * from './columns.js';
export * from './database.js';
export * from './open-database.js';
