/** One position of a fiscal receipt; amounts in minor units, VAT included. */
export interface FiscalPosition {
  name: string;
  amount: number;
}

export type PaidBy = 'card' | 'cash' | 'transfer';

/** How money came, by the name of its provider. */
export function paidBy(provider: string): PaidBy {
  if (provider === 'cash') return 'cash';
  return provider === 'bank' ? 'transfer' : 'card';
}

/** What a fiscal register is asked to record. */
export interface FiscalRequest {
  /** Our own id: the same receipt asked for twice is recorded once. */
  id: string;
  kind: 'sale' | 'return';
  provider: string;
  providerPaymentId: string | undefined;
  paidBy: PaidBy;
  amount: number;
  currency: string;
  positions: FiscalPosition[];
  at: Date;
  /** The receipt of the sale that a return belongs to. */
  original: { number: string; amount: number } | undefined;
  /** Its number in the register's own count, when it was made while the operator was away. */
  offline: { number: number; at: Date } | undefined;
}

/**
 * - `registered`: the receipt exists, under this number.
 * - `away`: nobody answered, or not sensibly; the receipt may exist, and asking again finds it.
 * - `refused`: asking again in the same words helps nothing.
 */
export type FiscalAnswer =
  | { outcome: 'registered'; number: string; qrLink: string | null; register?: string; shift?: number }
  | { outcome: 'away'; reason: string }
  | { outcome: 'refused'; reason: string };

export interface FiscalRegistrar {
  /** The register's id where it counts offline receipts itself; undefined when it cannot work alone. */
  readonly register: string | undefined;
  record(request: FiscalRequest): Promise<FiscalAnswer>;
}

/** Minor units of VAT inside an amount that includes it, half up. */
export function vatWithin(amount: number, percent: number): number {
  return Math.round((amount * percent) / (100 + percent));
}
