import { Inject, Injectable } from '@nestjs/common';
import { isId, minorUnits } from '#libs/kernel';
import { INVENTORY, type InventoryPort } from '../../inventory/seats/inventory.port.js';
import { ConfirmPayment } from './confirm-payment.js';
import { FreedomPay } from './freedom-pay.js';
import { PaymentAttempts } from './payment-attempts.store.js';

export interface CallbackAnswer {
  status: number;
  body: string;
}

/** Freedom Pay calls: check_url before it takes money, result_url after. Twice, late, forged and out of order. */
@Injectable()
export class HearProvider {
  constructor(
    private readonly freedomPay: FreedomPay,
    private readonly attempts: PaymentAttempts,
    private readonly confirm: ConfirmPayment,
    @Inject(INVENTORY) private readonly inventory: InventoryPort,
  ) {}

  async check(form: string): Promise<CallbackAnswer> {
    const fields = this.freedomPay.read('check', form);
    const attempt = fields?.pg_order_id ?? '';
    const amount = minorUnits(fields?.pg_amount ?? '');
    if (!fields || !isId(attempt) || amount === undefined) return this.refused('check');
    const open = await this.inventory.pinOrder(attempt, amount);
    return open
      ? { status: 200, body: this.freedomPay.answer('check', 'ok', 'Seats are kept') }
      : { status: 200, body: this.freedomPay.answer('check', 'rejected', 'Seats are no longer kept') };
  }

  /**
   * `rejected` takes the payment back, and is answered only by the call that itself found the seats gone; a repeated
   * call gets the stored answer, and none once a refund has started.
   */
  async result(form: string): Promise<CallbackAnswer> {
    const fields = this.freedomPay.read('result', form);
    const id = fields?.pg_order_id ?? '';
    if (!fields || !isId(id)) return this.refused('result');
    const attempt = await this.attempts.one(id);
    if (!attempt) return this.refused('result');
    // A failed try says nothing of the page: a success may follow on it.
    if (fields.pg_result !== '1') return this.ok();
    const amount = minorUnits(fields.pg_amount ?? '');
    if (amount === undefined) return this.refused('result');
    const key = [
      this.freedomPay.name,
      fields.pg_payment_id,
      fields.pg_order_id,
      fields.pg_result,
      fields.pg_amount,
      fields.pg_currency,
    ].join(' ');
    const before = await this.attempts.answered(key);
    if (before)
      return { status: 200, body: this.freedomPay.answer('result', before === 'rejected' ? 'rejected' : 'ok', before) };
    const paid = { amount, currency: fields.pg_currency ?? attempt.amount.currency };
    const confirmation = await this.confirm.execute(attempt, paid);
    const reject = confirmation.outcome === 'refund-due' && fields.pg_can_reject === '1';
    const answer = await this.attempts.keepAnswer(key, id, reject ? 'rejected' : 'ok');
    return { status: 200, body: this.freedomPay.answer('result', answer === 'rejected' ? 'rejected' : 'ok', answer) };
  }

  private ok(): CallbackAnswer {
    return { status: 200, body: this.freedomPay.answer('result', 'ok', 'ok') };
  }

  private refused(script: 'check' | 'result'): CallbackAnswer {
    return { status: 400, body: this.freedomPay.answer(script, 'error', 'Not a message of yours') };
  }
}
