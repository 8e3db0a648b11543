import { type DynamicModule, Global, type INestApplication, Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Kafka } from 'kafkajs';
import type { Logger } from 'pino';
import { Gauge, Registry } from 'prom-client';
import type { Topic } from '#libs/contracts';
import { Database } from '#libs/persistence';
import { type CommonSettings, Health, LOGGER, SETTINGS } from '#libs/service-defaults';
import { ConsumerStrategy } from './consumer-strategy.js';
import { kafkaLog } from './kafka-log.js';
import { calmKafkaTimer } from './kafka-timer.js';
import { Outbox } from './outbox.js';
import { Relay } from './relay.js';

export interface MessagingOptions {
  service: string;
  /** Topics of which at least one handler wants an event. */
  consumes: readonly Topic[];
}

const OPTIONS = Symbol('messaging-options');

export function makeKafka(service: string, brokers: string, logger: Logger): Kafka {
  calmKafkaTimer();
  return new Kafka({
    clientId: `seans-${service}`,
    brokers: brokers.split(','),
    connectionTimeout: 2_000,
    requestTimeout: 10_000,
    logCreator: kafkaLog(logger),
  });
}

/** Outbox, relay and consumer runtime of one service; imported once, by its root module. */
@Global()
@Module({})
export class MessagingModule {
  static for(options: MessagingOptions): DynamicModule {
    return {
      module: MessagingModule,
      providers: [
        Outbox,
        { provide: OPTIONS, useValue: options },
        {
          provide: Kafka,
          inject: [SETTINGS, LOGGER],
          useFactory: (settings: CommonSettings, logger: Logger) =>
            makeKafka(options.service, settings.KAFKA_BROKERS, logger),
        },
        {
          provide: Relay,
          inject: [Database, Kafka, Outbox, LOGGER, SETTINGS, Registry, Health],
          useFactory: (
            database: Database,
            kafka: Kafka,
            outbox: Outbox,
            logger: Logger,
            settings: CommonSettings,
            metrics: Registry,
            health: Health,
          ) => {
            const relay = new Relay(database, kafka, outbox, logger, {
              service: options.service,
              topicPrefix: settings.KAFKA_TOPIC_PREFIX ?? '',
            });
            health.addPart(() => ({ name: 'outbox', ok: relay.healthy }));
            measureOutbox(metrics, database);
            return relay;
          },
        },
      ],
      exports: [Outbox, Relay, Kafka],
    };
  }
}

/** `connect` of a service that hears: its `@EventPattern` handlers join the broker. */
export async function connectConsumers(app: NestFastifyApplication): Promise<void> {
  const options = app.get<MessagingOptions>(OPTIONS);
  const strategy = consumerStrategy(app, options);
  app.connectMicroservice({ strategy });
  await app.startAllMicroservices();
}

function consumerStrategy(app: INestApplication, options: MessagingOptions): ConsumerStrategy {
  const settings = app.get<CommonSettings>(SETTINGS);
  const strategy = new ConsumerStrategy(
    app.get(Kafka),
    app.get(Database),
    { consumer: options.service, topics: options.consumes, topicPrefix: settings.KAFKA_TOPIC_PREFIX ?? '' },
    app.get<Logger>(LOGGER),
  );
  app.get(Health).addPart(async () => ({ name: 'consumer', ...(await strategy.health()) }));
  new Gauge({
    name: 'events_handled',
    help: 'Messages that the consumer has read and settled since the start',
    registers: [app.get(Registry)],
    collect() {
      this.set(strategy.handled);
    },
  });
  return strategy;
}

function measureOutbox(metrics: Registry, database: Database): void {
  new Gauge({
    name: 'outbox_oldest_seconds',
    help: 'Age of the oldest fact that Kafka has not been told; 0 when there is none',
    registers: [metrics],
    async collect() {
      const [row] = await database
        .query<{ age: string | null }>(
          'SELECT extract(epoch FROM clock_timestamp() - made_at) AS age FROM outbox WHERE published_at IS NULL ORDER BY seq LIMIT 1',
        )
        .catch(() => []);
      this.set(Number(row?.age ?? 0));
    },
  });
}
