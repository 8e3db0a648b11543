import { Injectable } from '@nestjs/common';
import type { PriceRules, PriceRulesView } from '#libs/contracts';
import { Database } from '#libs/persistence';
import { PLAIN_RULES } from './price.rules.js';

/** How old an edition's rules may be before they are compared with the database again, in the background. */
const FRESH_MS = 1_000;

interface Kept {
  view: PriceRulesView;
  checkedAt: number;
}

/** The price rules of editions. Checkout never waits for them but the first time. */
@Injectable()
export class PriceRulesQueries {
  private readonly kept = new Map<string, Kept>();

  constructor(private readonly database: Database) {}

  /** Plain prices by category, version 0, for an edition that has no rules yet. */
  async of(edition: string): Promise<PriceRulesView> {
    const known = this.kept.get(edition);
    if (!known) return this.load(edition);
    if (Date.now() - known.checkedAt > FRESH_MS) {
      known.checkedAt = Date.now();
      this.load(edition).catch(() => undefined);
    }
    return known.view;
  }

  /** Straight from the database, for whoever edits them. */
  async load(edition: string): Promise<PriceRulesView> {
    const [row] = await this.database.hot<{ version: number; rules: PriceRules }>(
      'price-rules',
      'SELECT version, rules FROM price_rules WHERE edition_id = $1',
      [edition],
    );
    const view = row ?? { version: 0, rules: PLAIN_RULES };
    this.kept.set(edition, { view, checkedAt: Date.now() });
    return view;
  }
}
