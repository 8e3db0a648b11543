import pg from 'pg';
import { DataSource, type EntityTarget, type MigrationInterface, type ObjectLiteral } from 'typeorm';
import { Database } from './database.js';

export type MigrationClass = new () => MigrationInterface;

/** What a service says of its own database; one constant in `apps/<service>/src/database.ts`. */
export interface DatabaseDefinition {
  entities: EntityTarget<ObjectLiteral>[];
  /** In order; a landed migration is never edited. */
  migrations: MigrationClass[];
}

export interface DatabaseConnection {
  url: string;
  /** Most connections that one process opens (default 10). */
  poolSize?: number;
  applicationName?: string;
}

/**
 * A connection whose end is told where it is used, as a failed statement, and never as an event without a hearer: between
 * being lent out and being listened to, a server that goes down would end the whole process.
 */
class Connection extends pg.Client {
  constructor(config?: pg.ClientConfig) {
    super(config);
    this.on('error', () => undefined);
  }
}

function dataSource(definition: DatabaseDefinition, connection: DatabaseConnection): DataSource {
  return new DataSource({
    type: 'postgres',
    url: connection.url,
    applicationName: connection.applicationName,
    poolSize: connection.poolSize ?? 10,
    connectTimeoutMS: 5_000,
    entities: definition.entities as never[],
    migrations: definition.migrations,
    migrationsTransactionMode: 'each',
    synchronize: false,
    logging: false,
    extra: { Client: Connection, keepAlive: true, idleTimeoutMillis: 30_000 },
  });
}

/** Opens the pool; fails at once when the server can't be reached. */
export async function openDatabase(definition: DatabaseDefinition, connection: DatabaseConnection): Promise<Database> {
  const source = dataSource(definition, connection);
  await source.initialize();
  // An idle connection that the server cuts must not end the process; the pool opens another one when asked.
  const database = new Database(source);
  database.pool.on('error', () => undefined);
  return database;
}

const MIGRATION_LOCK = 7_351_902;

/** Brings the database up to date. Several at once wait for each other; returns the names of what was applied. */
export async function migrateDatabase(definition: DatabaseDefinition, url: string): Promise<string[]> {
  const source = dataSource(definition, { url, poolSize: 2, applicationName: 'migrate' });
  await source.initialize();
  const lock = source.createQueryRunner();
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    return (await source.runMigrations()).map((migration) => migration.name);
  } finally {
    await lock.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => undefined);
    await lock.release();
    await source.destroy();
  }
}

/** The migrations that this build knows and the database lacks. */
export async function missingMigrations(definition: DatabaseDefinition, database: Database): Promise<string[]> {
  const applied = await database
    .query<{ name: string }>('SELECT name FROM migrations')
    .then((rows) => new Set(rows.map((row) => row.name)))
    .catch(() => new Set<string>());
  return definition.migrations.map((migration) => migration.name).filter((name) => !applied.has(name));
}
