import { Inject, Injectable } from '@nestjs/common';
import type { CountedDrawer, MoveCash, OpenShift, Shift, SignShift, Till, ZReport } from '#libs/contracts';
import { KZT, newId } from '#libs/kernel';
import { Database, type Tx } from '#libs/persistence';
import { type Caller, Idempotency, SETTINGS } from '#libs/service-defaults';
import { requireRoleIn } from '../../inventory/allocations/managers.js';
import { callFunction } from '../../inventory/seats/sql-function.js';
import type { TicketsSettings } from '../../settings.js';
import {
  clerkHasShift,
  countDiffers,
  leasesRun,
  salesUnresolved,
  shiftStillOpen,
  signedByClerk,
  tillTaken,
  tillUnknown,
} from './shift.refusals.js';
import { worthOf } from './shift.rules.js';
import { type OneShift, ShiftsQueries, zReportOf } from './shifts.queries.js';

/** A shift from its float to its signature: each movement of cash is in the drawer, in the books and in the audit log. */
@Injectable()
export class WorkShift {
  private readonly tillNames: string[];

  constructor(
    private readonly database: Database,
    private readonly idempotency: Idempotency,
    private readonly shifts: ShiftsQueries,
    @Inject(SETTINGS) settings: TicketsSettings,
  ) {
    this.tillNames = settings.COUNTER_TILLS.split(',').map((name) => name.trim());
  }

  async tills(caller: Caller, edition: string): Promise<Till[]> {
    const open = await this.database.query<{ id: string; till: string; clerk: string; openedAt: Date }>(
      `SELECT id, till, clerk, opened_at AS "openedAt" FROM counter_shift WHERE edition_id = $1 AND state = 'open'`,
      [edition],
    );
    return this.tillNames.map((name) => {
      const shift = open.find(({ till }) => till === name);
      return {
        name,
        shift: shift
          ? {
              id: shift.id,
              clerk: shift.clerk,
              openedAt: shift.openedAt.toISOString(),
              mine: shift.clerk === caller.id,
            }
          : null,
      };
    });
  }

  /** @throws till-unknown, till-taken, clerk-has-shift */
  async open(caller: Caller, key: string, body: OpenShift): Promise<Shift> {
    requireRoleIn(caller, body.editionId, ['box-office']);
    if (!this.tillNames.includes(body.till)) throw tillUnknown({ tills: this.tillNames });
    const call = { key, caller: caller.id, operation: 'open-shift', body };
    const { id } = await this.idempotency.once(call, async (tx) => {
      const made = newId();
      const rows: unknown[] = await tx.query(
        `INSERT INTO counter_shift (id, edition_id, till, clerk, currency, opening_float) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT DO NOTHING RETURNING id`,
        [made, body.editionId, body.till, caller.id, KZT, body.openingFloat],
      );
      if (rows.length === 0) throw await this.whyNot(tx, caller);
      await audit(tx, caller, 'shift.opened', made, { till: body.till, float: body.openingFloat });
      const float = { shift: made, kind: 'float', amount: body.openingFloat, actor: caller.id };
      await callFunction(tx, 'move_drawer($1)', [float]);
      return { id: made };
    });
    return this.shifts.view(caller, await this.shifts.one(caller, id));
  }

  /** @throws shift-unknown, shift-not-yours, shift-closed */
  async move(caller: Caller, id: string, key: string, body: MoveCash): Promise<Shift> {
    const shift = await this.shifts.own(caller, id);
    const amount = body.kind === 'pay-in' ? body.amount : -body.amount;
    const movement = { shift: id, kind: body.kind, amount, reason: body.reason, actor: caller.id };
    const call = { key, caller: caller.id, operation: 'move-cash', body: { id, ...body } };
    await this.idempotency.once(call, (tx) => callFunction(tx, 'move_drawer($1)', [movement]));
    return this.shifts.view(caller, shift);
  }

  /**
   * The count comes first, what was expected is told after it. Told twice it answers the report that stands.
   * @throws shift-unknown, shift-not-yours, count-differs, sales-unresolved, leases-run
   */
  async close(caller: Caller, id: string, body: CountedDrawer): Promise<ZReport> {
    const shift = await this.shifts.own(caller, id);
    if (body.denominations && worthOf(body.denominations) !== body.counted) throw countDiffers();
    await this.database.transaction(async (tx) => {
      const [locked]: { state: string }[] = await tx.query('SELECT state FROM counter_shift WHERE id = $1 FOR UPDATE', [
        id,
      ]);
      if (locked?.state !== 'open') return;
      const figures = await this.shifts.figures(tx, shift);
      if (figures.unresolved > 0 && !body.withUnresolved) throw salesUnresolved({ sales: figures.unresolved });
      if (!body.withUnresolved) await requireNoLease(tx, id);
      const expected = figures.cash?.expected.amount ?? 0;
      // Z reports of an edition are numbered one after the other.
      await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('z-report:' || $1, 0))`, [shift.edition]);
      await tx.query(
        `UPDATE counter_shift SET state = 'closed', closed_at = clock_timestamp(), counted = $2, denominations = $3, expected = $4,
                figures = $5, z_number = (SELECT coalesce(max(z_number), 0) + 1 FROM counter_shift WHERE edition_id = $6)
          WHERE id = $1`,
        [
          id,
          body.counted,
          body.denominations ? JSON.stringify(body.denominations) : null,
          expected,
          JSON.stringify(figures),
          shift.edition,
        ],
      );
      const difference = body.counted - expected;
      await callFunction(tx, 'post_ledger($1::uuid, $2, $3, $4)', [
        id,
        'cash difference',
        shift.currency,
        { drawer: difference, 'cash-difference': -difference },
      ]);
      await audit(tx, caller, 'shift.closed', id, { counted: body.counted, expected, difference });
    });
    return this.shifts.zReport(caller, id);
  }

  /** @throws shift-unknown, shift-still-open, signed-by-clerk */
  async sign(caller: Caller, id: string, body: SignShift): Promise<ZReport> {
    const shift = await this.shifts.one(caller, id);
    requireRoleIn(caller, shift.edition, ['house-manager', 'finance']);
    if (shift.clerk === caller.id) throw signedByClerk();
    if (shift.state === 'open') throw shiftStillOpen();
    await this.database.transaction(async (tx) => {
      const [signed]: [OneShift[], number] = await tx.query(
        `UPDATE counter_shift SET state = 'signed', signed_by = $2, signed_at = clock_timestamp(), sign_note = $3
          WHERE id = $1 AND state = 'closed' RETURNING id`,
        [id, caller.id, body.note],
      );
      if (signed.length > 0) await audit(tx, caller, 'shift.signed', id, {});
    });
    return zReportOf(await this.shifts.one(caller, id));
  }

  private async whyNot(tx: Tx, caller: Caller): Promise<Error> {
    const [own]: { till: string }[] = await tx.query(
      `SELECT till FROM counter_shift WHERE clerk = $1 AND state = 'open'`,
      [caller.id],
    );
    return own ? clerkHasShift({ till: own.till }) : tillTaken();
  }
}

/** What a counter sold without a line and has not reported is missing in its drawer's report. @throws leases-run */
async function requireNoLease(tx: Tx, shift: string): Promise<void> {
  const leases: unknown[] = await tx.query(
    `SELECT 1 FROM counter_lease WHERE shift_id = $1 AND state IN ('open', 'revoked') LIMIT 1`,
    [shift],
  );
  if (leases.length > 0) throw leasesRun();
}

async function audit(tx: Tx, caller: Caller, action: string, subject: string, facts: object): Promise<void> {
  await tx.query('INSERT INTO audit_entry (actor, action, subject, facts) VALUES ($1, $2, $3, $4)', [
    caller.id,
    action,
    subject,
    JSON.stringify(facts),
  ]);
}
