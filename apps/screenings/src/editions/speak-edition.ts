import { Injectable } from '@nestjs/common';
import { EditionRecorded, event, FestivalClockSet } from '#libs/contracts';
import { Outbox } from '#libs/messaging';
import type { Tx } from '#libs/persistence';
import type { EditionRow } from './edition.entity.js';

/** Tells the other services what they keep of an edition. */
@Injectable()
export class SpeakEdition {
  constructor(private readonly outbox: Outbox) {}

  async recorded(tx: Tx, edition: EditionRow): Promise<void> {
    const data = {
      editionId: edition.id,
      name: edition.data.name,
      from: edition.data.from,
      to: edition.data.to,
      timezone: edition.timezone,
      offsetMs: edition.offsetMs,
      ...(edition.data.rehearsal ? { rehearsal: true } : {}),
    };
    await this.outbox.append(tx, event(EditionRecorded, { aggregate: edition.id, version: edition.version, data }));
  }

  async clockSet(tx: Tx, edition: EditionRow): Promise<void> {
    const data = { editionId: edition.id, offsetMs: edition.offsetMs };
    await this.outbox.append(tx, event(FestivalClockSet, { aggregate: edition.id, version: edition.version, data }));
  }
}
