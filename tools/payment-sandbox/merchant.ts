import { type Callback, decimal, type Payment } from './payments.js';
import { isSigned, scriptOf, signed } from './signature.js';
import { readXml, writeForm } from './wire.js';

const PATIENCE_MS = 10_000;
const FORGED = '0'.repeat(32);

function almatyDate(at: Date): string {
  return at.toISOString().slice(0, 19).replace('T', ' ');
}

/** Speaks to the merchant's check_url and result_url, and judges the answers. */
export class Merchant {
  constructor(
    private readonly merchantId: string,
    private readonly secret: string,
  ) {}

  /** Asks whether money may be taken. No answer, or one without a right signature, counts as no. */
  check(payment: Payment): Promise<Callback> {
    return this.send('check', payment, payment.checkUrl ?? '', { canReject: false, forged: false }, {});
  }

  /** Tells the result of the payment. */
  tell(payment: Payment, how: { canReject: boolean; forged: boolean }): Promise<Callback> {
    const paid = payment.state === 'success';
    const amount = paid ? payment.captured : payment.amount;
    return this.send('result', payment, payment.resultUrl ?? '', how, {
      pg_amount: decimal(amount),
      pg_net_amount: decimal(Math.round(amount * 0.97)),
      pg_payment_date: almatyDate(new Date()),
      pg_result: paid ? '1' : '0',
      pg_can_reject: how.canReject && paid ? '1' : '0',
      pg_captured: paid ? '1' : '0',
      pg_card_pan: '4405-64XX-XXXX-6150',
      pg_testing_mode: '1',
      pg_payment_method: 'bankcard',
      ...(payment.failure && { pg_failure_code: '2', pg_failure_description: payment.failure }),
      ...(payment.email && { pg_user_contact_email: payment.email }),
    });
  }

  private async send(
    kind: Callback['kind'],
    payment: Payment,
    url: string,
    { canReject, forged }: { canReject: boolean; forged: boolean },
    more: Record<string, string>,
  ): Promise<Callback> {
    const script = scriptOf(url);
    const fields = signed(
      script,
      {
        pg_merchant_id: this.merchantId,
        pg_payment_id: payment.id,
        pg_order_id: payment.orderId,
        pg_amount: decimal(payment.amount),
        pg_currency: payment.currency,
        ...more,
      },
      this.secret,
    ) as Record<string, string>;
    const body = writeForm(forged ? { ...fields, pg_sig: FORGED } : fields);
    const callback: Callback = {
      kind,
      at: new Date().toISOString(),
      canReject,
      forged,
      status: 0,
      answer: 'no-answer',
    };
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
        body,
        redirect: 'error',
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      const answer = readXml(await response.text());
      const honest = answer !== undefined && isSigned(script, answer, this.secret);
      const said = answer?.pg_status ?? '';
      return { ...callback, status: response.status, answer: response.ok && honest ? said : 'unsigned' };
    } catch {
      return callback;
    }
  }
}
