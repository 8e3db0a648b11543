import type { PlanDrawing } from '#libs/contracts';
import { COLOURS } from './grid.rules.js';
import type { Plan, PlanAccess } from './seat-plan.rules.js';

/** A drawing as a plan: known categories keep their colours, new ones take the next free. */
export function drawnPlan(
  drawing: PlanDrawing,
  colours: ReadonlyMap<string, string>,
): { plan: Plan; access: PlanAccess } {
  const free = COLOURS.filter((colour) => ![...colours.values()].includes(colour));
  const categories = drawing.categories.map((name, i) => ({
    name,
    color: colours.get(name) ?? free.shift() ?? COLOURS[i % COLOURS.length]!,
  }));
  const seats = drawing.zones.flatMap((zone) => zone.rows.flatMap((row) => row.seats));
  const access: PlanAccess = {
    wheelchair: seats.filter((seat) => seat.kind === 'wheelchair').map((seat) => seat.id),
    companions: Object.fromEntries(
      seats.filter((seat) => seat.kind === 'companion').map((seat) => [seat.id, seat.companionOf ?? '']),
    ),
    zoneLabels: Object.fromEntries(drawing.zones.map((zone) => [zone.name, zone.label])),
  };
  const { name, width, height, pitch, screen } = drawing;
  const zones = drawing.zones.map((zone) => ({
    name: zone.name,
    label: zone.label,
    rows: zone.rows.map(({ row, seats: drawn }) => ({
      row,
      seats: drawn.map(({ id, number, x, y, category }) => ({ id, number, x, y, category, kind: 'seat' as const })),
    })),
  }));
  return { plan: { name, width, height, pitch, categories, screen, zones }, access };
}
