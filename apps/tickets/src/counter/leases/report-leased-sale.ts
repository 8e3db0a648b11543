import { Inject, Injectable } from '@nestjs/common';
import {
  type LeaseConflictReason,
  type LeasedSaleReported,
  nobodyOf,
  type ReportLeasedSale as Report,
} from '#libs/contracts';
import { KZT, Refusal, roundedCash } from '#libs/kernel';
import { Relay } from '#libs/messaging';
import { Database } from '#libs/persistence';
import { type Caller, fingerprint, idempotencyKeyReused, SETTINGS } from '#libs/service-defaults';
import type { ClaimedSeat, PlaceOrderDocument } from '../../inventory/seats/inventory.port.js';
import { ReconcileSeats } from '../../inventory/seats/reconcile-seats.js';
import { SeatMap } from '../../inventory/seats/seat-map.js';
import { callFunction } from '../../inventory/seats/sql-function.js';
import { orderNumber } from '../../sale/orders/order.rules.js';
import { tellOrder, tellPaid } from '../../sale/orders/order-telling.js';
import type { TicketsSettings } from '../../settings.js';
import { counterBuyer, saleIdOf } from '../counter-sales/counter-sale.rules.js';
import { CounterSalesQueries } from '../counter-sales/counter-sales.queries.js';
import { intendSale } from '../counter-sales/intend-sale.js';
import { CASH_ROUNDING } from '../counter-sales/take-payment.js';
import { leasedSeatUnknown } from './lease.refusals.js';
import { conflictOf } from './lease.rules.js';
import { type LeasedPrice, leasedLines } from './leased-price.rules.js';
import { type LeasedSeatRow, LeasesQueries, type OneLease, placeNow } from './leases.queries.js';

interface Chosen {
  row: LeasedSeatRow;
  price: LeasedPrice;
}

/**
 * A sale that was made without a line. It has happened: it is booked as it was made, or listed as a conflict, and never
 * refused for what became of its seats. Reported twice, also at once, it is one.
 */
@Injectable()
export class ReportLeasedSale {
  constructor(
    private readonly database: Database,
    private readonly leases: LeasesQueries,
    private readonly sales: CounterSalesQueries,
    private readonly reconcile: ReconcileSeats,
    private readonly map: SeatMap,
    private readonly relay: Relay,
    @Inject(SETTINGS) private readonly settings: TicketsSettings,
  ) {}

  /** @throws lease-unknown, shift-not-yours, leased-seat-unknown, idempotency-key-reused */
  async execute(caller: Caller, leaseId: string, key: string, report: Report): Promise<LeasedSaleReported> {
    const lease = await this.leases.own(caller, leaseId);
    const call = { id: saleIdOf(lease.shift, key), key, print: fingerprint({ leaseId, ...report }) };
    const known = await this.known(call);
    if (known) return known;
    const seats = await this.leases.seats(lease.id);
    const chosen = report.lines.map(({ line, kind }): Chosen => {
      const row = seats.find((seat) => seat.line === line);
      const price = row?.kinds.find((one) => one.kind === kind);
      if (!row || !price) throw leasedSeatUnknown({ line, kind });
      return { row, price };
    });
    const reason = await this.book(caller, lease, call, report, chosen).catch((error) => whyNot(error));
    if (reason) await this.list(caller, lease, call, report, chosen, reason);
    return (await this.known(call))!;
  }

  private async known(call: { id: string; print: string }): Promise<LeasedSaleReported | undefined> {
    const sale = await this.sales.row(call.id);
    const listed = sale ? undefined : await this.leases.conflict(call.id);
    const print = sale?.fingerprint ?? listed?.fingerprint;
    if (print !== undefined && print !== call.print) throw idempotencyKeyReused();
    if (sale) return { outcome: 'sold', sale: await this.sales.view(call.id), conflict: null };
    return listed && { outcome: 'conflict', sale: null, conflict: listed.conflict };
  }

  /** All of it in one transaction. @returns why it could not be, where that is seen before the database is asked */
  private async book(
    caller: Caller,
    lease: OneLease,
    call: { id: string; key: string; print: string },
    report: Report,
    chosen: readonly Chosen[],
  ): Promise<LeaseConflictReason | undefined> {
    const facts = await this.leases.facts(lease.screening);
    const { data } = facts;
    const sold = chosen.map(({ row, price }) => {
      // Claimed by its order, or by whoever has it since: told of only where the lease itself still runs.
      const seat = row.seat ?? '';
      const { row: label, seat: number } = placeNow(facts, row);
      return { seat, row: label, number, category: row.category, price };
    });
    const { lines, items, total } = leasedLines(
      { id: lease.screening, plan: data.planVersion, planId: data.planId },
      sold,
    );
    const cash = roundedCash(total, this.settings.COUNTER_CASH_STEP);
    if (report.total !== cash.total || report.tendered < cash.total) return 'total-differs';
    const order = {
      id: call.id,
      number: orderNumber(call.id),
      edition: lease.edition,
      person: nobodyOf(call.id),
      language: report.language,
      total,
      currency: KZT,
    };
    const buyer = counterBuyer(lease.shift).id;
    const paid = tellPaid(
      order,
      lines.map((line) => ({
        facts,
        line: {
          line: line.line,
          screening: line.screening,
          row: line.row_label,
          seat: line.seat_label,
          amount: line.amount,
        },
      })),
    );
    const document: PlaceOrderDocument = {
      idempotency: { caller: buyer, key: call.key, fingerprint: call.print },
      order: { ...order, buyer, consent: {}, paySeconds: this.settings.COUNTER_PAY_SECONDS, channel: 'counter' },
      lines,
      items,
      limits: [],
      offer: lease.id,
      told: { ...tellOrder(order), total: { amount: total, currency: KZT } },
      toldPaid: total === 0 ? paid : {},
    };
    const taken = {
      order: call.id,
      shift: lease.shift,
      actor: caller.id,
      tendered: report.tendered,
      rounding: cash.roundedBy,
      name: CASH_ROUNDING,
    };
    const claims = await this.database.transaction(async (tx) => {
      await intendSale(tx, { id: call.id, print: call.print, shift: lease.shift, by: 'cash' });
      return callFunction<ClaimedSeat[]>(tx, 'sell_leased($1, $2, $3, $4)', [lease.id, document, taken, paid]);
    });
    this.relay.wake();
    await this.reconcile.tell('claimed', claims);
    this.map.touch(lease.screening);
    return undefined;
  }

  private async list(
    caller: Caller,
    lease: OneLease,
    call: { id: string; print: string },
    report: Report,
    chosen: readonly Chosen[],
    reason: LeaseConflictReason,
  ): Promise<void> {
    const facts = await this.leases.facts(lease.screening);
    const seats = chosen.map(({ row, price }) => ({ ...placeNow(facts, row), kind: price.kind }));
    await this.database.transaction((tx) =>
      callFunction(tx, 'list_lease_conflict($1)', [
        {
          id: call.id,
          lease: lease.id,
          fingerprint: call.print,
          reason,
          seats,
          total: report.total,
          soldAt: report.soldAt,
          by: caller.id,
        },
      ]),
    );
  }
}

/** @throws whatever says nothing about the sale itself: the counter reports it again */
function whyNot(error: unknown): LeaseConflictReason {
  const reason = error instanceof Refusal ? conflictOf(error) : undefined;
  if (!reason) throw error;
  return reason;
}
