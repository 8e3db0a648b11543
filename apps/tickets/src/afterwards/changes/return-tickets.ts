import { Injectable } from '@nestjs/common';
import type { Order, ReturnTickets as ReturnTicketsBody } from '#libs/contracts';
import type { Caller } from '#libs/service-defaults';
import { OrdersQueries } from '../../sale/orders/orders.queries.js';
import { changeRefused, feeChanged } from './change.refusals.js';
import { returnTerms } from './change.rules.js';
import { ChangesQueries, chosenLines } from './changes.queries.js';
import { ReturnLines } from './return-lines.js';

/** The buyer gives tickets back, in time and less the edition's fee. Lines that went back before are a success. */
@Injectable()
export class ReturnTickets {
  constructor(
    private readonly changes: ChangesQueries,
    private readonly lines: ReturnLines,
    private readonly orders: OrdersQueries,
  ) {}

  /** @throws order-unknown, order-line-unknown, fee-changed, ticket-ended and its kin, change-too-late */
  async execute(caller: Caller, id: string, key: string | undefined, body: ReturnTicketsBody): Promise<Order> {
    const changeable = await this.changes.changeable(id, caller, key);
    const gone = new Set(
      changeable.order.lines?.filter((line) => line.endedAs === 'refunded').map((line) => line.line),
    );
    const standing = chosenLines(changeable, body.lines).filter((line) => !gone.has(line.line));
    const terms = standing.map((line) =>
      returnTerms(line, changeable.order.state === 'paid', changeable.rules, changeable.at),
    );
    for (const { line, why } of terms) if (why) throw changeRefused(why, line);
    if (terms.length > 0) {
      const fee = terms.reduce((sum, one) => sum + one.fee, 0);
      if (fee !== body.expectedFee) throw feeChanged({ expected: body.expectedFee, fee });
      await this.lines.execute({ order: id, lines: terms.map(({ line }) => line), keptFee: fee, reason: 'buyer' });
    }
    return this.orders.view(id, caller, key);
  }
}
