import pg from 'pg';
import { INVARIANTS as TICKETS, wholeCount } from '../../apps/tickets/src/reports/auditor/invariants.js';

/** The databases of a running house, one per service. */
export type Databases = Record<'gateway' | 'screenings' | 'tickets' | 'accreditations' | 'notifications', string>;

export interface InvariantRow {
  id: string;
  says: string;
  violations: number;
}

interface Invariant {
  id: string;
  says: string;
  database: keyof Databases;
  /** Counts violations. */
  sql: string;
}

/** The invariants of docs/architecture.md that are SQL: those that the auditor of tickets looks at too, and what has been told. */
export const INVARIANTS: Invariant[] = [
  ...TICKETS.map((one): Invariant => ({ id: one.id, says: one.says, database: 'tickets', sql: wholeCount(one) })),
  ...(['gateway', 'screenings', 'tickets', 'accreditations'] as const).map(
    (database): Invariant => ({
      id: 'I5',
      says: `every fact of ${database} has been told`,
      database,
      sql: 'SELECT count(*) FROM outbox WHERE published_at IS NULL',
    }),
  ),
  ...(['tickets', 'accreditations', 'notifications'] as const).map(
    (database): Invariant => ({
      id: 'I5',
      says: `no dead letter waits in ${database}`,
      database,
      sql: `SELECT count(*) FROM dead_letter WHERE state IN ('open', 'replay')`,
    }),
  ),
];

/** What each invariant counts now; zero is well. */
export async function invariantRows(databases: Partial<Databases>): Promise<InvariantRow[]> {
  const rows: InvariantRow[] = [];
  for (const database of new Set(INVARIANTS.map((invariant) => invariant.database))) {
    const connectionString = databases[database];
    if (!connectionString) continue;
    const client = new pg.Client({ connectionString });
    await client.connect();
    try {
      for (const invariant of INVARIANTS.filter((one) => one.database === database)) {
        const { rows: found } = await client.query<{ count?: string; '?column?'?: string }>(invariant.sql);
        rows.push({ id: invariant.id, says: invariant.says, violations: Number(Object.values(found[0] ?? {})[0]) });
      }
    } finally {
      await client.end();
    }
  }
  return rows;
}
