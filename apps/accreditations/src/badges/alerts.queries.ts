import { Injectable } from '@nestjs/common';
import type { BadgeAlert } from '#libs/contracts';
import { Database } from '#libs/persistence';
import { badgeUnknown } from './badge.refusals.js';
import { shortCode } from './badge.rules.js';

const MOST = 200;

@Injectable()
export class AlertsQueries {
  constructor(private readonly database: Database) {}

  /** Newest first, those that nobody looked at before the others. */
  async of(editionId: string): Promise<BadgeAlert[]> {
    const rows = await this.database.query<
      Omit<BadgeAlert, 'at' | 'seenAt' | 'shortCode'> & { at: Date; seenAt: Date | null; serial: string }
    >(
      `SELECT l.id, l.badge_id AS "badgeId", l.edition_id AS "editionId", b.application_id AS "applicationId", b.serial,
              nullif(b.holder ->> 'name', '') AS name, l.screening_id AS "screeningId", l.gate, l.verdict, l.at,
              l.seen_at AS "seenAt"
         FROM badge_alert l JOIN badge b ON b.id = l.badge_id
        WHERE l.edition_id = $1 ORDER BY (l.seen_at IS NULL) DESC, l.at DESC, l.id DESC LIMIT $2`,
      [editionId, MOST],
    );
    return rows.map(({ serial, at, seenAt, ...row }) => ({
      ...row,
      shortCode: shortCode(serial),
      at: at.toISOString(),
      seenAt: seenAt?.toISOString() ?? null,
    }));
  }

  /**
   * Somebody looked at it; twice is as once.
   * @throws badge-unknown when there is no such alert in the officer's editions
   */
  async seen(id: string, by: string, maySee: (edition: string) => boolean): Promise<string> {
    const [alert] = await this.database.query<{ edition: string }>(
      'SELECT edition_id AS edition FROM badge_alert WHERE id = $1',
      [id],
    );
    if (!alert || !maySee(alert.edition)) throw badgeUnknown();
    await this.database.query(
      'UPDATE badge_alert SET seen_at = now(), seen_by = $2 WHERE id = $1 AND seen_at IS NULL',
      [id, by],
    );
    return alert.edition;
  }
}
