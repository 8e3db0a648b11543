import type { PlanGeometry } from '#libs/contracts';
import type { LocalText } from '#libs/kernel';

type Zone = PlanGeometry['zones'][number];

/** A section with more seats than may be drawn, cut between rows into parts of like size; its rows stay whole. */
export function inParts(zone: Zone, most: number): Pick<Zone, 'label' | 'rows'>[] {
  const seats = zone.rows.reduce((sum, row) => sum + row.seats.length, 0);
  const count = Math.ceil(seats / most);
  if (count <= 1) return [zone];
  const parts: Zone['rows'][] = [[]];
  let filled = 0;
  for (const row of zone.rows) {
    if (filled >= (seats * parts.length) / count) parts.push([]);
    parts.at(-1)!.push(row);
    filled += row.seats.length;
  }
  return parts.map((rows) => ({ label: labelOf(zone.label, rows[0]!.row, rows.at(-1)!.row), rows }));
}

function labelOf(label: LocalText, first: string, last: string): LocalText {
  return {
    kk: `${label.kk}, ${first}–${last}-қатар`,
    ru: `${label.ru}, ряды ${first}–${last}`,
    en: `${label.en}, rows ${first}–${last}`,
  };
}
