import { optionalText, type ServiceDefinition } from '#libs/service-defaults';
import { screeningsDatabase } from './database.js';
import { ScreeningsServiceModule } from './screenings-service.module.js';

export const screeningsSettings = {
  FESTIVAL_START: optionalText(
    'outside production: the hour at which a newly imported edition stands, on its own clock (2019-09-12T10:00)',
  ),
};

export const screeningsService = {
  name: 'screenings',
  module: ScreeningsServiceModule,
  database: screeningsDatabase,
  settings: screeningsSettings,
} satisfies ServiceDefinition<typeof screeningsSettings>;
