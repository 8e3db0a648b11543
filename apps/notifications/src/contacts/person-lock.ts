import type { Tx } from '#libs/persistence';

/** Its own room among advisory locks. */
const PEOPLE = 6;

/**
 * Held until the end of the transaction by whatever writes something about a person: an erasure waits for all of it, and
 * what comes after the erasure sees it. Several writers do not wait for each other.
 */
export async function besideErasure(tx: Tx, personId: string): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock_shared(hashtextextended($1, $2))', [personId, PEOPLE]);
}

/** Held by the erasure itself. */
export async function aloneForErasure(tx: Tx, personId: string): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, $2))', [personId, PEOPLE]);
}

/** With the lock: whether the person was erased, and so must get nothing new. */
export async function isErased(tx: Tx, personId: string): Promise<boolean> {
  await besideErasure(tx, personId);
  const rows = await tx.query<unknown[]>('SELECT 1 FROM contact WHERE person_id = $1 AND erased', [personId]);
  return rows.length > 0;
}
