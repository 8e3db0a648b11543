import { Injectable } from '@nestjs/common';
import type { PriceRules, PriceRulesView } from '#libs/contracts';
import { Database } from '#libs/persistence';
import { changedMeanwhile } from '#libs/service-defaults';
import { PriceRulesQueries } from './price-rules.queries.js';
import { rulesContradict } from './pricing.refusals.js';
import { doubledIds } from './promo-code.rules.js';

/** The whole price list of an edition is replaced at once, by whoever saw the version that stands. */
@Injectable()
export class SetPriceRules {
  constructor(
    private readonly database: Database,
    private readonly rules: PriceRulesQueries,
  ) {}

  /**
   * @param version the one that was seen; 0 for an edition that has none yet
   * @throws price-rules-contradict, changed-meanwhile
   */
  async execute(edition: string, version: number, actor: string, rules: PriceRules): Promise<PriceRulesView> {
    const doubled = doubledIds(rules);
    if (doubled.length > 0) throw rulesContradict({ doubled });
    await this.database.transaction(async (tx) => {
      const written: unknown[] =
        version === 0
          ? await tx.query(
              `INSERT INTO price_rules (edition_id, version, rules, changed_by) VALUES ($1, 1, $2, $3)
               ON CONFLICT DO NOTHING RETURNING 1`,
              [edition, JSON.stringify(rules), actor],
            )
          : await tx
              .query(
                `UPDATE price_rules SET version = version + 1, rules = $2, changed_by = $3, changed_at = clock_timestamp()
                  WHERE edition_id = $1 AND version = $4 RETURNING 1`,
                [edition, JSON.stringify(rules), actor, version],
              )
              .then(([rows]: [unknown[]]) => rows);
      if (written.length === 0) throw changedMeanwhile();
      await tx.query(`INSERT INTO audit_entry (actor, action, subject) VALUES ($1, 'price-rules.set', $2)`, [
        actor,
        edition,
      ]);
    });
    return this.rules.load(edition);
  }
}
