import { randomBytes } from 'node:crypto';
import { Controller, Module } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { Client } from 'pg';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { type EventData, OrderExpired, type Received } from '#libs/contracts';
import { MESSAGING_TABLES, MessagingModule } from '#libs/messaging';
import { migrateDatabase } from '#libs/persistence';
import { openService, type RunningService } from '#libs/service-defaults';
import type { Servers } from './bench.js';
import { bareKafka } from './controls/bare-kafka.js';

class BenchTables1568000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(MESSAGING_TABLES);
  }
  async down(): Promise<void> {}
}
const definition = { entities: [], migrations: [BenchTables1568000000000] };

export const expired: EventData<typeof OrderExpired> = {
  orderId: '019d2c3e-0000-7000-8000-0000000000b1',
  editionId: 'bench',
  personId: '019d2c3e-0000-7000-8000-0000000000a1',
  number: 'K7QF-2M9T',
  language: 'kk',
};

export interface BenchService {
  /** Starts it; the caller stops it before `end`. */
  start(): Promise<RunningService>;
  /** Put before every topic and group of this bench. */
  prefix: string;
  end(): Promise<void>;
}

/** A service with nothing but messaging, on a database and topics of its own. `heard` is called for each new fact. */
export async function benchService({ kafka, postgres }: Servers, heard: () => void): Promise<BenchService> {
  const tag = randomBytes(4).toString('hex');
  const url = new URL(postgres);
  url.pathname = `/bench_${tag}`;
  await onServer(postgres, `CREATE DATABASE bench_${tag}`);
  await migrateDatabase(definition, url.href);

  @Controller()
  class BenchConsumer {
    @EventPattern<string>(OrderExpired.type)
    expired(@Payload() _event: Received): void {
      heard();
    }
  }
  @Module({
    imports: [MessagingModule.for({ service: 'bench', consumes: ['tickets'] })],
    controllers: [BenchConsumer],
  })
  class BenchModule {}

  const start = () =>
    openService(
      { name: 'bench', module: BenchModule, database: definition },
      {
        env: {
          SEANS_ENV: 'test',
          LOG_LEVEL: 'silent',
          DATABASE_URL: url.href,
          KAFKA_BROKERS: kafka,
          KAFKA_TOPIC_PREFIX: `bench-${tag}-`,
        },
      },
    );
  return {
    start,
    prefix: `bench-${tag}-`,
    end: async () => {
      await onServer(postgres, `DROP DATABASE IF EXISTS bench_${tag} WITH (FORCE)`);
      await withoutTopics(kafka, `bench-${tag}-`);
    },
  };
}

async function onServer(server: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

async function withoutTopics(brokers: string, prefix: string): Promise<void> {
  const admin = bareKafka(brokers).admin();
  await admin.connect();
  try {
    const ours = (await admin.listTopics()).filter((topic) => topic.startsWith(prefix));
    if (ours.length > 0) await admin.deleteTopics({ topics: ours });
  } finally {
    await admin.disconnect();
  }
}
