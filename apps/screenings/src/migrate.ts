import { runMigrations } from '#libs/service-defaults';
import { screeningsDatabase } from './database.js';

await runMigrations('screenings', screeningsDatabase);
