import { runMigrations } from '#libs/service-defaults';
import { gatewayDatabase } from './database.js';

await runMigrations('gateway', gatewayDatabase);
