import { Injectable } from '@nestjs/common';
import type { CopiedEdition, CopyEdition as CopyEditionBody } from '#libs/contracts';
import { after, DAY, newId, venueInstant, venueLocal } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { CatalogueEntryRow, type EntryKind } from '../catalogue/catalogue-entry.entity.js';
import { EditionRow } from '../editions/edition.entity.js';
import { datesReversed, editionExists, editionUnknown } from '../editions/edition.refusals.js';
import { SpeakEdition } from '../editions/speak-edition.js';
import { type ScreeningData, ScreeningRow } from '../screenings/screening.entity.js';
import { TURNAROUND_MS } from '../screenings/screening.rules.js';
import { HallRow, VenueRow } from '../venues/venue.entity.js';

/** What every new edition takes over; films and screenings only where they are asked for. */
const FRAME: readonly EntryKind[] = ['section', 'price-list', 'allocation-list'];

/** A day of the calendar, some days later. */
function dayLater(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}

/**
 * A new edition from an old one: sections, prices and shares, on request films and screenings as drafts with the same
 * hours on the wall, as many days later as the new edition begins later. Venues, halls and plans serve every edition.
 */
@Injectable()
export class CopyEdition {
  constructor(private readonly speak: SpeakEdition) {}

  /** @throws edition-unknown, edition-exists, edition-dates-reversed */
  async within(tx: Tx, from: string, body: CopyEditionBody): Promise<CopiedEdition> {
    const old = await tx.findOneBy(EditionRow, { id: from });
    if (!old) throw editionUnknown({ editionId: from });
    if (body.to < body.from) throw datesReversed({ from: body.from, to: body.to });
    await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 2))', [body.id]);
    if (await tx.existsBy(EditionRow, { id: body.id })) throw editionExists({ editionId: body.id });
    const { rehearsal: _, ...data } = old.data;
    const edition = tx.create(EditionRow, {
      id: body.id,
      version: 1,
      offsetMs: 0,
      timezone: old.timezone,
      data: {
        ...data,
        name: body.name,
        from: body.from,
        to: body.to,
        salt: body.id,
        notice: null,
        ...(body.rehearsal ? { rehearsal: true } : {}),
      },
      print: '',
      revision: 1,
    });
    await tx.insert(EditionRow, edition as never);
    const whole = body.programme ?? body.rehearsal ?? false;
    const copied = await this.entries(tx, from, body.id, whole ? [...FRAME, 'film'] : FRAME);
    const leftOut: string[] = [];
    if (whole) copied.screening = await this.screenings(tx, old, edition, leftOut);
    await this.speak.recorded(tx, edition);
    return { editionId: body.id, rehearsal: body.rehearsal ?? false, copied, leftOut };
  }

  private async entries(
    tx: Tx,
    from: string,
    to: string,
    kinds: readonly EntryKind[],
  ): Promise<Record<string, number>> {
    const copied: Record<string, number> = {};
    for (const kind of kinds) {
      const rows = await tx.find(CatalogueEntryRow, { where: { editionId: from, kind }, order: { position: 'ASC' } });
      copied[kind] = rows.length;
      for (const row of rows) await tx.insert(CatalogueEntryRow, { ...row, editionId: to, print: '' } as never);
    }
    return copied;
  }

  private async screenings(tx: Tx, old: EditionRow, edition: EditionRow, leftOut: string[]): Promise<number> {
    const days = (Date.parse(edition.data.from) - Date.parse(old.data.from)) / DAY;
    const zones = new Map<string, string>();
    const venues = new Map((await tx.find(VenueRow)).map((venue) => [venue.id, venue.timezone]));
    for (const hall of await tx.find(HallRow)) zones.set(hall.id, venues.get(hall.venueId) ?? old.timezone);
    const rows = await tx.find(ScreeningRow, { where: { editionId: old.id }, order: { startsAt: 'ASC', id: 'ASC' } });
    let copied = 0;
    for (const row of rows) {
      if (row.state === 'cancelled') continue;
      const zone = zones.get(row.hallId) ?? old.timezone;
      const announced = row.data.delay ? new Date(row.data.delay.from) : row.startsAt;
      const local = venueLocal(announced, zone);
      const day = dayLater(local.slice(0, 10), days);
      if (day < edition.data.from || day > edition.data.to) {
        leftOut.push(row.id);
        continue;
      }
      await tx.insert(ScreeningRow, copyOf(row, edition.id, venueInstant(`${day}${local.slice(10)}`, zone)) as never);
      copied++;
    }
    return copied;
  }
}

/** The same show as a draft at another time: nothing of what happened to the old one. */
function copyOf(row: ScreeningRow, editionId: string, startsAt: Date): Partial<ScreeningRow> {
  const id = newId();
  const { delay: _, movedFrom: __, cancelReason: ___, ...data } = row.data;
  const shift = +startsAt - +row.startsAt;
  const moved = (instant: string) => after(new Date(instant), shift).toISOString();
  const rename = (allocation: string) => allocation.replace(`${row.id}/`, `${id}/`);
  const copy: ScreeningData = {
    ...data,
    doorsOpenAt: moved(data.doorsOpenAt),
    lateEntryUntil: moved(data.lateEntryUntil),
    allocations: data.allocations.map((allocation) => ({
      ...allocation,
      id: rename(allocation.id),
      overflow: allocation.overflow.map(rename),
    })),
  };
  const endsAt = after(row.endsAt, shift);
  return {
    id,
    editionId,
    version: 0,
    state: 'draft',
    visibility: row.visibility,
    hallId: row.hallId,
    planId: row.planId,
    planVersion: row.planVersion,
    startsAt,
    endsAt,
    freeFrom: after(endsAt, TURNAROUND_MS),
    print: '',
    spoken: null,
    toldAt: null,
    data: copy,
  };
}
