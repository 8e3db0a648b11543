import { Injectable } from '@nestjs/common';
import type { WaitlistRules as WaitlistRulesBody } from '#libs/contracts';
import { Database } from '#libs/persistence';
import type { Caller } from '#libs/service-defaults';
import { PLACE_KEEPERS, requireRoleIn } from '../../inventory/allocations/managers.js';
import { type KnownWaitlistRules, knownWaitlistRules } from './waitlist.rules.js';

/** How people wait in an edition, as data. */
@Injectable()
export class WaitlistRules {
  constructor(private readonly database: Database) {}

  async of(edition: string): Promise<KnownWaitlistRules> {
    const [row] = await this.database.hot<{ rules: WaitlistRulesBody }>(
      'waitlist-rules',
      'SELECT rules FROM waitlist_rules WHERE edition_id = $1',
      [edition],
    );
    return knownWaitlistRules(row?.rules ?? {});
  }

  async set(caller: Caller, edition: string, rules: WaitlistRulesBody): Promise<KnownWaitlistRules> {
    requireRoleIn(caller, edition, PLACE_KEEPERS);
    await this.database.transaction(async (tx) => {
      await tx.query(
        `INSERT INTO waitlist_rules (edition_id, rules, changed_by) VALUES ($1, $2, $3)
         ON CONFLICT (edition_id) DO UPDATE SET rules = excluded.rules, changed_by = excluded.changed_by`,
        [edition, rules, caller.id],
      );
      await tx.query(
        `INSERT INTO audit_entry (actor, action, subject, facts) VALUES ($1, 'waitlist-rules.set', $2, $3)`,
        [caller.id, edition, rules],
      );
    });
    return this.of(edition);
  }
}
