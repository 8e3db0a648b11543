import { Injectable } from '@nestjs/common';
import type { AccreditationFee, DemandFee, FeeState, Order, OrderFee, WithdrawFee } from '#libs/contracts';
import { type LocalText, Refusal } from '#libs/kernel';
import { Relay } from '#libs/messaging';
import { Database } from '#libs/persistence';
import { type Caller, fingerprint } from '#libs/service-defaults';
import { FestivalClock } from '../../copies/programme-copy/festival-clock.js';
import { allocationFull } from '../../inventory/seats/seat.refusals.js';
import { callFunction } from '../../inventory/seats/sql-function.js';
import { CommitOrder } from '../../sale/orders/commit-order.js';
import { OrdersQueries } from '../../sale/orders/orders.queries.js';
import { CancelOrder } from '../changes/cancel-order.js';
import { feeNotDue, feeOrderOpen, feeOverdue, feeUnknown } from './fee.refusals.js';

interface FeeRow {
  person: string;
  edition: string;
  name: LocalText;
  amount: string;
  currency: string;
  payUntil: Date;
  round: number;
  state: AccreditationFee['state'];
  orderId: string | null;
}

/** The fee of an accreditation: accreditations demands and withdraws it, its applicant pays it by an order. */
@Injectable()
export class AccreditationFees {
  constructor(
    private readonly database: Database,
    private readonly festival: FestivalClock,
    private readonly commit: CommitOrder,
    private readonly orders: OrdersQueries,
    private readonly cancel: CancelOrder,
    private readonly relay: Relay,
  ) {}

  /** What was demanded in an earlier round is withdrawn first, with the order that waits for it: it may be another amount. */
  async demand(fee: DemandFee): Promise<FeeState> {
    const before = await this.withdraw(fee.applicationId, { round: fee.round - 1 });
    if (before.state === 'open') return before;
    const state = await this.database.transaction((tx) => callFunction<FeeState['state']>(tx, 'demand_fee($1)', [fee]));
    return { state };
  }

  /**
   * An order that waits for its payment is given up; what its page still takes goes back by itself.
   * @param command.round what was demanded in a higher one stays
   * @param command.paid give back what was paid already: its application has ended
   */
  async withdraw(applicationId: string, { round, paid }: WithdrawFee): Promise<FeeState> {
    const [fee] = await this.database.query<{ round: number; open: string | null }>(
      'SELECT round, open_fee_order(application_id::text) AS open FROM accreditation_fee WHERE application_id = $1',
      [applicationId],
    );
    if (!fee) return { state: 'withdrawn' };
    if (fee.round <= round && fee.open) await this.cancel.within(fee.open, 'buyer');
    const state = await this.database.transaction((tx) =>
      callFunction<FeeState['state']>(tx, 'withdraw_fee($1, $2)', [applicationId, round]),
    );
    if (fee.round > round || state !== 'paid' || paid !== 'return') return { state };
    const after = await this.database.transaction((tx) =>
      callFunction<FeeState['state']>(tx, 'return_fee($1)', [applicationId]),
    );
    this.relay.wake();
    return { state: after };
  }

  async mine(caller: Caller, applicationId: string): Promise<AccreditationFee> {
    const fee = await this.row(caller, applicationId);
    return {
      applicationId,
      editionId: fee.edition,
      name: fee.name,
      price: { amount: Number(fee.amount), currency: fee.currency },
      payUntil: fee.payUntil.toISOString(),
      state: fee.state,
      orderId: fee.orderId,
    };
  }

  /** @throws fee-unknown, fee-not-due, fee-overdue, fee-order-open */
  async order(caller: Caller, key: string, applicationId: string, body: OrderFee): Promise<Order> {
    const call = { caller: caller.id, key, fingerprint: fingerprint({ applicationId, ...body }) };
    const fee = await this.row(caller, applicationId);
    const before = await this.orders.placedBefore(caller, key, call.fingerprint);
    if (before) return before;
    if (fee.state !== 'due') throw feeNotDue({ state: fee.state });
    if ((await this.festival.now(fee.edition)) > fee.payUntil)
      throw feeOverdue({ payUntil: fee.payUntil.toISOString() });
    const amount = Number(fee.amount);
    try {
      return await this.commit.execute(caller, {
        idempotency: call,
        edition: fee.edition,
        person: caller.id,
        language: body.language,
        consent: body.consent,
        order: {
          lines: [],
          items: [{ no: 1, kind: 'fee', subject: `accreditation:${applicationId}`, name: fee.name, amount }],
          limits: [{ candidates: [`fee:${applicationId}:${fee.round}`], lines: [], n: 1 }],
          passes: [],
          total: amount,
          promo: undefined,
        },
      });
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== allocationFull.code) throw error;
      throw feeOrderOpen({ orderId: (await this.row(caller, applicationId)).orderId }, { cause: error });
    }
  }

  private async row(caller: Caller, applicationId: string): Promise<FeeRow> {
    const [row] = await this.database.query<FeeRow>(
      `SELECT person_id AS person, edition_id AS edition, name, amount, currency, pay_until AS "payUntil", round, state,
              coalesce(order_id, open_fee_order(application_id::text)) AS "orderId"
         FROM accreditation_fee WHERE application_id = $1 AND person_id = $2`,
      [applicationId, caller.id],
    );
    if (!row) throw feeUnknown();
    return row;
  }
}
