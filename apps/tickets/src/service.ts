import type { ServiceDefinition } from '#libs/service-defaults';
import { ticketsDatabase } from './database.js';
import { ticketsSettings } from './settings.js';
import { TicketsModule } from './tickets.module.js';

export const ticketsService: ServiceDefinition<typeof ticketsSettings> = {
  name: 'tickets',
  module: (settings) => TicketsModule.for(settings),
  database: ticketsDatabase,
  settings: ticketsSettings,
};
