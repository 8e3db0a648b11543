import { Injectable } from '@nestjs/common';
import type { OrderAtDesk, ReturnAtDesk as ReturnAtDeskBody } from '#libs/contracts';
import { Database } from '#libs/persistence';
import type { Caller } from '#libs/service-defaults';
import { changeRefused, feeChanged } from '../changes/change.refusals.js';
import { ticketTrouble } from '../changes/change.rules.js';
import { ChangesQueries, chosenLines } from '../changes/changes.queries.js';
import { ReturnLines } from '../changes/return-lines.js';
import { OrderDeskQueries } from './order-desk.queries.js';

/**
 * Staff give tickets back for a buyer: the edition's hour does not bind them, a used or passed-on ticket does.
 * Lines that went back before are a success. The reason stays with the order and in the audit log.
 */
@Injectable()
export class ReturnAtDesk {
  constructor(
    private readonly database: Database,
    private readonly changes: ChangesQueries,
    private readonly lines: ReturnLines,
    private readonly desk: OrderDeskQueries,
  ) {}

  /** @throws order-unknown, order-line-unknown, fee-changed when more would stay than was paid, ticket-ended and its kin */
  async execute(caller: Caller, id: string, body: ReturnAtDeskBody): Promise<OrderAtDesk> {
    const order = await this.desk.row(id);
    const changeable = await this.changes.of(order);
    const gone = new Set(order.lines?.filter((line) => line.endedAs === 'refunded').map((line) => line.line));
    const standing = chosenLines(changeable, body.lines).filter((line) => !gone.has(line.line));
    for (const line of standing) {
      const why = ticketTrouble(line, order.state === 'paid');
      if (why) throw changeRefused(why, line.line);
    }
    if (standing.length > 0) {
      const worth = standing.reduce((sum, line) => sum + line.amount, 0);
      if (body.keptFee > worth) throw feeChanged({ expected: body.keptFee, fee: worth });
      const numbers = standing.map((line) => line.line);
      await this.note(caller, id, numbers, body);
      await this.lines.execute({ order: id, lines: numbers, keptFee: body.keptFee, reason: 'buyer' });
    }
    return this.desk.atDesk(await this.desk.row(id));
  }

  /** Who gave what back and why stands before it is done: a crash in between leaves the asking, never a deed without a name. */
  private async note(caller: Caller, order: string, lines: number[], body: ReturnAtDeskBody): Promise<void> {
    await this.database.transaction(async (tx) => {
      await tx.query('INSERT INTO order_note (order_id, actor, text) VALUES ($1, $2, $3)', [
        order,
        caller.id,
        body.reason,
      ]);
      await tx.query(
        `INSERT INTO audit_entry (actor, action, subject, facts) VALUES ($1, 'tickets.returned-at-desk', $2, $3)`,
        [caller.id, order, JSON.stringify({ lines, keptFee: body.keptFee })],
      );
    });
  }
}
