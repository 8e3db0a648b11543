/**
 * How money that is owed goes back: through the payments that still carry some, in their order. Each part that came in cash
 * is handed over rounded; the rest takes its own way.
 */
export function backOf(
  owed: number,
  carried: readonly { cash: boolean; amount: number }[],
  stepTenge: number,
): { cash: number; otherwise: number } {
  const step = stepTenge * 100;
  let left = owed;
  let cash = 0;
  let otherwise = 0;
  for (const payment of carried) {
    const part = Math.min(left, payment.amount);
    left -= part;
    if (payment.cash) cash += Math.floor((part + step / 2) / step) * step;
    else otherwise += part;
  }
  return { cash, otherwise: otherwise + left };
}
