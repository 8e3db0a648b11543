import { runMigrations } from '#libs/service-defaults';
import { ticketsDatabase } from './database.js';

await runMigrations('tickets', ticketsDatabase);
