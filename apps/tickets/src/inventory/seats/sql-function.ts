import { refusalFromSql } from './seat.refusals.js';

/**
 * One of the database's own functions, in a transaction or outside; its "no" is thrown as our refusal.
 * @param invocation "release_block($1, $2, $3)"
 */
export async function callFunction<T>(
  on: { query(sql: string, parameters?: unknown[]): Promise<unknown> },
  invocation: string,
  values: unknown[],
): Promise<T> {
  try {
    const rows = (await on.query(`SELECT ${invocation} AS answer`, values)) as { answer: T }[];
    return rows[0]!.answer;
  } catch (error) {
    throw refusalFromSql(error) ?? error;
  }
}
