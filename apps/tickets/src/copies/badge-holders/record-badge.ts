import { Injectable } from '@nestjs/common';
import type { BadgeIssued, BadgeRevoked, Received } from '#libs/contracts';
import type { Tx } from '#libs/persistence';

/** Keeps tickets' own copy of live badges, so accreditations may be down while people book and enter. */
@Injectable()
export class RecordBadge {
  /** A badge whose end is already known with a higher version stays ended. */
  async issued(tx: Tx, told: Received<typeof BadgeIssued>): Promise<void> {
    const b = told.data;
    await tx.query(
      `INSERT INTO badge_copy (badge_id, accreditation_id, version, edition_id, person_id, serial, state, function, classes, areas, valid_from, valid_until,
                               rights, delegation)
       VALUES ($1, $2, $3, $4, $5, $6, 'live', $7, $8, $9, $10, $11, $12, $13)
       ON CONFLICT (badge_id) DO UPDATE SET version = excluded.version, state = excluded.state, function = excluded.function,
         edition_id = excluded.edition_id, person_id = excluded.person_id, serial = excluded.serial,
         classes = excluded.classes, areas = excluded.areas, valid_from = excluded.valid_from, valid_until = excluded.valid_until,
         rights = excluded.rights, delegation = excluded.delegation
       WHERE badge_copy.version < excluded.version`,
      [
        b.badgeId,
        b.accreditationId,
        told.version,
        b.editionId,
        b.personId,
        b.serial,
        b.function,
        b.classes,
        b.areas,
        b.validFrom,
        b.validUntil,
        JSON.stringify(b.rights ?? {}),
        b.delegation ? JSON.stringify(b.delegation) : null,
      ],
    );
  }

  /** A revoke for an unknown badge is kept: the issue that comes later with a lower version is ignored. */
  async ended(tx: Tx, told: Received<typeof BadgeRevoked>): Promise<void> {
    const b = told.data;
    await tx.query(
      `INSERT INTO badge_copy (badge_id, accreditation_id, version, edition_id, person_id, serial, state)
       VALUES ($1, $2, $3, $4, $5, $6, $7)
       ON CONFLICT (badge_id) DO UPDATE SET version = excluded.version, state = excluded.state
       WHERE badge_copy.version < excluded.version`,
      [b.badgeId, b.accreditationId, told.version, b.editionId, b.personId, b.serial, b.state],
    );
  }
}
