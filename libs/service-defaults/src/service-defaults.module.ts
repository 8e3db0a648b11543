import { type DynamicModule, Global, Module, type Provider } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import type { Logger } from 'pino';
import { Registry } from 'prom-client';
import { type Clock, systemClock } from '#libs/kernel';
import { Database } from '#libs/persistence';
import { AccessGuard } from './access.js';
import { Health, HealthController, makeRegistry } from './health.js';
import { Idempotency } from './idempotency.js';
import { TokenSigner, TokenVerifier } from './identity.js';
import { ProblemFilter } from './problem.filter.js';
import { ServiceClient } from './service-client.js';
import { type CommonSettings, SETTINGS } from './settings.js';

/** Injection token of the machine clock. */
export const CLOCK = Symbol('clock');
/** Injection token of the process's pino logger. */
export const LOGGER = Symbol('logger');
/** Injection token of the service's name. */
export const SERVICE = Symbol('service');

export interface ServiceParts {
  name: string;
  settings: CommonSettings;
  logger: Logger;
  database?: Database;
  clock?: Clock;
}

/** What every feature may inject without asking: settings, clock, logger, database, identity, health, metrics. */
@Global()
@Module({})
export class ServiceDefaultsModule {
  static for(parts: ServiceParts): DynamicModule {
    const { name, settings, logger, database } = parts;
    const providers: Provider[] = [
      { provide: SERVICE, useValue: name },
      { provide: SETTINGS, useValue: settings },
      { provide: LOGGER, useValue: logger },
      { provide: CLOCK, useValue: parts.clock ?? systemClock },
      { provide: Registry, useValue: makeRegistry(name) },
      { provide: TokenSigner, useValue: new TokenSigner(name, settings.SIGNING_KEY) },
      { provide: TokenVerifier, useValue: new TokenVerifier(JSON.parse(settings.TRUSTED_KEYS), name) },
      Health,
      ServiceClient,
    ];
    if (database) providers.push({ provide: Database, useValue: database }, Idempotency);
    return {
      module: ServiceDefaultsModule,
      controllers: [HealthController],
      providers: [
        ...providers,
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: APP_FILTER, useFactory: () => new ProblemFilter(logger) },
      ],
      exports: providers.map((provider) => ('provide' in provider ? provider.provide : provider)),
    };
  }
}
