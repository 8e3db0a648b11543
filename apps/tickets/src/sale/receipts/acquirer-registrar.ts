import type { FiscalAnswer, FiscalRegistrar, FiscalRequest } from './fiscal-registrar.js';

/**
 * Online sales: the acquirer makes the receipt from the positions that it got when the payment page opened, and its
 * return when it sends money back. Both are facts once the provider's own word has moved the payment, which is what
 * queued this receipt; the number is the acquirer's payment. A bank transfer is a document of its own: its reference is
 * the number.
 */
export class AcquirerRegistrar implements FiscalRegistrar {
  readonly register = undefined;

  async record(request: FiscalRequest): Promise<FiscalAnswer> {
    if (request.kind === 'sale')
      return request.providerPaymentId
        ? { outcome: 'registered', number: request.providerPaymentId, qrLink: null }
        : { outcome: 'away', reason: 'payment-number-unknown' };
    if (!request.original) return { outcome: 'away', reason: 'sale-not-registered' };
    return {
      outcome: 'registered',
      number: `${request.original.number}-${request.id.replaceAll('-', '').slice(-8)}`,
      qrLink: null,
    };
  }
}
