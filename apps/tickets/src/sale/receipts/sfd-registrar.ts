import { createPublicKey, type KeyObject, sign } from 'node:crypto';
import type { FiscalAnswer, FiscalRegistrar, FiscalRequest } from './fiscal-registrar.js';
import { vatWithin } from './fiscal-registrar.js';

export interface SfdSettings {
  /** Absent where the counter has no operator yet. */
  url: string | undefined;
  /** The register's number at the operator. */
  register: string;
  /** RSA private key of the register; made when first asked for. */
  key: (() => KeyObject) | undefined;
  vatPercent: number;
  timeoutMs: number;
}

export interface ZReport {
  shift: number;
  sales: { count: number; amount: number };
  returns: { count: number; amount: number };
}

export type SfdAnswer =
  | { outcome: 'ok'; data: Record<string, unknown> }
  | Exclude<FiscalAnswer, { outcome: 'registered' }>;

/**
 * A counter's register at a fiscal data operator that speaks the SFD protocol (developer.qiwi.kz, "Fiscal System v1.2"):
 * JSON by POST, `QF-KKM-ID` names the register, the body's SHA256withRSA in hex stands in `QF-Request-Sign`, the key is
 * registered by SET_KKM_PUBLIC_KEY. The names inside the bodies are to be compared with the operator's contract.
 */
export class SfdRegistrar implements FiscalRegistrar {
  readonly register: string;

  constructor(private readonly settings: SfdSettings) {
    this.register = settings.register;
  }

  async record(request: FiscalRequest): Promise<FiscalAnswer> {
    if (request.kind === 'return' && !request.original) return { outcome: 'away', reason: 'sale-not-registered' };
    const { vatPercent } = this.settings;
    const answer = await this.command('TICKET', {
      ticketId: request.id,
      operation: request.kind === 'sale' ? 'SELL' : 'SELL_RETURN',
      currency: request.currency,
      dateTime: (request.offline?.at ?? request.at).toISOString(),
      items: request.positions.map(({ name, amount }) => ({
        name,
        quantity: 1,
        price: amount,
        sum: amount,
        ...(vatPercent > 0 && { vatPercent, vatSum: vatWithin(amount, vatPercent) }),
      })),
      payments: [{ type: PAYMENT_TYPES[request.paidBy], sum: request.amount }],
      sum: request.amount,
      ...(request.original && { parentTicket: { number: request.original.number, sum: request.original.amount } }),
      ...(request.offline && { offlineTicketNumber: request.offline.number }),
    });
    if (answer.outcome !== 'ok') return answer;
    const { ticketNumber, qrUrl, shiftNumber } = answer.data;
    if (typeof ticketNumber !== 'string') return { outcome: 'away', reason: 'answer-unreadable' };
    return {
      outcome: 'registered',
      number: ticketNumber,
      qrLink: typeof qrUrl === 'string' ? qrUrl : null,
      register: this.register,
      shift: Number(shiftNumber),
    };
  }

  /** The public half of the register's key, SPKI DER in base64; undefined where there is no operator. */
  publicKey(): string | undefined {
    const { url, key } = this.settings;
    return url && key && createPublicKey(key()).export({ format: 'der', type: 'spki' }).toString('base64');
  }

  registerKey(): Promise<SfdAnswer> {
    return this.command('SET_KKM_PUBLIC_KEY', { publicKey: this.publicKey() });
  }

  info(): Promise<SfdAnswer> {
    return this.command('GET_KKM_INFO', {});
  }

  /** Ends the shift with its Z report; `requestId` makes a repeated call answer the same report. */
  async closeShift(
    requestId: string,
  ): Promise<{ outcome: 'ok'; report: ZReport } | Exclude<SfdAnswer, { outcome: 'ok' }>> {
    const answer = await this.command('CLOSE_SHIFT', { requestId });
    return answer.outcome === 'ok' ? { outcome: 'ok', report: answer.data as unknown as ZReport } : answer;
  }

  private async command(command: string, data: Record<string, unknown>): Promise<SfdAnswer> {
    const { url, key } = this.settings;
    if (!url || !key) return { outcome: 'away', reason: 'no-operator' };
    const body = JSON.stringify({ command, ...data });
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json; charset=utf-8',
          'QF-KKM-ID': this.register,
          'QF-Request-Sign-Alg': 'SHA256withRSA',
          'QF-Request-Sign': sign('sha256', Buffer.from(body), key()).toString('hex'),
        },
        body,
        signal: AbortSignal.timeout(this.settings.timeoutMs),
      });
      const answer = (await response.json()) as { result?: unknown; error?: unknown; data?: Record<string, unknown> };
      if (answer.result === 'OK' && answer.data) return { outcome: 'ok', data: answer.data };
      const reason = typeof answer.error === 'string' ? answer.error : `status-${response.status}`;
      return { outcome: response.status >= 500 || PASSING.has(reason) ? 'away' : 'refused', reason };
    } catch (error) {
      return { outcome: 'away', reason: error instanceof Error ? error.name : 'no-answer' };
    }
  }
}

const PAYMENT_TYPES = { cash: 'CASH', card: 'CARD', transfer: 'MOBILE' } as const;

/** Refusals that end by themselves or by a deed of ours: an old shift, a key on its way, a sale still to come. */
const PASSING = new Set(['SHIFT_EXPIRED', 'KEY_UNKNOWN', 'PARENT_UNKNOWN', 'BUSY']);
