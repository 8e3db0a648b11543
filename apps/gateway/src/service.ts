import type { FastifyInstance } from 'fastify';
import {
  describeRoutes,
  openApiDocument,
  SETTINGS,
  type ServiceDefinition,
  SettingsError,
} from '#libs/service-defaults';
import { ApiDocument } from './api-docs/api-document.js';
import { gatewayDatabase } from './database.js';
import { EntryGate } from './entry-queue/entry-gate.js';
import { GatewayModule } from './gateway.module.js';
import type { Auth } from './people/auth.js';
import { AUTH } from './people/auth.token.js';
import { openDevelopmentLogins } from './people/development-logins.js';
import { Sessions } from './people/sessions.js';
import { SignInLimits } from './people/sign-in-limits.js';
import { Visitors } from './people/visitors.js';
import { Callers } from './routing/callers.js';
import { registerGuards } from './routing/guards.js';
import { registerServiceProxy } from './routing/service-proxy.js';
import { type GatewaySettings, gatewaySettings } from './settings.js';
import { registerWeb } from './web/static-web.js';

/** The front door: people and sessions, the way to the services, the web. */
export const gatewayService: ServiceDefinition<typeof gatewaySettings> = {
  name: 'gateway',
  module: (settings) => GatewayModule.for(settings),
  database: gatewayDatabase,
  settings: gatewaySettings,
  http: async (app, fastify: FastifyInstance) => {
    const settings = app.get<GatewaySettings>(SETTINGS);
    const callers = app.get(Callers);
    await refuseKnownPasswords(settings, app.get<Auth>(AUTH));
    const sessions = app.get(Sessions);
    await registerGuards(fastify, { settings, sessions, callers, visitors: app.get(Visitors) });
    app.get(SignInLimits).use(fastify);
    await registerServiceProxy(fastify, { settings, sessions, callers, gate: app.get(EntryGate) });
    await registerWeb(fastify, settings.WEB_FOLDER, callers, settings.SCREENINGS_URL);
    app.get(ApiDocument).use(openApiDocument('gateway', describeRoutes(app)) as never);
  },
};

/** Passwords that stand in our README must not open a real festival. */
async function refuseKnownPasswords(settings: GatewaySettings, auth: Auth): Promise<void> {
  if (settings.SEANS_ENV !== 'production') return;
  const open = await openDevelopmentLogins(auth);
  if (open.length > 0)
    throw new SettingsError([`these logins still have their development password: ${open.join(', ')}`]);
}
