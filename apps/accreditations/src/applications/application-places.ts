import { Injectable } from '@nestjs/common';
import type { CategoryRow } from '#libs/contracts';
import type { Tx } from '#libs/persistence';
import { CategoriesQueries } from '../categories/categories.queries.js';
import type { QuotaPlace } from '../categories/quota.rules.js';
import { Quotas } from '../categories/quotas.js';
import type { ApplicationRow } from './application.entity.js';
import { PromoteWaiting } from './promote-waiting.js';

/** The counted places of an application: which they are, and giving them back. */
@Injectable()
export class ApplicationPlaces {
  constructor(
    private readonly categories: CategoriesQueries,
    private readonly quotas: Quotas,
    private readonly promote: PromoteWaiting,
  ) {}

  /** The counters that an approval goes by. */
  of(tx: Tx, application: ApplicationRow, category: CategoryRow): Promise<QuotaPlace[]> {
    return this.categories.places(tx, application, category);
  }

  /** Takes them all or answers the full one; see {@link Quotas.take}. */
  async take(
    tx: Tx,
    application: ApplicationRow,
    category: CategoryRow,
    override = false,
  ): Promise<{ full?: QuotaPlace; places: QuotaPlace[] }> {
    const places = await this.of(tx, application, category);
    const { id, editionId } = application;
    const full = await this.quotas.take(tx, { id, editionId, category: category.id }, places, override);
    return { full, places };
  }

  /** Gives back what the application has, or no longer needs; whoever waits for such a place first is offered it. */
  async release(tx: Tx, application: Pick<ApplicationRow, 'id'>, keep: readonly QuotaPlace[] = []): Promise<void> {
    const freed = await this.quotas.release(
      tx,
      application.id,
      keep.map((place) => place.id),
    );
    await this.promote.freed(tx, freed);
  }
}
