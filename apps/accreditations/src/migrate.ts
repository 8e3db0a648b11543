import { runMigrations } from '#libs/service-defaults';
import { accreditationsDatabase } from './database.js';

await runMigrations('accreditations', accreditationsDatabase);
