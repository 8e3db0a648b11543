import { Injectable } from '@nestjs/common';
import type { BadgeIssued, BadgeRevoked, Received } from '#libs/contracts';
import type { Tx } from '#libs/persistence';
import { approvedAfter } from './application.rules.js';

/** Keeps tickets' own copy of live badges, so accreditations may be down while people book and enter. */
@Injectable()
export class RecordBadge {
  /** A badge whose end is already known with a higher version stays ended. */
  async issued(tx: Tx, told: Received<typeof BadgeIssued>): Promise<void> {
    const b = told.data;
    await tx.query(
      `INSERT INTO badge_copy (badge_id, accreditation_id, version, edition_id, person_id, serial, state, function, classes, areas, valid_from, valid_until,
                               rights, delegation, issued_at)
       VALUES ($1, $2, $3, $4, $5, $6, 'live', $7, $8, $9, $10, $11, $12, $13, $14)
       ON CONFLICT (badge_id) DO UPDATE SET version = excluded.version, state = excluded.state, function = excluded.function,
         edition_id = excluded.edition_id, person_id = excluded.person_id, serial = excluded.serial,
         classes = excluded.classes, areas = excluded.areas, valid_from = excluded.valid_from, valid_until = excluded.valid_until,
         rights = excluded.rights, delegation = excluded.delegation, issued_at = excluded.issued_at
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
        told.time,
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

  /** What is behind a badge: an approval that was taken back closes the gates though no badge was. */
  async application(tx: Tx, told: Received): Promise<void> {
    const approved = approvedAfter(told);
    if (approved === undefined) return;
    await tx.query(
      `INSERT INTO application_copy (accreditation_id, version, approved, told_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT (accreditation_id) DO UPDATE SET version = excluded.version, approved = excluded.approved, told_at = excluded.told_at
       WHERE application_copy.version < excluded.version`,
      [told.aggregate, told.version, approved, told.time],
    );
  }
}
