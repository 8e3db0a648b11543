import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import type { BadgeSummary, MyBadges } from '#libs/contracts';
import { Database, type Tx } from '#libs/persistence';
import { BadgeRow } from './badge.entity.js';
import { badgeUnknown } from './badge.refusals.js';
import { shortCode } from './badge.rules.js';
import { BadgeCodes } from './badge-codes.js';

@Injectable()
export class BadgesQueries {
  constructor(
    private readonly database: Database,
    private readonly codes: BadgeCodes,
  ) {}

  /** The badges that a person holds now, newest edition first; ended ones are left out. */
  async mine(personId: string, editionId?: string): Promise<MyBadges> {
    const rows = await this.held(personId, editionId);
    return {
      badges: await Promise.all(
        rows.map(async (row) => ({
          id: row.id,
          state: row.state,
          shortCode: shortCode(row.serial),
          validFrom: row.validFrom.toISOString(),
          validUntil: row.validUntil.toISOString(),
          editionId: row.editionId,
          applicationId: row.applicationId,
          name: row.holder.name,
          categoryName: row.holder.categoryName,
          functionName: row.holder.functionName,
          areas: row.areas,
          admissionCode: row.state === 'live' ? await this.codes.write(row) : null,
        })),
      ),
    };
  }

  /** @throws badge-unknown when the person has no living badge */
  async liveOf(personId: string, editionId?: string): Promise<BadgeRow> {
    const row = (await this.held(personId, editionId)).find((badge) => badge.state === 'live');
    if (!row) throw badgeUnknown();
    return row;
  }

  async one(id: string): Promise<BadgeRow> {
    const row = await this.database.source.manager.findOneBy(BadgeRow, { id });
    if (!row) throw badgeUnknown();
    return row;
  }

  /** The latest badge of each application, and whether the doors know its state. */
  async summaries(tx: Tx, applicationIds: readonly string[]): Promise<Map<string, BadgeSummary>> {
    if (applicationIds.length === 0) return new Map();
    const rows: (Pick<BadgeSummary, 'id' | 'state' | 'atGates'> & {
      application: string;
      serial: string;
      from: Date;
      until: Date;
    })[] = await tx.query(
      `SELECT DISTINCT ON (b.application_id) b.application_id AS application, b.id, b.state, b.serial,
              b.valid_from AS "from", b.valid_until AS "until",
              NOT EXISTS (SELECT 1 FROM gate_telling g JOIN badge o ON o.id = g.badge_id
                           WHERE o.application_id = b.application_id AND g.taken_at IS NULL) AS "atGates"
         FROM badge b WHERE b.application_id = ANY ($1) ORDER BY b.application_id, b.issued_at DESC, b.id DESC`,
      [applicationIds],
    );
    return new Map(
      rows.map((row) => [
        row.application,
        {
          id: row.id,
          state: row.state,
          shortCode: shortCode(row.serial),
          validFrom: row.from.toISOString(),
          validUntil: row.until.toISOString(),
          atGates: row.atGates,
        },
      ]),
    );
  }

  private held(personId: string, editionId?: string): Promise<BadgeRow[]> {
    return this.database.source.manager.find(BadgeRow, {
      where: { personId, state: In(['live', 'suspended']), ...(editionId && { editionId }) },
      order: { validFrom: 'DESC' },
    });
  }
}
