import { Injectable } from '@nestjs/common';
import type { WaitlistRules as WaitlistRulesBody } from '#libs/contracts';
import { Database } from '#libs/persistence';
import type { Caller } from '#libs/service-defaults';
import { readEditionRules, setEditionRules } from '../../inventory/allocations/edition-rules.js';
import { type KnownWaitlistRules, knownWaitlistRules } from './waitlist.rules.js';

/** How people wait in an edition, as data. */
@Injectable()
export class WaitlistRules {
  constructor(private readonly database: Database) {}

  async of(edition: string): Promise<KnownWaitlistRules> {
    return knownWaitlistRules(await readEditionRules<WaitlistRulesBody>(this.database, 'waitlist_rules', edition));
  }

  async set(caller: Caller, edition: string, rules: WaitlistRulesBody): Promise<KnownWaitlistRules> {
    await setEditionRules(this.database, 'waitlist_rules', caller, edition, rules);
    return this.of(edition);
  }
}
