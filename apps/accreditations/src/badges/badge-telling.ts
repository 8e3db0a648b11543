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

  async issued(tx: Tx, ...badges: BadgeRow[]): Promise<void> {
    const allowed = await this.allowed(tx, badges);
    await this.outbox.append(
      tx,
      badges.map((badge) =>
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
            ...allowed.get(badge.id),
          },
        }),
      ),
    );
  }

  /** The rights of each badge's function, and the delegation that its bookings are counted by. */
  private async allowed(
    tx: Tx,
    badges: readonly BadgeRow[],
  ): Promise<Map<string, Pick<EventData<typeof BadgeIssued>, 'rights' | 'delegation'>>> {
    const functions: { edition: string; function: string; rights: EventData<typeof BadgeIssued>['rights'] | null }[] =
      await tx.query(
        `SELECT DISTINCT ON (edition_id, data->>'function') edition_id AS edition, data->>'function' AS function,
                data->'rights' AS rights
           FROM category WHERE edition_id = ANY ($1) AND data->>'function' = ANY ($2)`,
        [[...new Set(badges.map((badge) => badge.editionId))], [...new Set(badges.map((badge) => badge.function))]],
      );
    const members: { id: string; delegation: EventData<typeof BadgeIssued>['delegation'] }[] = await tx.query(
      'SELECT id, delegation FROM application WHERE id = ANY ($1) AND delegation IS NOT NULL',
      [badges.map((badge) => badge.applicationId)],
    );
    const rightsOf = new Map(functions.map((row) => [`${row.edition}/${row.function}`, row.rights]));
    const delegationOf = new Map(members.map((row) => [row.id, row.delegation]));
    return new Map(
      badges.map((badge) => {
        const rights = rightsOf.get(`${badge.editionId}/${badge.function}`);
        const delegation = delegationOf.get(badge.applicationId);
        return [
          badge.id,
          { ...(rights && Object.keys(rights).length > 0 && { rights }), ...(delegation && { delegation }) },
        ];
      }),
    );
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
