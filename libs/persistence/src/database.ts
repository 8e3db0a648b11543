import { setTimeout as wait } from 'node:timers/promises';
import type { Pool, QueryResultRow } from 'pg';
import type { DataSource, EntityManager } from 'typeorm';

/** The open transaction. Always an argument: nothing finds it by magic. */
export type Tx = EntityManager;

/** Serialization failure, deadlock, lock not available: the whole use case may simply be done again. */
const REPEATABLE = new Set(['40001', '40P01', '55P03']);
const REPEATS = 3;

/** The SQLSTATE of a PostgreSQL error, also when TypeORM wrapped it. */
export function sqlState(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  if ('driverError' in error) return sqlState(error.driverError);
  return undefined;
}

/** True when PostgreSQL could not be reached, is going down or has no room: nothing was decided, and nothing may be assumed. */
export function isConnectionTrouble(error: unknown): boolean {
  const state = sqlState(error);
  if (state && /^(08|57P0[123]|53[123]00|ECONN|EPIPE|ETIMEDOUT|ENOTFOUND)/.test(state)) return true;
  const message = error instanceof Error ? error.message : '';
  return /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error/.test(
    message,
  );
}

type CommitListener = (tx: Tx) => void;

/** The one way to a service's own database: transactions that repeat, and prepared statements for the hot paths. */
export class Database {
  private readonly listeners = new Set<CommitListener>();

  constructor(readonly source: DataSource) {}

  /**
   * Runs `work` in one transaction. On 40001, 40P01 and 55P03 the whole of it is repeated, three times with jitter,
   * so `work` must do nothing remote and keep nothing from an earlier try.
   */
  async transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    for (let repeat = 0; ; repeat++) {
      let used: Tx | undefined;
      try {
        const result = await this.source.transaction((tx) => {
          used = tx;
          return work(tx);
        });
        if (used) for (const listener of this.listeners) listener(used);
        return result;
      } catch (error) {
        if (repeat >= REPEATS || !REPEATABLE.has(sqlState(error) ?? '')) throw error;
        await wait(5 + Math.random() * 20 * 2 ** repeat);
      }
    }
  }

  /** Calls `listener` after each commit of a transaction, with the manager it ran on. Returns the way to stop. */
  onCommit(listener: CommitListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** A statement outside any transaction. */
  query<R = Record<string, unknown>>(sql: string, parameters: unknown[] = []): Promise<R[]> {
    return this.source.query(sql, parameters);
  }

  /**
   * A hot path: one named prepared statement, one round trip, no ORM. Repeats like {@link transaction}.
   * @param name unique in the service; PostgreSQL keeps the plan under it
   */
  async hot<R extends QueryResultRow>(name: string, text: string, values: unknown[]): Promise<R[]> {
    for (let repeat = 0; ; repeat++) {
      try {
        return (await this.pool.query<R>({ name, text, values })).rows;
      } catch (error) {
        if (repeat >= REPEATS || !REPEATABLE.has(sqlState(error) ?? '')) throw error;
        await wait(5 + Math.random() * 20 * 2 ** repeat);
      }
    }
  }

  get pool(): Pool {
    return (this.source.driver as unknown as { master: Pool }).master;
  }
}
