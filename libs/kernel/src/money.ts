/** An amount in integer minor units (tiyn for KZT: 250 000 is 2 500 ₸). */
export interface Money {
  amount: number;
  currency: string;
}

export const KZT = 'KZT';
const NBSP = '\u00A0';

export function addMoney(a: Money, b: Money): Money {
  if (a.currency !== b.currency) throw new Error(`cannot add ${b.currency} to ${a.currency}`);
  return { amount: a.amount + b.amount, currency: a.currency };
}

export function sumMoney(parts: readonly Money[], currency: string = KZT): Money {
  return parts.reduce(addMoney, { amount: 0, currency });
}

/** "12 500 ₸" in all three languages, with no-break spaces; tiyn are shown only where there are any. */
export function formatMoney(money: Money): string {
  const negative = money.amount < 0 ? '−' : '';
  const minor = Math.abs(money.amount);
  const whole = String(Math.floor(minor / 100)).replace(/\B(?=(\d{3})+$)/g, NBSP);
  const rest = minor % 100;
  const symbol = money.currency === KZT ? '₸' : money.currency;
  return `${negative}${whole}${rest ? `,${String(rest).padStart(2, '0')}` : ''}${NBSP}${symbol}`;
}

/** The amount as Freedom Pay and people write it: "2500" or "2500.50". */
export function decimalAmount(money: Money): string {
  return money.amount % 100 === 0 ? String(money.amount / 100) : (money.amount / 100).toFixed(2);
}

/** Minor units from a decimal string; undefined when it is not a plain amount with at most two decimals. */
export function minorUnits(decimal: string): number | undefined {
  const match = /^(\d{1,12})(?:\.(\d{1,2})\d{0,2})?$/.exec(decimal.trim());
  if (!match) return undefined;
  return Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0') || 0);
}
