import type { ServiceDefinition } from '#libs/service-defaults';
import { notificationsDatabase } from './database.js';
import { NotificationsServiceModule } from './notifications-service.module.js';
import { notificationsSettings } from './settings.js';

/** What a mail program sends to leave letters: one field, RFC 8058; it says nothing that the address does not. */
const LARGEST_FORM = 8 * 1024;

/** What main.ts starts, and what a spec opens. */
export const notificationsService: ServiceDefinition<typeof notificationsSettings> = {
  name: 'notifications',
  module: NotificationsServiceModule,
  database: notificationsDatabase,
  settings: notificationsSettings,
  http: (_app, fastify) => {
    fastify.addContentTypeParser(
      'multipart/form-data',
      { parseAs: 'string', bodyLimit: LARGEST_FORM },
      (_request, body, done) => done(null, body),
    );
  },
};
