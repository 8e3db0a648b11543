import type { Bank } from './bank.js';
import { decimal, type Payment, refunded, tiyn } from './payments.js';
import { type Fields, isSigned, signed } from './signature.js';
import { readForm, writeXml } from './wire.js';

export interface MerchantApiOptions {
  merchantId: string;
  secret: string;
  /** Where buyers find the hosted page. */
  origin: string;
}

export interface XmlAnswer {
  xml: string;
  /** The request was carried out and its answer is held back for this long. */
  silentForMs: number;
}

const LIFETIME_S = { fallback: 86_400, least: 300, most: 604_800 };
const ORDER_ID_LENGTH = 50;

class Refused extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

function textOf(fields: Fields, name: string): string | undefined {
  const value = fields[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function needed(fields: Fields, name: string): string {
  const value = textOf(fields, name);
  if (value === undefined) throw new Refused('340', `${name} is missing`);
  return value;
}

function webAddress(fields: Fields, name: string): string | undefined {
  const value = textOf(fields, name);
  if (value !== undefined && !/^https?:$/.test(URL.canParse(value) ? new URL(value).protocol : '')) {
    throw new Refused('340', `${name} is not a web address`);
  }
  return value;
}

/** Positions of a fiscal receipt sum to the payment, or the register would refuse them. */
function checkPositions(positions: Fields | string | undefined, amount: number): void {
  if (positions === undefined) return;
  if (typeof positions === 'string') throw new Refused('340', 'pg_receipt_positions is a list');
  const sums = Object.values(positions).map((position) =>
    typeof position === 'string' || !position.name || !position.tax_type
      ? undefined
      : (tiyn(String(position.price)) ?? Number.NaN) * Number(position.count),
  );
  if (sums.some((sum) => sum === undefined) || sums.reduce<number>((all, sum) => all + (sum ?? 0), 0) !== amount)
    throw new Refused('340', 'pg_receipt_positions do not sum to pg_amount');
}

/** The scripts of the Merchant API: a signed form in, a signed XML out. */
export class MerchantApi {
  private readonly scripts: Record<string, (fields: Fields) => Fields>;
  private silentForMs = 0;

  constructor(
    private readonly bank: Bank,
    private readonly options: MerchantApiOptions,
  ) {
    this.scripts = {
      'init_payment.php': (fields) => this.open(fields),
      'get_status3.php': (fields) => this.status(fields),
      'revoke.php': (fields) => this.revoke(fields),
    };
  }

  knows(script: string): boolean {
    return Object.hasOwn(this.scripts, script);
  }

  answer(script: string, body: string): XmlAnswer {
    this.silentForMs = 0;
    const fields = readForm(body);
    let answer: Fields;
    try {
      if (textOf(fields, 'pg_merchant_id') !== this.options.merchantId) throw new Refused('101', 'Unknown merchant');
      if (!isSigned(script, fields, this.options.secret)) throw new Refused('9998', 'The signature is wrong');
      answer = { pg_status: 'ok', ...this.scripts[script]?.(fields) };
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      answer = { pg_status: 'error', pg_error_code: error.code, pg_error_description: error.message };
    }
    return { xml: writeXml(signed(script, answer, this.options.secret)), silentForMs: this.silentForMs };
  }

  private open(fields: Fields): Fields {
    const key = textOf(fields, 'pg_idempotency_key');
    const earlier = key ? this.bank.book.byIdempotencyKey(key) : undefined;
    const payment = earlier ?? this.bank.open(this.readPayment(fields, key));
    if (!earlier) this.silentForMs = payment.faults.timeoutInit ?? 0;
    return {
      pg_payment_id: payment.id,
      pg_redirect_url: `${this.options.origin}/pay/${payment.id}`,
      pg_redirect_url_type: 'need data',
    };
  }

  private readPayment(fields: Fields, idempotencyKey: string | undefined) {
    const orderId = needed(fields, 'pg_order_id');
    if (orderId.length > ORDER_ID_LENGTH) throw new Refused('340', 'pg_order_id has more than 50 characters');
    const amount = tiyn(needed(fields, 'pg_amount'));
    if (amount === undefined) throw new Refused('340', 'pg_amount is not an amount');
    const currency = textOf(fields, 'pg_currency') ?? 'KZT';
    if (currency !== 'KZT') throw new Refused('340', `The merchant has no account in ${currency}`);
    checkPositions(fields.pg_receipt_positions, amount);
    const lifetime = Number(textOf(fields, 'pg_lifetime') ?? LIFETIME_S.fallback);
    if (!Number.isInteger(lifetime) || lifetime < LIFETIME_S.least || lifetime > LIFETIME_S.most) {
      throw new Refused('340', `pg_lifetime must be from ${LIFETIME_S.least} to ${LIFETIME_S.most} seconds`);
    }
    const at = this.bank.now();
    return {
      orderId,
      amount,
      currency,
      description: needed(fields, 'pg_description'),
      language: textOf(fields, 'pg_language') ?? 'ru',
      email: textOf(fields, 'pg_user_contact_email'),
      checkUrl: webAddress(fields, 'pg_check_url'),
      resultUrl: webAddress(fields, 'pg_result_url'),
      successUrl: webAddress(fields, 'pg_success_url'),
      failureUrl: webAddress(fields, 'pg_failure_url'),
      idempotencyKey,
      createdAt: at.toISOString(),
      deadline: new Date(at.getTime() + lifetime * 1_000).toISOString(),
    };
  }

  private find(fields: Fields): Payment {
    const id = textOf(fields, 'pg_payment_id');
    const order = textOf(fields, 'pg_order_id');
    const payment = id ? this.bank.book.get(id) : order ? this.bank.book.ofOrder(order) : undefined;
    if (!payment) throw new Refused('340', 'There is no such payment');
    return payment;
  }

  private status(fields: Fields): Fields {
    const payment = this.find(fields);
    const expired = payment.state === 'pending' && this.bank.now().getTime() > Date.parse(payment.deadline);
    const status = expired ? 'error' : payment.state === 'processing' ? 'pending' : payment.state;
    const refunds = Object.fromEntries(
      payment.refunds.map((refund, index) => [
        String(index),
        { pg_payment_id: refund.id, pg_amount: decimal(refund.amount), pg_payment_date: refund.at },
      ]),
    );
    return {
      pg_payment_id: payment.id,
      pg_order_id: payment.orderId,
      pg_payment_status: status,
      pg_amount: decimal(payment.state === 'success' ? payment.captured : payment.amount),
      pg_currency: payment.currency,
      pg_captured: payment.state === 'success' ? '1' : '0',
      pg_refund_amount: decimal(refunded(payment)),
      ...(payment.refunds.length > 0 && { pg_refund_payments: refunds }),
      pg_create_date: payment.createdAt.slice(0, 19).replace('T', ' '),
      pg_testing_mode: '1',
      ...(payment.failure && { pg_failure_code: '2', pg_failure_description: payment.failure }),
    };
  }

  private revoke(fields: Fields): Fields {
    const payment = this.find(fields);
    const asked = textOf(fields, 'pg_refund_amount');
    const amount = asked === undefined || asked === '0' ? undefined : tiyn(asked);
    if (asked !== undefined && asked !== '0' && amount === undefined)
      throw new Refused('340', 'pg_refund_amount is not an amount');
    if (this.bank.takeFault(payment, 'refuseRefunds'))
      throw new Refused('1000', 'Refunds are not possible at the moment');
    const returned = this.bank.revoke(payment, amount, textOf(fields, 'pg_idempotency_key'));
    if (returned === undefined) throw new Refused('490', 'There is not that much to return');
    return { pg_payment_id: payment.id, pg_refund_amount: decimal(returned) };
  }
}
