export interface Rounded {
  /** Minor units to be handed over. */
  total: number;
  /** What rounding added, or took off when negative. */
  roundedBy: number;
}

/** Cash to the nearest step, halves up. What costs anything is never rounded to nothing. */
export function roundedCash(total: number, stepTenge: number): Rounded {
  if (total === 0) return { total: 0, roundedBy: 0 };
  const step = stepTenge * 100;
  const rounded = Math.max(step, Math.floor((total + step / 2) / step) * step);
  return { total: rounded, roundedBy: rounded - total };
}

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
