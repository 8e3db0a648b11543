import type { ServiceDefinition } from '#libs/service-defaults';
import { notificationsDatabase } from './database.js';
import { NotificationsServiceModule } from './notifications-service.module.js';
import { notificationsSettings } from './settings.js';

/** What main.ts starts, and what a spec opens. */
export const notificationsService: ServiceDefinition<typeof notificationsSettings> = {
  name: 'notifications',
  module: NotificationsServiceModule,
  database: notificationsDatabase,
  settings: notificationsSettings,
};
