import { Injectable } from '@nestjs/common';
import type { RushRules as RushRulesBody } from '#libs/contracts';
import { Database } from '#libs/persistence';
import type { Caller } from '#libs/service-defaults';
import { PLACE_KEEPERS, requireRoleIn } from '../../inventory/allocations/managers.js';
import { type KnownRushRules, knownRushRules } from './rush.rules.js';

/** When seats that nobody took go to the rush line, as data of the edition; the checkout shows it. */
@Injectable()
export class RushRules {
  constructor(private readonly database: Database) {}

  async of(edition: string): Promise<KnownRushRules> {
    const [row] = await this.database.query<{ rules: RushRulesBody }>(
      'SELECT rules FROM rush_rules WHERE edition_id = $1',
      [edition],
    );
    return knownRushRules(row?.rules ?? {});
  }

  async set(caller: Caller, edition: string, rules: RushRulesBody): Promise<KnownRushRules> {
    requireRoleIn(caller, edition, PLACE_KEEPERS);
    await this.database.transaction(async (tx) => {
      await tx.query(
        `INSERT INTO rush_rules (edition_id, rules, changed_by) VALUES ($1, $2, $3)
         ON CONFLICT (edition_id) DO UPDATE SET rules = excluded.rules, changed_by = excluded.changed_by`,
        [edition, rules, caller.id],
      );
      await tx.query(`INSERT INTO audit_entry (actor, action, subject, facts) VALUES ($1, 'rush-rules.set', $2, $3)`, [
        caller.id,
        edition,
        rules,
      ]);
    });
    return this.of(edition);
  }
}
