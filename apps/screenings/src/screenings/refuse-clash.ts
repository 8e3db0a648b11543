import type { Tx } from '#libs/persistence';
import { ScreeningRow } from './screening.entity.js';
import { hallOverlap, turnaroundTooShort } from './screening.refusals.js';
import { slotClash } from './screening.rules.js';

/** Says which screening is in the way; the exclusion constraint decides between two who ask at once. */
export async function refuseClash(
  tx: Tx,
  slot: { id: string; hallId: string; startsAt: Date; endsAt: Date },
): Promise<void> {
  const others = await tx
    .createQueryBuilder(ScreeningRow, 's')
    .where("s.hallId = :hallId AND s.state NOT IN ('draft', 'cancelled')", slot)
    .getMany();
  const clash = slotClash(slot, others);
  if (!clash) return;
  const facts = {
    hallId: slot.hallId,
    screeningId: clash.other.id,
    from: clash.other.startsAt,
    until: clash.other.endsAt,
  };
  throw clash.kind === 'hall-overlap' ? hallOverlap(facts) : turnaroundTooShort(facts);
}
