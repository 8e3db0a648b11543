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
