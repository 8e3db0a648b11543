import { Injectable } from '@nestjs/common';
import { Database } from '#libs/persistence';

export interface LiveBadge {
  badgeId: string;
  accreditationId: string;
  personId: string;
  editionId: string;
  classes: string[];
}

@Injectable()
export class BadgeHoldersQueries {
  constructor(private readonly database: Database) {}

  async liveBadge(person: string, edition: string): Promise<LiveBadge | undefined> {
    const [row] = await this.database.hot<LiveBadge>(
      'live-badge',
      `SELECT badge_id AS "badgeId", accreditation_id AS "accreditationId", person_id AS "personId", edition_id AS "editionId", classes
         FROM badge_copy WHERE person_id = $1 AND edition_id = $2 AND state = 'live'`,
      [person, edition],
    );
    return row;
  }
}
