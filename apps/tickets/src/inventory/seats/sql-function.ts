import type { Tx } from '#libs/persistence';
import { refusalFromSql } from './seat.refusals.js';

/**
 * One of the database's own functions inside a transaction that is already open; its "no" is thrown as our refusal.
 * @param invocation "release_block($1, $2, $3)"
 */
export async function callFunction<T>(
  on: { query<R>(sql: string, parameters?: unknown[]): Promise<R> } | Tx,
  invocation: string,
  values: unknown[],
): Promise<T> {
  try {
    const [row] = await on.query<{ answer: T }[]>(`SELECT ${invocation} AS answer`, values);
    return row!.answer;
  } catch (error) {
    throw refusalFromSql(error) ?? error;
  }
}
