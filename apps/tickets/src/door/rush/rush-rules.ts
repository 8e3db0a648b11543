import { Injectable } from '@nestjs/common';
import type { RushRules as RushRulesBody } from '#libs/contracts';
import { Database } from '#libs/persistence';
import type { Caller } from '#libs/service-defaults';
import { readEditionRules, setEditionRules } from '../../inventory/allocations/edition-rules.js';
import { type KnownRushRules, knownRushRules } from './rush.rules.js';

/** When seats that nobody took go to the rush line, as data of the edition; the checkout shows it. */
@Injectable()
export class RushRules {
  constructor(private readonly database: Database) {}

  async of(edition: string): Promise<KnownRushRules> {
    return knownRushRules(await readEditionRules<RushRulesBody>(this.database, 'rush_rules', edition));
  }

  async set(caller: Caller, edition: string, rules: RushRulesBody): Promise<KnownRushRules> {
    await setEditionRules(this.database, 'rush_rules', caller, edition, rules);
    return this.of(edition);
  }
}
