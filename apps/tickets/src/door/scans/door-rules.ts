import { Injectable } from '@nestjs/common';
import type { DoorRules as DoorRulesBody } from '#libs/contracts';
import { Database } from '#libs/persistence';
import { type Caller, hasRole, roleNeeded } from '#libs/service-defaults';
import { readAreaDoor, ruleKey } from './area-door.rules.js';

const FRESH_MS = 1_000;

interface Row {
  screening: string;
  rules: DoorRulesBody;
}

/** Re-entry, photo and capacity, as data of the edition and of single screenings. A scan never waits for them but the first time. */
@Injectable()
export class DoorRules {
  private readonly kept = new Map<string, { rows: Row[]; at: number }>();

  constructor(private readonly database: Database) {}

  /** A screening's own word goes before the edition's; of the edition's an area takes the photo rule alone. */
  async of(edition: string, screening: string): Promise<DoorRulesBody> {
    const rows = await this.rows(edition);
    const said = (id: string) => rows.find((row) => row.screening === id)?.rules;
    const ofAll = said('');
    if (readAreaDoor(screening)) return { ...(ofAll?.photo && { photo: ofAll.photo }), ...said(ruleKey(screening)) };
    return { ...ofAll, ...said(screening) };
  }

  /** What was said of the screening itself, or of the edition where it is ''. */
  async own(edition: string, screening: string): Promise<DoorRulesBody> {
    const rows = await this.rows(edition, true);
    return rows.find((row) => row.screening === ruleKey(screening))?.rules ?? {};
  }

  /** @throws role-needed */
  async set(caller: Caller, edition: string, screening: string, rules: DoorRulesBody): Promise<void> {
    if (!hasRole(caller, 'house-manager', edition) && !hasRole(caller, 'programmer', edition)) throw roleNeeded();
    await this.database.query(
      `WITH said AS (
         INSERT INTO door_rules (edition_id, screening_id, rules, changed_by) VALUES ($1, $2, $3, $4)
         ON CONFLICT (edition_id, screening_id) DO UPDATE SET rules = excluded.rules, changed_by = excluded.changed_by)
       INSERT INTO audit_entry (actor, action, subject, facts) VALUES ($4, 'door-rules.set', $5, $3::jsonb)`,
      [edition, ruleKey(screening), rules, caller.id, screening || edition],
    );
    this.kept.delete(edition);
  }

  private async rows(edition: string, now = false): Promise<Row[]> {
    const known = this.kept.get(edition);
    if (known && !now && Date.now() - known.at < FRESH_MS) return known.rows;
    const rows = await this.database.hot<Row>(
      'door-rules',
      'SELECT screening_id AS screening, rules FROM door_rules WHERE edition_id = $1',
      [edition],
    );
    this.kept.set(edition, { rows, at: Date.now() });
    return rows;
  }
}
