import { Inject, Injectable } from '@nestjs/common';
import { roundedCash } from '#libs/kernel';
import { Relay } from '#libs/messaging';
import { Database } from '#libs/persistence';
import { type Caller, SETTINGS } from '#libs/service-defaults';
import type { Confirmation } from '../../inventory/seats/inventory.port.js';
import { ReconcileSeats } from '../../inventory/seats/reconcile-seats.js';
import { callFunction } from '../../inventory/seats/sql-function.js';
import type { OrderRow } from '../../sale/orders/orders.queries.js';
import { OrdersQueries } from '../../sale/orders/orders.queries.js';
import { CardTerminal, TERMINAL } from '../../sale/payments/card-terminal.js';
import { ConfirmPayment } from '../../sale/payments/confirm-payment.js';
import { type AttemptRow, PaymentAttempts } from '../../sale/payments/payment-attempts.store.js';
import type { TicketsSettings } from '../../settings.js';
import { tenderedTooLittle, terminalNotSetUp } from './counter-sale.refusals.js';
import { paymentIdOf } from './counter-sale.rules.js';

/** What the line of an order is called by which cash was rounded. */
export const CASH_ROUNDING = { kk: 'Қолма-қол ақшаны дөңгелектеу', ru: 'Округление наличных', en: 'Rounding of cash' };
const LIVE: ReadonlySet<string> = new Set(['opening', 'open', 'unknown']);

/**
 * Money for an order of the counter, by the same attempts and the same one deed that confirms as everywhere. A terminal
 * that does not answer leaves the attempt `unknown`: then nothing is sold and nothing is free until it has said.
 */
@Injectable()
export class TakePayment {
  constructor(
    private readonly database: Database,
    private readonly orders: OrdersQueries,
    private readonly attempts: PaymentAttempts,
    private readonly confirm: ConfirmPayment,
    private readonly reconcile: ReconcileSeats,
    private readonly relay: Relay,
    @Inject(CardTerminal) private readonly terminal: CardTerminal | undefined,
    @Inject(SETTINGS) private readonly settings: TicketsSettings,
  ) {}

  /** @throws tendered-too-little, payment-unresolved, order-not-payable, shift-closed */
  async cash(caller: Caller, order: OrderRow, shift: string, tendered: number): Promise<void> {
    const { full } = await this.orders.telling(order.id);
    const { total, roundedBy } = roundedCash(Number(order.total), this.settings.COUNTER_CASH_STEP);
    if (tendered < total) throw tenderedTooLittle({ total, tendered });
    const taken = { order: order.id, shift, actor: caller.id, tendered, rounding: roundedBy, name: CASH_ROUNDING };
    const confirmation = await this.database.transaction((tx) =>
      callFunction<Confirmation>(tx, 'take_cash($1, $2)', [taken, full]),
    );
    this.relay.wake();
    await this.reconcile.tell('claimed', confirmation.claims);
    if (confirmation.freed) await this.reconcile.tell('freed', confirmation.freed);
  }

  /** Whether cash of that much will do; asked before anything is placed. @throws tendered-too-little */
  requireEnough(total: number, tendered: number): void {
    const rounded = roundedCash(total, this.settings.COUNTER_CASH_STEP);
    if (tendered < rounded.total) throw tenderedTooLittle({ total: rounded.total, tendered });
  }

  /** @throws terminal-not-set-up */
  requireTerminal(): CardTerminal {
    if (!this.terminal) throw terminalNotSetUp();
    return this.terminal;
  }

  /**
   * An attempt that has not ended is gone on with, and one that was begun by this key is not begun again: nobody is asked
   * for a card twice.
   * @throws order-not-payable, shift-closed
   */
  async card(order: OrderRow, shift: string, key: string): Promise<void> {
    const terminal = this.requireTerminal();
    const seconds = this.settings.COUNTER_PAY_SECONDS;
    const intent = await this.database.transaction((tx) =>
      callFunction<{ attempt: string; made: boolean }>(tx, 'intend_terminal($1, $2, $3, $4)', [
        order.id,
        shift,
        paymentIdOf(order.id, key),
        seconds,
      ]),
    );
    const attempt = intent.made ? await this.attempts.one(intent.attempt) : undefined;
    if (attempt) {
      const opened = await terminal.open({
        ...attempt,
        description: order.number,
        language: order.language,
        lifeSeconds: seconds,
        urls: { check: undefined, result: '', success: '', failure: '' },
      });
      if (opened.outcome === 'open') await this.attempts.opened(attempt.id, opened.providerPaymentId, '');
      else await this.attempts.become(attempt.id, opened.outcome === 'refused' ? 'closed' : 'unknown');
    }
    await this.ask(order.id);
  }

  /** Asks the terminal what became of what is open, and does what follows from its word. */
  async ask(order: string): Promise<void> {
    if (!this.terminal) return;
    for (const attempt of await this.live(order)) {
      const status = await this.terminal.status(attempt);
      if (status.outcome === 'paid') await this.confirm.execute({ id: attempt.id, orderId: order }, status.amount);
      else if (status.outcome === 'failed') await this.attempts.become(attempt.id, 'closed');
      else if (status.outcome === 'unknown') await this.attempts.become(attempt.id, 'unknown');
      else if (attempt.state === 'unknown')
        await this.attempts.opened(attempt.id, attempt.providerPaymentId ?? '', attempt.redirectUrl ?? '');
    }
  }

  /**
   * Makes sure that no terminal takes money for the order any more.
   * @returns whether that is certain now, or what it turned out to have taken was confirmed
   */
  async stop(order: string): Promise<'stopped' | 'paid' | 'unknown'> {
    for (const attempt of await this.live(order)) {
      const closed = await this.requireTerminal().close(attempt);
      if (closed.outcome === 'paid') {
        await this.confirm.execute({ id: attempt.id, orderId: order }, closed.amount);
        return 'paid';
      }
      await this.attempts.become(attempt.id, closed.outcome);
      if (closed.outcome === 'unknown') return 'unknown';
    }
    return 'stopped';
  }

  private async live(order: string): Promise<AttemptRow[]> {
    return (await this.attempts.ofOrder(order)).filter(
      (attempt) => attempt.provider === TERMINAL && LIVE.has(attempt.state),
    );
  }
}
