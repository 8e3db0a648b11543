const FIRST = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
const SECOND = [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2];

/**
 * Whether twelve digits are a business number (BIN) or an individual number (IIN) of Kazakhstan: the twelfth is the
 * weighted sum of the others modulo 11, weighed a second time where the first gives 10; where the second does too,
 * no such number is given out.
 */
export function isKazakhNumber(digits: string): boolean {
  if (!/^\d{12}$/.test(digits)) return false;
  const numbers = [...digits].map(Number);
  const sum = (weights: readonly number[]) => weights.reduce((all, weight, n) => all + weight * numbers[n]!, 0) % 11;
  const first = sum(FIRST);
  const check = first === 10 ? sum(SECOND) : first;
  return check !== 10 && check === numbers[11];
}
