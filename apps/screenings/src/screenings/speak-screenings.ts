import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type EventData, event, ScreeningRecorded } from '#libs/contracts';
import { Outbox } from '#libs/messaging';
import type { Tx } from '#libs/persistence';
import { HallRow, VenueRow } from '../venues/venue.entity.js';
import { ScreeningRow } from './screening.entity.js';

type Facts = EventData<typeof ScreeningRecorded>;

export function factsOf(screening: ScreeningRow, hall: HallRow, venue: VenueRow): Facts {
  const { data } = screening;
  return {
    screeningId: screening.id,
    editionId: screening.editionId,
    title: data.title,
    sectionId: data.sectionId,
    filmIds: data.items.flatMap((item) => item.filmId ?? []),
    startsAt: screening.startsAt.toISOString(),
    endsAt: screening.endsAt.toISOString(),
    doorsOpenAt: data.doorsOpenAt,
    lateEntryUntil: data.lateEntryUntil,
    timezone: venue.timezone,
    venue: { id: venue.id, name: venue.data.name, address: venue.data.address },
    hall: { id: hall.id, name: hall.data.name },
    planId: screening.planId,
    planVersion: screening.planVersion,
    ageRating: data.ageRating,
    visibility: screening.visibility,
    state: screening.state as Facts['state'],
    prices: data.prices,
    allocations: data.allocations,
  };
}

/**
 * Tells every screening of which hearers know less than we do: a change of its own row, and of the names of its venue
 * and hall. Drafts are nobody's business yet.
 */
@Injectable()
export class SpeakScreenings {
  constructor(private readonly outbox: Outbox) {}

  /** Returns how many were told. `only` narrows to one screening; its row must be locked by the caller. */
  async within(tx: Tx, editionId: string, only?: string): Promise<number> {
    const screenings = await tx.find(ScreeningRow, {
      where: only ? { editionId, id: only } : { editionId },
      order: { id: 'ASC' },
    });
    const halls = new Map((await tx.find(HallRow)).map((hall) => [hall.id, hall]));
    const venues = new Map((await tx.find(VenueRow)).map((venue) => [venue.id, venue]));
    let told = 0;
    for (const screening of screenings) {
      const hall = halls.get(screening.hallId);
      const venue = hall && venues.get(hall.venueId);
      if (!hall || !venue || screening.state === 'draft') continue;
      const data = factsOf(screening, hall, venue);
      const spoken = createHash('sha256').update(JSON.stringify(data)).digest('base64url');
      if (spoken === screening.spoken) continue;
      const version = screening.version + 1;
      await tx.update(ScreeningRow, { id: screening.id }, { version, spoken });
      await this.outbox.append(tx, event(ScreeningRecorded, { aggregate: screening.id, version, data }));
      told++;
    }
    if (told > 0) await tx.query('UPDATE edition SET revision = revision + 1 WHERE id = $1', [editionId]);
    return told;
  }
}
