import multipart from '@fastify/multipart';
import type { ServiceDefinition } from '#libs/service-defaults';
import { AccreditationsServiceModule } from './accreditations-service.module.js';
import { accreditationsDatabase } from './database.js';
import { accreditationsSettings } from './settings.js';

/** What main.ts starts, and what a spec opens. */
export const accreditationsService: ServiceDefinition<typeof accreditationsSettings> = {
  name: 'accreditations',
  module: AccreditationsServiceModule,
  database: accreditationsDatabase,
  settings: accreditationsSettings,
  http: async (_app, fastify) => {
    // Limits of size are the rules' own: they know the kind of paper.
    await fastify.register(multipart, { throwFileSizeLimit: false, limits: { fileSize: Number.POSITIVE_INFINITY } });
  },
};
