import type { PriceRules, PromoCodeData } from '#libs/contracts';
import type { LimitDocument } from '../../inventory/seats/inventory.port.js';
import type { PricedSeat, Promo } from './price.rules.js';

/** A code as it is kept and compared: people write it in any case and with spaces around it. */
export function foldedCode(code: string): string {
  return code.trim().normalize('NFC').toLocaleUpperCase('kk');
}

/** Undefined while the code is in its time. @param at festival time */
export function promoTrouble(data: PromoCodeData, at: Date): 'not-yet' | 'over' | undefined {
  if (data.validFrom && at < new Date(data.validFrom)) return 'not-yet';
  return data.validUntil && at >= new Date(data.validUntil) ? 'over' : undefined;
}

export function usesLimit(promo: string): string {
  return `promo:${promo}`;
}

export function budgetLimit(promo: string): string {
  return `promo-budget:${promo}`;
}

/** What an order takes of a code's tickets and of its budget; line numbers begin at 1. */
export function promoLimits(promo: Promo, seats: readonly PricedSeat[]): LimitDocument[] {
  const used = seats.flatMap((seat, index) =>
    seat.promoOff === undefined ? [] : [{ line: index + 1, off: seat.promoOff }],
  );
  if (used.length === 0) return [];
  const uses = { candidates: [usesLimit(promo.id)], lines: used.map(({ line }) => line) };
  const spent = used
    .filter(({ off }) => off > 0)
    .map(({ line, off }) => ({ candidates: [budgetLimit(promo.id)], lines: [line], n: off }));
  return [uses, ...spent];
}

/** Kinds of ticket that a code unlocks and the edition's rules do not have, or do not hide. */
export function wrongUnlocks(data: PromoCodeData, rules: PriceRules): string[] {
  const hidden = new Set(rules.concessions.filter((one) => one.hidden).map((one) => one.id));
  return (data.unlocks ?? []).filter((id) => !hidden.has(id));
}

/** Ids that stand twice among the rules of one kind. */
export function doubledIds(rules: PriceRules): string[] {
  const twice = (ids: string[]) => ids.filter((id, index) => ids.indexOf(id) !== index);
  return [...twice(rules.concessions.map((one) => one.id)), ...twice(rules.fees.map((one) => one.id))];
}
