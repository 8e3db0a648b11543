import type { DynamicModule, INestApplication, Type } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { Clock } from '#libs/kernel';
import {
  type Database,
  type DatabaseDefinition,
  migrateDatabase,
  missingMigrations,
  openDatabase,
} from '#libs/persistence';
import { Health } from './health.js';
import { makeAdapter, prepareHttp } from './http.js';
import { makeLogger, NestLog } from './log.js';
import { openApiDocument } from './openapi.js';
import { describeRoutes, requireAccessRules } from './routes.js';
import { ServiceDefaultsModule } from './service-defaults.module.js';
import {
  type CommonSettings,
  commonSettings,
  readSettings,
  type SettingsDefinition,
  SettingsError,
  type SettingsOf,
} from './settings.js';

/** Injection token of what connects listeners besides HTTP (the consumer runtime provides one), called before HTTP listens. */
export const CONNECT = Symbol('connect');
export type Connect = (app: NestFastifyApplication) => Promise<void>;

export interface ServiceDefinition<D extends SettingsDefinition = SettingsDefinition> {
  /** Also the audience of its tokens and its consumer group. */
  name: string;
  module: Type | ((settings: CommonSettings & SettingsOf<D>) => DynamicModule | Type);
  database?: DatabaseDefinition;
  /** Settings beyond the common ones. */
  settings?: D;
  /** Connects what listens besides HTTP (the consumer runtime) before the first request is served. */
  connect?: (app: NestFastifyApplication) => Promise<void> | void;
  /** Last touches of the HTTP layer (multipart, static files, proxies). */
  http?: (app: NestFastifyApplication, fastify: FastifyInstance) => Promise<void> | void;
}

export interface RunningService {
  app: NestFastifyApplication;
  url: string;
  logger: Logger;
  /** Finishes the work in hand, then closes. */
  stop(): Promise<void>;
}

export interface StartOptions {
  env?: NodeJS.ProcessEnv;
  clock?: Clock;
}

/** Builds and starts a service: the same steps in every process and in every test of a service through its doors. */
export async function openService<D extends SettingsDefinition>(
  definition: ServiceDefinition<D>,
  options: StartOptions = {},
): Promise<RunningService> {
  const settings = readSettings(
    { ...commonSettings, ...definition.settings } as typeof commonSettings & D,
    options.env ?? process.env,
  ) as CommonSettings & SettingsOf<D>;
  const logger = makeLogger(definition.name, settings.LOG_LEVEL);
  const database = definition.database && (await connect(definition.name, definition.database, settings));
  @Module({
    imports: [
      ServiceDefaultsModule.for({ name: definition.name, settings, logger, database, clock: options.clock }),
      isFactory(definition.module) ? definition.module(settings) : definition.module,
    ],
  })
  class ServiceModule {}

  const app = await NestFactory.create<NestFastifyApplication>(ServiceModule, makeAdapter(), {
    logger: new NestLog(logger),
    abortOnError: false,
    // Fastify parses JSON itself, and a form stays text (see http.ts).
    bodyParser: false,
    forceCloseConnections: true,
  });
  const health = app.get(Health);
  if (database && definition.database) {
    if ((await missingMigrations(definition.database, database)).length === 0) health.markMigrated();
    health.addPart(async () => {
      const ok = await database.query('SELECT 1').then(
        () => true,
        () => false,
      );
      return { name: 'postgres', ok };
    });
  } else health.markMigrated();
  const fastify = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  prepareHttp(app);
  const routes = describeRoutes(app);
  requireAccessRules(routes);
  fastify.get('/openapi.json', (_request, reply) => reply.send(openApiDocument(definition.name, routes)));
  await definition.http?.(app, fastify);
  await definition.connect?.(app);
  await provided<Connect>(app, CONNECT)?.(app);
  await app.listen(settings.PORT, settings.HOST);
  const address = app.getHttpServer().address();
  const port = typeof address === 'object' && address ? address.port : settings.PORT;
  logger.info({ port }, 'service listens');
  return {
    app,
    url: `http://${settings.HOST}:${port}`,
    logger,
    stop: () => stopService(app, health, database),
  };
}

function provided<T>(app: INestApplication, token: symbol): T | undefined {
  try {
    return app.get<T>(token, { strict: false });
  } catch {
    return undefined;
  }
}

function isFactory<T>(
  module: Type | ((settings: T) => DynamicModule | Type),
): module is (settings: T) => DynamicModule | Type {
  return !/^class\s/.test(Function.prototype.toString.call(module));
}

function connect(name: string, database: DatabaseDefinition, settings: CommonSettings): Promise<Database> {
  if (!settings.DATABASE_URL) throw new SettingsError([`DATABASE_URL is missing (the database of ${name})`]);
  return openDatabase(database, {
    url: settings.DATABASE_URL,
    poolSize: settings.DATABASE_POOL,
    applicationName: `seans-${name}`,
  });
}

async function stopService(app: INestApplication, health: Health, database?: Database): Promise<void> {
  health.drain();
  await app.close();
  await database?.source.destroy();
}

/** How long a stop may take before the process ends anyway. */
const STOP_LIMIT_MS = 15_000;

/** The whole of a `main.ts`. */
export async function startService<D extends SettingsDefinition>(definition: ServiceDefinition<D>): Promise<void> {
  try {
    const service = await openService(definition);
    let stopping = false;
    const stop = (signal: string) => {
      if (stopping) return;
      stopping = true;
      service.logger.info({ signal }, 'service stops');
      setTimeout(() => process.exit(1), STOP_LIMIT_MS).unref();
      service.stop().then(
        () => process.exit(0),
        (error) => {
          service.logger.error({ err: error }, 'stop failed');
          process.exit(1);
        },
      );
    };
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => stop(signal));
    process.on('unhandledRejection', (error) => service.logger.error({ err: error }, 'unhandled rejection'));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const code = error instanceof SettingsError ? error.code : 'start-failed';
    process.stderr.write(`${JSON.stringify({ level: 'fatal', service: definition.name, code, msg: message })}\n`);
    process.exit(1);
  }
}

/** The whole of a `migrate.ts`. */
export async function runMigrations(name: string, database: DatabaseDefinition): Promise<void> {
  const url = process.env.DATABASE_URL;
  if (!url) {
    process.stderr.write(`DATABASE_URL is missing (the database of ${name})\n`);
    process.exit(1);
  }
  const applied = await migrateDatabase(database, url);
  process.stdout.write(`${name}: ${applied.length === 0 ? 'up to date' : `applied ${applied.join(', ')}`}\n`);
}
