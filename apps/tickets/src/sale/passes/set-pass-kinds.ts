import { Injectable } from '@nestjs/common';
import type { PassKinds } from '#libs/contracts';
import { Database } from '#libs/persistence';
import { type Caller, hasRole, roleNeeded } from '#libs/service-defaults';
import { PassesQueries } from './passes.queries.js';

/** Which passes an edition sells, and how long the way between its venues is. */
@Injectable()
export class SetPassKinds {
  constructor(
    private readonly database: Database,
    private readonly passes: PassesQueries,
  ) {}

  /** Kinds that are not named any more are no longer sold; passes of theirs go on as they were sold. */
  async execute(caller: Caller, edition: string, body: PassKinds): Promise<PassKinds> {
    if (!hasRole(caller, 'finance', edition)) throw roleNeeded();
    await this.database.transaction(async (tx) => {
      await tx.query('UPDATE pass_kind SET on_sale = false WHERE edition_id = $1', [edition]);
      for (const [position, kind] of body.kinds.entries())
        await tx.query(
          `INSERT INTO pass_kind (edition_id, id, position, name, scope, a_day, price, currency, on_sale)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
           ON CONFLICT (edition_id, id) DO UPDATE SET position = excluded.position, name = excluded.name, scope = excluded.scope,
             a_day = excluded.a_day, price = excluded.price, currency = excluded.currency, on_sale = excluded.on_sale`,
          [
            edition,
            kind.id,
            position,
            kind.name,
            kind.scope,
            kind.aDay ?? null,
            kind.price.amount,
            kind.price.currency,
            kind.onSale,
          ],
        );
      await tx.query('DELETE FROM travel_time WHERE edition_id = $1', [edition]);
      for (const row of [{ from: '', to: '', minutes: body.travel.minutes }, ...body.travel.between])
        await tx.query(
          `INSERT INTO travel_time (edition_id, from_venue, to_venue, minutes) VALUES ($1, $2, $3, $4)
           ON CONFLICT (edition_id, from_venue, to_venue) DO UPDATE SET minutes = excluded.minutes`,
          [edition, row.from, row.to, row.minutes],
        );
      await tx.query(`INSERT INTO audit_entry (actor, action, subject, facts) VALUES ($1, 'pass-kinds.set', $2, $3)`, [
        caller.id,
        edition,
        { kinds: body.kinds.map(({ id }) => id) },
      ]);
    });
    return this.passes.kinds(edition);
  }
}
