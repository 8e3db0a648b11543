import type { Tx } from '#libs/persistence';
import { screeningMoving } from './screening.refusals.js';

/** A screening that is being moved is changed by nobody else. @throws screening-moving */
export async function requireStill(tx: Tx, screeningId: string): Promise<void> {
  const [wanted]: unknown[] = await tx.query(`SELECT 1 FROM hall_slot WHERE screening_id = $1 AND kind <> 'current'`, [
    screeningId,
  ]);
  if (wanted) throw screeningMoving({ screeningId });
}
