import { Injectable } from '@nestjs/common';
import { BadgeIssued, BadgeRevoked, type EventData, event } from '#libs/contracts';
import { newId } from '#libs/kernel';
import { Outbox } from '#libs/messaging';
import type { Tx } from '#libs/persistence';
import type { BadgeRow } from './badge.entity.js';

/**
 * Tells what became of a badge: by the outbox always, and what takes its power away also at once to the doors, as the
 * same fact. The row of `gate_telling` waits until they have taken it.
 */
@Injectable()
export class BadgeTelling {
  private readonly told = new WeakSet<Tx>();

  constructor(private readonly outbox: Outbox) {}

  /** True when the transaction that ran on `tx` has something to tell the doors. */
  toldGates(tx: Tx): boolean {
    return this.told.has(tx);
  }

  async issued(tx: Tx, badge: BadgeRow): Promise<void> {
    await this.outbox.append(
      tx,
      event(BadgeIssued, {
        aggregate: badge.id,
        version: badge.version,
        data: {
          badgeId: badge.id,
          accreditationId: badge.applicationId,
          editionId: badge.editionId,
          personId: badge.personId,
          serial: badge.serial,
          function: badge.function,
          classes: badge.classes,
          areas: badge.areas,
          validFrom: badge.validFrom.toISOString(),
          validUntil: badge.validUntil.toISOString(),
          ...(await this.allowed(tx, badge)),
        },
      }),
    );
  }

  /** The rights of the badge's function, and the delegation that its bookings are counted by. */
  private async allowed(
    tx: Tx,
    { applicationId, editionId, function: of }: BadgeRow,
  ): Promise<Pick<EventData<typeof BadgeIssued>, 'rights' | 'delegation'>> {
    const [row]: {
      rights: EventData<typeof BadgeIssued>['rights'] | null;
      delegation: EventData<typeof BadgeIssued>['delegation'] | null;
    }[] = await tx.query(
      `SELECT a.delegation, (SELECT c.data->'rights' FROM category c WHERE c.edition_id = $2 AND c.data->>'function' = $3 LIMIT 1) AS rights
         FROM application a WHERE a.id = $1`,
      [applicationId, editionId, of],
    );
    return {
      ...(row?.rights && Object.keys(row.rights).length > 0 && { rights: row.rights }),
      ...(row?.delegation && { delegation: row.delegation }),
    };
  }

  async ended(tx: Tx, badge: BadgeRow): Promise<void> {
    if (badge.state === 'live') throw new Error('a live badge has not ended');
    const fact = newId();
    const data = {
      badgeId: badge.id,
      accreditationId: badge.applicationId,
      editionId: badge.editionId,
      personId: badge.personId,
      serial: badge.serial,
      state: badge.state,
      // What an officer wrote stays here: nobody's words stand on a topic.
      reason: null,
    };
    const { id: aggregate, version } = badge;
    await this.outbox.append(tx, event(BadgeRevoked, { aggregate, version, data, fact }));
    await tx.query(
      `INSERT INTO gate_telling (fact, badge_id, body)
       VALUES ($1, $2, $3::jsonb || jsonb_build_object('time', to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')))`,
      [fact, badge.id, JSON.stringify({ fact, type: BadgeRevoked.type, aggregate, version, data })],
    );
    this.told.add(tx);
  }
}
