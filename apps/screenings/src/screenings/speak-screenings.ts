import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { type EventData, event, type FilmView, ScreeningRecorded, type SectionView } from '#libs/contracts';
import type { Clock } from '#libs/kernel';
import { Outbox } from '#libs/messaging';
import type { Tx } from '#libs/persistence';
import { CLOCK } from '#libs/service-defaults';
import { CatalogueEntryRow } from '../catalogue/catalogue-entry.entity.js';
import { EditionRow } from '../editions/edition.entity.js';
import { HallRow, VenueRow } from '../venues/venue.entity.js';
import { ScreeningRow } from './screening.entity.js';
import { guardianNote } from './screening.rules.js';

type Facts = EventData<typeof ScreeningRecorded>;

/** What a poster is drawn from, and what the screening says of itself besides. */
interface Around {
  salt: string;
  films: ReadonlyMap<string, FilmView>;
  sections: ReadonlyMap<string, SectionView>;
}

const LONGEST_BEAM = 110;

function posterOf({ id, data }: ScreeningRow, { salt, films, sections }: Around): Facts['poster'] {
  const film = data.items.map((item) => films.get(item.filmId ?? '')).find((shown) => shown !== undefined);
  if (!film) {
    const minutes = data.items.reduce((sum, item) => sum + item.minutes, 0);
    return { id, salt, family: 'beam', countries: null, minutes: Math.min(minutes, LONGEST_BEAM) };
  }
  const family = sections.get(film.sectionId ?? '')?.sign === 'women' ? 'stitched' : 'cut';
  return { id: film.id, salt, family, countries: film.countries?.length ?? null, minutes: film.minutes };
}

function factsOf(screening: ScreeningRow, hall: HallRow, venue: VenueRow, around: Around): Facts {
  const { data } = screening;
  const note = guardianNote(screening.endsAt, venue.timezone);
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
    ...(data.ageRatingPending ? { ageRatingPending: true } : {}),
    ...(note ? { guardianNote: note } : {}),
    ...(data.delay ? { delay: data.delay } : {}),
    poster: posterOf(screening, around),
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
  constructor(
    private readonly outbox: Outbox,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Returns how many were told. `only` narrows to one screening; its row must be locked by the caller. */
  async within(tx: Tx, editionId: string, only?: string): Promise<number> {
    const screenings = await tx.find(ScreeningRow, {
      where: only ? { editionId, id: only } : { editionId },
      order: { id: 'ASC' },
    });
    const halls = new Map((await tx.find(HallRow)).map((hall) => [hall.id, hall]));
    const venues = new Map((await tx.find(VenueRow)).map((venue) => [venue.id, venue]));
    const around = await this.around(tx, editionId);
    let told = 0;
    for (const screening of screenings) {
      const hall = halls.get(screening.hallId);
      const venue = hall && venues.get(hall.venueId);
      if (!hall || !venue || screening.state === 'draft') continue;
      const data = factsOf(screening, hall, venue, around);
      const spoken = createHash('sha256').update(JSON.stringify(data)).digest('base64url');
      if (spoken === screening.spoken) continue;
      const version = screening.version + 1;
      await tx.update(ScreeningRow, { id: screening.id }, { version, spoken, toldAt: this.clock.now() });
      await this.outbox.append(tx, event(ScreeningRecorded, { aggregate: screening.id, version, data }));
      told++;
    }
    if (told > 0) await tx.query('UPDATE edition SET revision = revision + 1 WHERE id = $1', [editionId]);
    return told;
  }

  /** What would be told of a screening that is where `row` says. */
  async facts(tx: Tx, row: ScreeningRow): Promise<Facts> {
    const hall = await tx.findOneByOrFail(HallRow, { id: row.hallId });
    const venue = await tx.findOneByOrFail(VenueRow, { id: hall.venueId });
    return factsOf(row, hall, venue, await this.around(tx, row.editionId));
  }

  private async around(tx: Tx, editionId: string): Promise<Around> {
    const edition = await tx.findOneByOrFail(EditionRow, { id: editionId });
    const entries = await tx.find(CatalogueEntryRow, {
      where: [
        { editionId, kind: 'film' },
        { editionId, kind: 'section' },
      ],
    });
    const of = <T extends { id: string }>(kind: string) =>
      new Map(entries.filter((entry) => entry.kind === kind).map((entry) => [entry.id, entry.data as unknown as T]));
    return { salt: edition.data.salt, films: of<FilmView>('film'), sections: of<SectionView>('section') };
  }
}
