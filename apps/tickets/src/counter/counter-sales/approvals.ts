import { Inject, Injectable } from '@nestjs/common';
import type { AskApproval, CounterApproval, CounterPayment } from '#libs/contracts';
import { isId, newId } from '#libs/kernel';
import { Database, type Tx } from '#libs/persistence';
import { type Caller, hasRole, Idempotency, SETTINGS } from '#libs/service-defaults';
import { requireRoleIn } from '../../inventory/allocations/managers.js';
import type { TicketsSettings } from '../../settings.js';
import { shiftClosed } from '../shifts/shift.refusals.js';
import { ShiftsQueries } from '../shifts/shifts.queries.js';
import { approvalNeeded, approvalOver, approvalUnknown, approvedByClerk } from './counter-sale.refusals.js';

/** How long an approval can be used, minutes. */
const LIVES_MINUTES = 15;

type Row = Omit<CounterApproval, 'askedAt' | 'until'> & { askedAt: Date; until: Date; edition: string };

const SELECT = `
  SELECT a.id, a.shift_id AS "shiftId", s.till, s.clerk, s.edition_id AS edition, a.seats, a.reason, a.asked_at AS "askedAt", a.until,
         a.decided_by AS "decidedBy",
         CASE WHEN a.state IN ('asked', 'approved') AND a.until <= clock_timestamp() THEN 'lapsed' ELSE a.state END AS state
    FROM counter_approval a JOIN counter_shift s ON s.id = a.shift_id`;

/** Complimentary tickets: a clerk's own up to the limit of a shift, above it by a house manager's word for one sale. */
@Injectable()
export class Approvals {
  constructor(
    private readonly database: Database,
    private readonly idempotency: Idempotency,
    private readonly shifts: ShiftsQueries,
    @Inject(SETTINGS) private readonly settings: TicketsSettings,
  ) {}

  /** @throws shift-unknown, shift-not-yours, shift-closed */
  async ask(caller: Caller, key: string, body: AskApproval): Promise<CounterApproval> {
    const shift = await this.shifts.own(caller, body.shiftId);
    if (shift.state !== 'open') throw shiftClosed();
    const call = { key, caller: caller.id, operation: 'ask-approval', body };
    const { id } = await this.idempotency.once(call, async (tx) => {
      const made = newId();
      await tx.query(
        `INSERT INTO counter_approval (id, shift_id, seats, reason, until)
         VALUES ($1, $2, $3, $4, clock_timestamp() + make_interval(mins => $5))`,
        [made, shift.id, body.seats, body.reason, LIVES_MINUTES],
      );
      return { id: made };
    });
    return shape(await this.row(id));
  }

  /** Those of an edition that somebody waits for, the oldest first. */
  async waiting(edition: string): Promise<CounterApproval[]> {
    const rows = await this.database.query<Row>(
      `${SELECT} WHERE s.edition_id = $1 AND a.state = 'asked' AND a.until > clock_timestamp() ORDER BY a.asked_at LIMIT 100`,
      [edition],
    );
    return rows.map(shape);
  }

  /** @throws approval-unknown to who is neither its clerk nor a manager */
  async one(caller: Caller, id: string): Promise<CounterApproval> {
    const row = await this.row(id);
    if (row.clerk !== caller.id && !hasRole(caller, 'house-manager', row.edition)) throw approvalUnknown();
    return shape(row);
  }

  /** Told twice it stays decided. @throws approval-unknown, approved-by-clerk, approval-over */
  async decide(caller: Caller, id: string, approve: boolean): Promise<CounterApproval> {
    const row = await this.row(id);
    requireRoleIn(caller, row.edition, ['house-manager']);
    if (row.clerk === caller.id) throw approvedByClerk();
    const wanted = approve ? 'approved' : 'refused';
    if (row.state === wanted && row.decidedBy === caller.id) return shape(row);
    await this.database.transaction(async (tx) => {
      const [decided]: [unknown[], number] = await tx.query(
        `UPDATE counter_approval SET state = $2, decided_by = $3
          WHERE id = $1 AND state = 'asked' AND until > clock_timestamp() RETURNING id`,
        [id, wanted, caller.id],
      );
      if (decided.length === 0) throw approvalOver();
      await audit(tx, caller.id, `complimentary.${wanted}`, id, { seats: row.seats, shift: row.shiftId });
    });
    return shape(await this.row(id));
  }

  /** @throws approval-needed with the limit and what the shift has given away */
  async within(
    tx: Tx,
    caller: Caller,
    sale: {
      shift: string;
      order: string;
      seats: number;
      payment: Extract<CounterPayment, { by: 'complimentary' }>;
    },
  ): Promise<void> {
    await tx.query('SELECT 1 FROM counter_shift WHERE id = $1 FOR UPDATE', [sale.shift]);
    const [{ given }]: [{ given: number }] = await tx.query(
      `SELECT count(*)::int AS given FROM counter_sale s JOIN order_line l USING (order_id)
        WHERE s.shift_id = $1 AND s.paid_by = 'complimentary' AND s.approval_id IS NULL AND s.voided_at IS NULL AND s.order_id <> $2`,
      [sale.shift, sale.order],
    );
    const limit = this.settings.COUNTER_COMPLIMENTARY_LIMIT;
    if (sale.payment.approval) {
      const [used]: [unknown[], number] = await tx.query(
        `UPDATE counter_approval SET state = 'used', order_id = $2
          WHERE id = $1 AND shift_id = $3 AND seats >= $4 AND until > clock_timestamp()
            AND (state = 'approved' OR (state = 'used' AND NOT EXISTS (SELECT 1 FROM orders o WHERE o.id = counter_approval.order_id)))
          RETURNING id`,
        [sale.payment.approval, sale.order, sale.shift, sale.seats],
      );
      if (used.length === 0) throw approvalNeeded({ limit, given });
    } else if (given + sale.seats > limit) throw approvalNeeded({ limit, given });
    await audit(tx, caller.id, 'complimentary.given', sale.order, {
      seats: sale.seats,
      shift: sale.shift,
      ...(sale.payment.approval && { approval: sale.payment.approval }),
    });
  }

  private async row(id: string): Promise<Row> {
    const [row] = isId(id) ? await this.database.query<Row>(`${SELECT} WHERE a.id = $1`, [id]) : [];
    if (!row) throw approvalUnknown();
    return row;
  }
}

function shape({ edition: _, askedAt, until, ...row }: Row): CounterApproval {
  return { ...row, askedAt: askedAt.toISOString(), until: until.toISOString() };
}

async function audit(tx: Tx, actor: string, action: string, subject: string, facts: object): Promise<void> {
  await tx.query('INSERT INTO audit_entry (actor, action, subject, facts) VALUES ($1, $2, $3, $4)', [
    actor,
    action,
    subject,
    JSON.stringify(facts),
  ]);
}
