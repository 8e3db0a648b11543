import { Injectable } from '@nestjs/common';
import type { Cell } from '#libs/documents';
import { Database } from '#libs/persistence';

/** Rows that are in memory at once. */
const BATCH = 500;

/** Reads a statement through a cursor, one batch after the other, in one read-only snapshot. */
@Injectable()
export class ReportRows {
  constructor(private readonly database: Database) {}

  /** Each row is an array in the order of the statement's columns. Ending the iteration early frees the connection. */
  async *read(sql: string, parameters: unknown[]): AsyncGenerator<Cell[][]> {
    const client = await this.database.pool.connect();
    let broken = true;
    try {
      await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
      await client.query(`DECLARE report NO SCROLL CURSOR FOR ${sql}`, parameters);
      for (;;) {
        const { rows } = await client.query<Cell[]>({ text: `FETCH FORWARD ${BATCH} FROM report`, rowMode: 'array' });
        if (rows.length === 0) break;
        yield rows;
      }
      broken = false;
    } finally {
      await client.query('ROLLBACK').catch(() => {
        broken = true;
      });
      // A connection whose statement failed is not given to the next one.
      client.release(broken && !(await usable(client)));
    }
  }
}

async function usable(client: { query(sql: string): Promise<unknown> }): Promise<boolean> {
  return client
    .query('SELECT 1')
    .then(() => true)
    .catch(() => false);
}
