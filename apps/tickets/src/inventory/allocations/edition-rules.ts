import type { Database } from '#libs/persistence';
import type { Caller } from '#libs/service-defaults';
import { PLACE_KEEPERS, requireRoleIn } from './managers.js';

/** Tables of one row of rules per edition. */
type RulesTable = 'booking_rules' | 'waitlist_rules' | 'rush_rules';

/** What an edition says; nothing where it never said anything. */
export async function readEditionRules<R extends object>(
  database: Database,
  table: RulesTable,
  edition: string,
): Promise<Partial<R>> {
  const [row] = await database.hot<{ rules: R }>(table, `SELECT rules FROM ${table} WHERE edition_id = $1`, [edition]);
  return row?.rules ?? {};
}

/** Replaces what the edition said, with an entry in the audit log. @throws role-needed */
export async function setEditionRules(
  database: Database,
  table: RulesTable,
  caller: Caller,
  edition: string,
  rules: object,
): Promise<void> {
  requireRoleIn(caller, edition, PLACE_KEEPERS);
  await database.transaction(async (tx) => {
    await tx.query(
      `INSERT INTO ${table} (edition_id, rules, changed_by) VALUES ($1, $2, $3)
       ON CONFLICT (edition_id) DO UPDATE SET rules = excluded.rules, changed_by = excluded.changed_by`,
      [edition, rules, caller.id],
    );
    await tx.query('INSERT INTO audit_entry (actor, action, subject, facts) VALUES ($1, $2, $3, $4)', [
      caller.id,
      `${table.replace('_', '-')}.set`,
      edition,
      rules,
    ]);
  });
}
