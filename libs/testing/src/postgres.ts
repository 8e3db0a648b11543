import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { type Database, type DatabaseDefinition, migrateDatabase, openDatabase } from '#libs/persistence';
import { serverAddress } from './services.js';

export interface TestDatabase {
  /** `postgresql://…` of this suite's own database. */
  url: string;
  /** Open, with all migrations applied. */
  database: Database;
  /** Closes the pool and drops the database, whoever else is still connected. */
  close(): Promise<void>;
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

/** An empty database for one suite: its address and the way to drop it. */
export async function emptyDatabase(name: string): Promise<{ url: string; drop(): Promise<void> }> {
  const server = await serverAddress('postgres');
  const unique = `${name.replace(/\W/g, '_')}_${randomBytes(5).toString('hex')}`;
  await onServer(server, `CREATE DATABASE ${unique} TEMPLATE template0`);
  const url = new URL(server);
  url.pathname = `/${unique}`;
  return { url: url.href, drop: () => onServer(server, `DROP DATABASE IF EXISTS ${unique} WITH (FORCE)`) };
}

/** A migrated database for one suite. */
export async function testDatabase(
  name: string,
  definition: DatabaseDefinition,
  options: { poolSize?: number } = {},
): Promise<TestDatabase> {
  const { url, drop } = await emptyDatabase(name);
  await migrateDatabase(definition, url);
  const database = await openDatabase(definition, { url, applicationName: name, poolSize: options.poolSize });
  return {
    url,
    database,
    close: async () => {
      if (database.source.isInitialized) await database.source.destroy();
      await drop();
    },
  };
}
