import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Plan } from './seat-plan.rules.js';

/** One version of a hall's plan; never changed, a new drawing is a new version. */
@Entity('seat_plan')
export class SeatPlanRow {
  @PrimaryColumn({ type: 'text' })
  id: string;

  @PrimaryColumn({ type: 'integer' })
  version: number;

  @Column({ name: 'hall_id', type: 'text' })
  hallId: string;

  @Column({ type: 'integer' })
  seats: number;

  @Column({ type: 'jsonb' })
  plan: Plan;

  /** The file it came in, with everything that only an editor needs; null where it did not come from pretix. */
  @Column({ type: 'json', nullable: true, select: false })
  source?: unknown;

  @Column({ type: 'text' })
  print: string;
}
