import type { Tx } from '#libs/persistence';
import { hallOverlap, turnaroundTooShort } from './screening.refusals.js';
import { type Slot, slotClash } from './screening.rules.js';

/** Every slot of a hall that is taken: by screenings where they are, and by those about to move there. */
export async function takenSlots(tx: Tx, hallId: string): Promise<Slot[]> {
  const rows: { id: string; startsAt: Date; endsAt: Date }[] = await tx.query(
    `SELECT screening_id AS id, starts_at AS "startsAt", ends_at AS "endsAt" FROM hall_slot WHERE hall_id = $1
      ORDER BY starts_at`,
    [hallId],
  );
  return rows.map((row) => ({ ...row, hallId }));
}

/** Says which screening is in the way; the exclusion constraint decides between two who ask at once. */
export async function refuseClash(tx: Tx, slot: Slot): Promise<void> {
  const clash = slotClash(slot, await takenSlots(tx, slot.hallId));
  if (!clash) return;
  const facts = {
    hallId: slot.hallId,
    screeningId: clash.other.id,
    from: clash.other.startsAt,
    until: clash.other.endsAt,
  };
  throw clash.kind === 'hall-overlap' ? hallOverlap(facts) : turnaroundTooShort(facts);
}
