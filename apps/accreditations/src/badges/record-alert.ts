import { Injectable } from '@nestjs/common';
import { newId } from '#libs/kernel';
import type { Tx } from '#libs/persistence';

export interface LostBadgeShown {
  badgeId: string;
  screeningId: string;
  gate: string;
  /** Festival time. */
  at: Date;
  /** What the door answered. */
  verdict: string;
}

/** Writes down that somebody showed a badge that was reported lost; the same showing twice is one alert. */
@Injectable()
export class RecordAlert {
  /** A badge that this service does not know (any more) alerts nobody. */
  async within(tx: Tx, { badgeId, screeningId, gate, at, verdict }: LostBadgeShown): Promise<void> {
    await tx.query(
      `INSERT INTO badge_alert (id, badge_id, edition_id, screening_id, gate, verdict, at)
       SELECT $1, b.id, b.edition_id, $3, $4, $5, $6 FROM badge b WHERE b.id = $2
       ON CONFLICT (badge_id, screening_id, gate, at) DO NOTHING`,
      [newId(), badgeId, screeningId, gate, verdict, at],
    );
  }
}
