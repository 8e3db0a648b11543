import { Injectable } from '@nestjs/common';
import type { SavedFilters as Filters, SavedFilter, SaveFilter } from '#libs/contracts';
import { Database } from '#libs/persistence';
import { type Caller, hasRole, roleNeeded } from '#libs/service-defaults';
import { filterUnknown } from './review.refusals.js';

/** An officer's own filters of an edition's queue. */
@Injectable()
export class SavedFilters {
  constructor(private readonly database: Database) {}

  async list(edition: string, officer: Caller): Promise<Filters> {
    const filters = await this.database.query<SavedFilter>(
      `SELECT id, edition_id AS edition, name, filter FROM saved_filter
        WHERE officer_id = $1 AND edition_id = $2 ORDER BY name, id`,
      [officer.id, edition],
    );
    return { filters };
  }

  /** Saved twice under one id it is one filter; another officer's id is not there. */
  async save(id: string, filter: SaveFilter, officer: Caller): Promise<SavedFilter> {
    if (!hasRole(officer, 'accreditation-officer', filter.edition)) throw roleNeeded();
    const [saved] = await this.database.query<{ id: string }>(
      `WITH saved AS (
         INSERT INTO saved_filter (id, officer_id, edition_id, name, filter) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (id) DO UPDATE SET edition_id = excluded.edition_id, name = excluded.name, filter = excluded.filter
           WHERE saved_filter.officer_id = excluded.officer_id
         RETURNING id)
       SELECT id FROM saved`,
      [id, officer.id, filter.edition, filter.name, JSON.stringify(filter.filter)],
    );
    if (!saved) throw filterUnknown();
    return { id, ...filter };
  }

  async remove(id: string, officer: Caller): Promise<void> {
    const [gone] = await this.database.query<{ id: string }>(
      `WITH gone AS (DELETE FROM saved_filter WHERE id = $1 AND officer_id = $2 RETURNING id) SELECT id FROM gone`,
      [id, officer.id],
    );
    if (!gone) throw filterUnknown();
  }
}
