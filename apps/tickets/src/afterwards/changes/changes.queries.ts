import { Injectable } from '@nestjs/common';
import type { PriceRules, ReturnTerms } from '#libs/contracts';
import { Database } from '#libs/persistence';
import type { Caller } from '#libs/service-defaults';
import { FestivalClock } from '../../copies/programme-copy/festival-clock.js';
import { type OrderRow, OrdersQueries } from '../../sale/orders/orders.queries.js';
import { PriceRulesQueries } from '../../sale/pricing/price-rules.queries.js';
import { linesUnknown } from './change.refusals.js';
import { type ChangeableLine, returnTerms } from './change.rules.js';

/** An order with all that its changes depend on, at one moment of festival time. */
export interface Changeable {
  order: OrderRow;
  lines: Map<number, ChangeableLine>;
  rules: PriceRules;
  at: Date;
}

@Injectable()
export class ChangesQueries {
  constructor(
    private readonly database: Database,
    private readonly orders: OrdersQueries,
    private readonly rules: PriceRulesQueries,
    private readonly festival: FestivalClock,
  ) {}

  /** @throws order-unknown for whoever is neither buyer nor key holder */
  async changeable(id: string, caller: Caller, key: string | undefined): Promise<Changeable> {
    return this.of(await this.orders.owned(id, caller, key));
  }

  /** The same for an order that was read already. */
  async of(order: OrderRow): Promise<Changeable> {
    const rows = await this.database.hot<ChangeableLine>(
      'changeable-lines',
      `SELECT l.line_no AS line, l.amount::float8 AS amount, s.starts_at AS "startsAt",
              (SELECT r.until FROM refund_right r WHERE r.order_id = l.order_id AND r.screening_id = l.screening_id
                ORDER BY r.until DESC LIMIT 1) AS "freeUntil",
              (SELECT jsonb_build_object('id', t.id, 'state', t.state, 'transferred', t.holder_id IS NOT NULL,
                      'entered', EXISTS (SELECT 1 FROM scan c WHERE c.screening_id = t.screening_id AND c.serial = t.serial AND c.verdict = 'ok'),
                      'underExchange', EXISTS (SELECT 1 FROM order_line x JOIN orders n ON n.id = x.order_id
                                                WHERE x.replaces = t.id AND n.state IN ('awaiting-payment', 'expiring')))
                 FROM ticket t WHERE t.order_id = l.order_id AND t.line_no = l.line_no ORDER BY t.issued_at DESC LIMIT 1) AS ticket
         FROM order_line l JOIN screening_copy s USING (screening_id) WHERE l.order_id = $1 ORDER BY l.line_no`,
      [order.id],
    );
    return {
      order,
      lines: new Map(rows.map((row) => [row.line, row])),
      rules: (await this.rules.of(order.edition)).rules,
      at: await this.festival.now(order.edition),
    };
  }

  async terms(id: string, caller: Caller, key: string | undefined): Promise<ReturnTerms> {
    const { order, lines, rules, at } = await this.changeable(id, caller, key);
    const money = (amount: number) => ({ amount, currency: order.currency });
    return {
      lines: [...lines.values()].map((line) => {
        const terms = returnTerms(line, order.state === 'paid', rules, at);
        return {
          ...terms,
          until: terms.until?.toISOString() ?? null,
          exchangeUntil: terms.exchangeUntil?.toISOString() ?? null,
          fee: money(terms.fee),
          refund: money(terms.refund),
        };
      }),
    };
  }
}

/** The lines that were named, in the order of their numbers. @throws order-line-unknown */
export function chosenLines(changeable: Changeable, numbers: readonly number[]): ChangeableLine[] {
  const unknown = numbers.filter((number) => !changeable.lines.has(number));
  if (unknown.length > 0) throw linesUnknown({ lines: unknown });
  return [...numbers].sort((a, b) => a - b).map((number) => changeable.lines.get(number)!);
}
