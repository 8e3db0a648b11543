import { Injectable } from '@nestjs/common';
import type { BadgeIssued, EventData } from '#libs/contracts';
import { Database } from '#libs/persistence';

export interface LiveBadge {
  badgeId: string;
  accreditationId: string;
  personId: string;
  editionId: string;
  classes: string[];
  /** What its function allows beyond the edition's own rules. */
  rights: NonNullable<EventData<typeof BadgeIssued>['rights']>;
  delegation: NonNullable<EventData<typeof BadgeIssued>['delegation']> | null;
}

@Injectable()
export class BadgeHoldersQueries {
  constructor(private readonly database: Database) {}

  async liveBadge(person: string, edition: string): Promise<LiveBadge | undefined> {
    const [row] = await this.database.hot<LiveBadge>(
      'live-badge',
      `SELECT badge_id AS "badgeId", accreditation_id AS "accreditationId", person_id AS "personId", edition_id AS "editionId", classes,
              rights, delegation
         FROM badge_copy WHERE person_id = $1 AND edition_id = $2 AND state = 'live'`,
      [person, edition],
    );
    return row;
  }

  /** The rights of whatever badge an accreditation has, ended ones too: the newest's. */
  async rightsOf(accreditation: string): Promise<LiveBadge['rights']> {
    const [row] = await this.database.hot<{ rights: LiveBadge['rights'] }>(
      'badge-rights',
      `SELECT rights FROM badge_copy WHERE accreditation_id = $1 ORDER BY state = 'live' DESC, valid_from DESC NULLS LAST LIMIT 1`,
      [accreditation],
    );
    return row?.rights ?? {};
  }
}
