import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { MoveState, ScreeningAllocation, ScreeningPrice, SeatingPreview } from '#libs/contracts';

/** Where and when a screening is, at one end of a move. Instants are ISO 8601. */
export interface MoveEnd {
  hallId: string;
  planId: string;
  planVersion: number;
  startsAt: string;
  endsAt: string;
  freeFrom: string;
  doorsOpenAt: string;
  lateEntryUntil: string;
  allocations: ScreeningAllocation[];
  prices: ScreeningPrice[];
  delay?: { minutes: number; from: string };
  movedFrom?: { startsAt: string; hallId: string };
}

@Entity('screening_move')
export class MoveRow {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ name: 'screening_id', type: 'text' })
  screeningId: string;

  @Column({ type: 'text' })
  state: MoveState;

  @Column({ name: 'from_end', type: 'jsonb' })
  from: MoveEnd;

  @Column({ name: 'to_end', type: 'jsonb' })
  to: MoveEnd;

  @Column({ type: 'jsonb', nullable: true })
  preview: SeatingPreview | null;

  /** The preview that was confirmed. */
  @Column({ type: 'text', nullable: true })
  tag: string | null;

  @Column({ name: 'asked_by', type: 'text' })
  askedBy: string;

  @Column({ name: 'expires_at', type: 'timestamptz' })
  expiresAt: Date;

  @Column({ name: 'undo_until', type: 'timestamptz', nullable: true })
  undoUntil: Date | null;

  @Column({ name: 'ended_at', type: 'timestamptz', nullable: true })
  endedAt: Date | null;

  @Column({ type: 'integer' })
  tries: number;

  @Column({ name: 'next_try_at', type: 'timestamptz' })
  nextTryAt: Date;

  @Column({ type: 'text', nullable: true })
  trouble: string | null;
}
