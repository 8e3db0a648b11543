import { runMigrations } from '#libs/service-defaults';
import { notificationsDatabase } from './database.js';

await runMigrations('notifications', notificationsDatabase);
