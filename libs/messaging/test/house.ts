import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { Controller, Inject, Module } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { type Admin, Kafka, logLevel, type Message, Partitioners } from 'kafkajs';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import {
  BookingCancelled,
  type EventData,
  event,
  OrderExpired,
  PersonRecorded,
  type Received,
  type Topic,
} from '#libs/contracts';
import { newId } from '#libs/kernel';
import { Database } from '#libs/persistence';
import { openService, type RunningService } from '#libs/service-defaults';
import { type TestDatabase, testDatabase } from '#libs/testing';
import {
  DeadLetters,
  type EventContext,
  MESSAGING_TABLES,
  MessagingModule,
  Outbox,
  tombstoneOf,
} from '../src/index.js';

class HeardTables1568000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(MESSAGING_TABLES);
    await runner.query(
      'CREATE TABLE heard (n bigint GENERATED ALWAYS AS IDENTITY, fact text, type text, aggregate text, version bigint)',
    );
  }
  async down(): Promise<void> {}
}
const definition = { entities: [], migrations: [HeardTables1568000000000] };

/** What a spec plants: called for each event before it is written down. */
export interface Behaviour {
  before(event: Received, context: EventContext): Promise<void> | void;
}
const BEHAVIOUR = Symbol('behaviour');

@Controller()
class HeardConsumer {
  constructor(@Inject(BEHAVIOUR) private readonly behaviour: Behaviour) {}

  @EventPattern<string>(OrderExpired.type)
  expired(@Payload() event: Received, @Ctx() context: EventContext): Promise<void> {
    return this.write(event, context);
  }
  @EventPattern<string>(BookingCancelled.type)
  cancelled(@Payload() event: Received, @Ctx() context: EventContext): Promise<void> {
    return this.write(event, context);
  }
  @EventPattern<string>(PersonRecorded.type)
  person(@Payload() event: Received, @Ctx() context: EventContext): Promise<void> {
    return this.write(event, context);
  }
  @EventPattern<string>(tombstoneOf('people'))
  erased(@Payload() event: Received, @Ctx() context: EventContext): Promise<void> {
    return this.write(event, context);
  }

  private async write(event: Received, context: EventContext): Promise<void> {
    await this.behaviour.before(event, context);
    await context.tx.query('INSERT INTO heard (fact, type, aggregate, version) VALUES ($1, $2, $3, $4)', [
      event.fact,
      event.type,
      event.aggregate,
      event.version,
    ]);
  }
}

export function orderData(orderId: string): EventData<typeof OrderExpired> {
  return { orderId, editionId: 'almaty-2019', personId: 'p1', number: 'K7QF-2M9T', language: 'kk' };
}
export function bookingData(bookingId: string): EventData<typeof BookingCancelled> {
  const text = { kk: 'а', ru: 'а', en: 'a' };
  return {
    bookingId,
    editionId: 'almaty-2019',
    personId: 'p1',
    accreditationId: 'a1',
    screeningId: 's1',
    title: text,
    startsAt: '2019-09-16T13:30:00.000Z',
    timezone: 'Asia/Almaty',
    venue: text,
    hall: text,
    row: '7',
    seat: '14',
    reason: 'holder',
  };
}

/** A small service with a database and topics of its own, of which a spec may run several processes' worth. */
export class House {
  readonly behaviour: Behaviour = { before: () => undefined };
  private readonly running: RunningService[] = [];

  private constructor(
    readonly db: TestDatabase,
    readonly brokers: string,
    readonly prefix: string,
    readonly kafka: Kafka,
  ) {}

  static async open(brokers: string): Promise<House> {
    const db = await testDatabase('messaging', definition, { poolSize: 4 });
    const kafka = new Kafka({
      clientId: 'house',
      brokers: brokers.split(','),
      logLevel: logLevel.NOTHING,
      retry: { retries: 20, maxRetryTime: 500 },
    });
    return new House(db, brokers, `t${randomBytes(4).toString('hex')}-`, kafka);
  }

  get database(): Database {
    return this.db.database;
  }
  get letters(): DeadLetters {
    return new DeadLetters((sql, parameters) => this.database.query(sql, parameters));
  }
  topic(topic: Topic): string {
    return `${this.prefix}${topic}`;
  }

  /** One more instance of the service: a relay and a consumer. */
  async start(consumes: Topic[] = ['tickets', 'people']): Promise<RunningService> {
    const behaviour = this.behaviour;
    @Module({
      imports: [MessagingModule.for({ service: 'house', consumes })],
      controllers: [HeardConsumer],
      providers: [{ provide: BEHAVIOUR, useValue: behaviour }],
    })
    class HouseModule {}
    const service = await openService(
      { name: 'house', module: HouseModule, database: definition },
      {
        env: {
          SEANS_ENV: 'test',
          LOG_LEVEL: 'silent',
          DATABASE_URL: this.db.url,
          DATABASE_POOL: '4',
          KAFKA_BROKERS: this.brokers,
          KAFKA_TOPIC_PREFIX: this.prefix,
        },
      },
    );
    this.running.push(service);
    return service;
  }

  async stop(service: RunningService): Promise<void> {
    this.running.splice(this.running.indexOf(service), 1);
    await service.stop();
  }

  /** Tells that orders expired, in one transaction. */
  tell(service: RunningService, facts: { aggregate: string; version: number }[]): Promise<void> {
    const outbox = service.app.get(Outbox, { strict: false });
    return service.app.get(Database, { strict: false }).transaction((tx) =>
      outbox.append(
        tx,
        facts.map(({ aggregate, version }) => event(OrderExpired, { aggregate, version, data: orderData(aggregate) })),
      ),
    );
  }

  async heard(): Promise<{ fact: string; type: string; aggregate: string; version: number }[]> {
    const rows = await this.database.query<{ fact: string; type: string; aggregate: string; version: string }>(
      'SELECT fact, type, aggregate, version FROM heard ORDER BY n',
    );
    return rows.map((row) => ({ ...row, version: Number(row.version) }));
  }
  async heardCount(): Promise<number> {
    const [row] = await this.database.query<{ n: number }>('SELECT count(*)::int AS n FROM heard');
    return row?.n ?? 0;
  }

  /** Puts messages on a topic as a stranger would. */
  async produce(topic: Topic, messages: Message[]): Promise<void> {
    // Asked once, however long a busy broker takes: a send that is repeated would make two messages of one.
    const producer = this.kafka.producer({
      createPartitioner: Partitioners.DefaultPartitioner,
      retry: { retries: 0 },
    });
    await producer.connect();
    try {
      for (;;) {
        try {
          await producer.send({ topic: this.topic(topic), messages });
          return;
        } catch (error) {
          // A broker that says so has written nothing: the topic is new, and its leader is still being chosen.
          const says = error instanceof Error ? `${error.message} ${error.cause}` : '';
          if (!/not the leader|does not host/.test(says)) throw error;
          await wait(50);
        }
      }
    } finally {
      await producer.disconnect();
    }
  }

  async admin<T>(use: (admin: Admin) => Promise<T>): Promise<T> {
    const admin = this.kafka.admin();
    await admin.connect();
    try {
      return await use(admin);
    } finally {
      await admin.disconnect();
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.running.splice(0).map((service) => service.stop()));
    await this.db.close();
  }
}

export function headers(type: string, version: number, fact = newId()): Record<string, string> {
  return {
    ce_specversion: '1.0',
    ce_id: fact,
    ce_type: type,
    ce_source: '/seans/house',
    ce_time: '2019-09-12T04:00:00.000Z',
    ce_aggregateversion: String(version),
  };
}
