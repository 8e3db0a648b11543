import { Injectable } from '@nestjs/common';
import type { DrawerMovement, Shift, ShiftFigures, ShiftRow, ShiftState, XReport, ZReport } from '#libs/contracts';
import { isId } from '#libs/kernel';
import { Database } from '#libs/persistence';
import { type Caller, hasRole } from '#libs/service-defaults';
import { shiftNotYours, shiftStillOpen, shiftUnknown } from './shift.refusals.js';
import { blinded, type Onlooker, tellsCash } from './shift.rules.js';

export interface OneShift {
  id: string;
  edition: string;
  till: string;
  clerk: string;
  currency: string;
  state: ShiftState;
  openedAt: Date;
  openingFloat: number;
  closedAt: Date | null;
  counted: number | null;
  denominations: Record<string, number> | null;
  expected: number | null;
  figures: ShiftFigures | null;
  zNumber: number | null;
  signedBy: string | null;
  signedAt: Date | null;
  signNote: string | null;
}

interface Counted {
  sales: number;
  tickets: number;
  complimentary: number;
  voided: number;
  reprints: number;
  unresolved: number;
  cards: number;
  taken: number;
  returned: number;
}

interface Moved {
  kind: DrawerMovement['kind'];
  n: number;
  sum: number;
  rounding: number;
}

type Reader = { query(sql: string, values: unknown[]): Promise<unknown> };

const COLUMNS = `id, edition_id AS edition, till, clerk, currency, state, opened_at AS "openedAt", opening_float::float8 AS "openingFloat",
  closed_at AS "closedAt", counted::float8 AS counted, denominations, expected::float8 AS expected, figures, z_number AS "zNumber",
  signed_by AS "signedBy", signed_at AS "signedAt", sign_note AS "signNote"`;

/** Shifts as the counter and the office read them. */
@Injectable()
export class ShiftsQueries {
  constructor(private readonly database: Database) {}

  /** @throws shift-unknown, also to who has no business in its edition */
  async one(caller: Caller, id: string): Promise<OneShift> {
    const [row] = isId(id)
      ? await this.database.query<OneShift>(`SELECT ${COLUMNS} FROM counter_shift WHERE id = $1`, [id])
      : [];
    if (!row) throw shiftUnknown();
    const who = onlooker(caller, row);
    if (!who.isClerk && !who.isManager) throw shiftUnknown();
    return row;
  }

  /** The caller's own shift, whose state is left to who locks it. @throws shift-unknown, shift-not-yours */
  async own(caller: Caller, id: string): Promise<OneShift> {
    const shift = await this.one(caller, id);
    if (shift.clerk !== caller.id || !hasRole(caller, 'box-office', shift.edition)) throw shiftNotYours();
    return shift;
  }

  async mine(caller: Caller, edition: string): Promise<Shift | null> {
    const [row] = await this.database.query<OneShift>(
      `SELECT ${COLUMNS} FROM counter_shift WHERE clerk = $1 AND edition_id = $2 AND state = 'open'`,
      [caller.id, edition],
    );
    return row ? this.view(caller, row) : null;
  }

  async view(caller: Caller, shift: OneShift): Promise<Shift> {
    const told = tellsCash(shift.state, onlooker(caller, shift));
    const rows = await this.database.query<Omit<DrawerMovement, 'amount' | 'at'> & { amount: number; at: Date }>(
      `SELECT m.id, m.kind, m.amount::float8 AS amount, m.reason, o.number AS "orderNumber", m.actor AS by, m.at
         FROM drawer_movement m LEFT JOIN orders o ON o.id = m.order_id WHERE m.shift_id = $1 ORDER BY m.at, m.id`,
      [shift.id],
    );
    return {
      id: shift.id,
      editionId: shift.edition,
      till: shift.till,
      clerk: shift.clerk,
      mine: shift.clerk === caller.id,
      state: shift.state,
      openedAt: shift.openedAt.toISOString(),
      openingFloat: { amount: shift.openingFloat, currency: shift.currency },
      closedAt: shift.closedAt?.toISOString() ?? null,
      movements: rows.map(({ amount, at, ...row }) => ({
        ...row,
        amount: told || row.kind !== 'sale' ? { amount, currency: shift.currency } : null,
        at: at.toISOString(),
      })),
    };
  }

  async list(edition: string, day: string | undefined): Promise<ShiftRow[]> {
    const rows = await this.database.query<
      Omit<ShiftRow, 'difference' | 'openedAt' | 'closedAt'> & {
        difference: number | null;
        currency: string;
        openedAt: Date;
        closedAt: Date | null;
      }
    >(
      `SELECT s.id, s.till, s.clerk, s.state, s.opened_at AS "openedAt", s.closed_at AS "closedAt", s.currency,
              (SELECT count(*)::int FROM counter_sale x JOIN orders o ON o.id = x.order_id
                WHERE x.shift_id = s.id AND o.paid_at IS NOT NULL AND x.voided_at IS NULL) AS sales,
              (s.counted - s.expected)::float8 AS difference, s.z_number AS "zNumber"
         FROM counter_shift s
         LEFT JOIN edition_copy e USING (edition_id) LEFT JOIN festival_clock c USING (edition_id)
        WHERE s.edition_id = $1
          AND ($2::date IS NULL OR ((s.opened_at + make_interval(secs => coalesce(c.offset_ms, 0) / 1000.0))
                                    AT TIME ZONE coalesce(e.timezone, 'UTC'))::date = $2)
        ORDER BY s.opened_at DESC LIMIT 200`,
      [edition, day ?? null],
    );
    return rows.map(({ difference, currency, openedAt, closedAt, ...row }) => ({
      ...row,
      openedAt: openedAt.toISOString(),
      closedAt: closedAt?.toISOString() ?? null,
      difference: difference === null ? null : { amount: difference, currency },
    }));
  }

  async xReport(caller: Caller, id: string): Promise<XReport> {
    const shift = await this.one(caller, id);
    const figures = shift.figures ?? (await this.figures(this.database, shift));
    return {
      shiftId: shift.id,
      till: shift.till,
      at: new Date().toISOString(),
      figures: blinded(figures, shift.state, onlooker(caller, shift)),
    };
  }

  /** @throws shift-unknown, shift-still-open */
  async zReport(caller: Caller, id: string): Promise<ZReport> {
    return zReportOf(await this.one(caller, id));
  }

  /** Everything a shift did so far; inside the transaction that closes it, the last word. */
  async figures(on: Reader, shift: OneShift): Promise<ShiftFigures> {
    const [counted] = (await on.query(SALES, [shift.id])) as [Counted];
    const moved = (await on.query(
      `SELECT kind, count(*)::int AS n, sum(amount)::float8 AS sum, sum(rounding)::float8 AS rounding
         FROM drawer_movement WHERE shift_id = $1 GROUP BY kind`,
      [shift.id],
    )) as Moved[];
    const money = (amount: number) => ({ amount, currency: shift.currency });
    const of = (kind: Moved['kind']) => moved.find((one) => one.kind === kind) ?? { n: 0, sum: 0, rounding: 0 };
    const { sales, tickets, complimentary, voided, reprints, unresolved } = counted;
    return {
      sales,
      tickets,
      complimentary,
      voided,
      reprints,
      unresolved,
      openingFloat: money(shift.openingFloat),
      payIn: money(of('pay-in').sum),
      payOut: money(plain(-of('pay-out').sum)),
      terminal: { sales: counted.cards, taken: money(counted.taken), returned: money(counted.returned) },
      cash: {
        sales: of('sale').n,
        taken: money(of('sale').sum),
        returned: money(plain(-of('refund').sum)),
        rounding: money(of('sale').rounding + of('refund').rounding),
        expected: money(moved.reduce((sum, one) => sum + one.sum, 0)),
      },
    };
  }
}

export function onlooker(caller: Caller, shift: Pick<OneShift, 'clerk' | 'edition'>): Onlooker {
  return {
    isClerk: caller.id === shift.clerk,
    isManager: hasRole(caller, 'house-manager', shift.edition) || hasRole(caller, 'finance', shift.edition),
  };
}

/** @throws shift-still-open */
export function zReportOf(shift: OneShift): ZReport {
  const { figures, closedAt, counted, expected, zNumber, currency } = shift;
  if (!figures || !closedAt || counted === null || expected === null || zNumber === null) throw shiftStillOpen();
  return {
    shiftId: shift.id,
    editionId: shift.edition,
    number: zNumber,
    till: shift.till,
    clerk: shift.clerk,
    openedAt: shift.openedAt.toISOString(),
    closedAt: closedAt.toISOString(),
    figures,
    counted: { amount: counted, currency },
    denominations: shift.denominations,
    difference: { amount: counted - expected, currency },
    signed:
      shift.signedBy && shift.signedAt
        ? { by: shift.signedBy, at: shift.signedAt.toISOString(), note: shift.signNote ?? '' }
        : null,
  };
}

/** No minus zero on a report. */
function plain(amount: number): number {
  return amount === 0 ? 0 : amount;
}

const SALES = `
  WITH sold AS (SELECT s.*, o.paid_at FROM counter_sale s JOIN orders o ON o.id = s.order_id WHERE s.shift_id = $1),
       cards AS (SELECT a.* FROM payment_attempt a JOIN sold ON sold.order_id = a.order_id WHERE a.provider = 'terminal')
  SELECT count(*) FILTER (WHERE paid_at IS NOT NULL AND voided_at IS NULL)::int AS sales,
         (SELECT count(*) FROM order_line l JOIN sold x USING (order_id) WHERE x.paid_at IS NOT NULL AND x.voided_at IS NULL)::int AS tickets,
         (SELECT count(*) FROM order_line l JOIN sold x USING (order_id)
           WHERE x.paid_at IS NOT NULL AND x.voided_at IS NULL AND x.paid_by = 'complimentary')::int AS complimentary,
         count(*) FILTER (WHERE voided_at IS NOT NULL)::int AS voided,
         (SELECT count(*) FROM ticket_reprint WHERE shift_id = $1)::int AS reprints,
         (SELECT count(DISTINCT order_id) FROM cards WHERE state IN ('opening', 'open', 'unknown'))::int AS unresolved,
         (SELECT count(*) FROM cards WHERE captured > 0)::int AS cards,
         (SELECT coalesce(sum(captured), 0) FROM cards)::float8 AS taken,
         (SELECT coalesce(sum(refund_target), 0) FROM cards)::float8 AS returned
    FROM sold`;
