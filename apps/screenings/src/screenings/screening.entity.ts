import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ScreeningAllocation, ScreeningPrice, ScreeningState, ScreeningVisibility } from '#libs/contracts';
import type { LocalText } from '#libs/kernel';
import type { Item } from './screening.rules.js';

/** What decides nothing in this service, but is shown or told. */
export interface ScreeningData {
  title: LocalText;
  sectionId: string | null;
  items: Item[];
  highlight: boolean;
  doorsOpenAt: string;
  lateEntryUntil: string;
  ageRating: string | null;
  /** A film of it has no rating yet. */
  ageRatingPending?: boolean;
  languages: string[];
  subtitles: string[];
  /** Languages. */
  audioDescription?: string[];
  captions?: string[];
  access: string[];
  prices: ScreeningPrice[];
  allocations: ScreeningAllocation[];
  invented: boolean;
  cancelReason?: string;
  /** Begins so much later than it was announced, without a move. */
  delay?: { minutes: number; from: string };
  /** Where and when it was before its last move. */
  movedFrom?: { startsAt: string; hallId: string };
}

@Entity('screening')
export class ScreeningRow {
  /** Written by people in a programme file, or made for a screening that was created by hand. */
  @PrimaryColumn({ type: 'text' })
  id: string;

  @Column({ name: 'edition_id', type: 'text' })
  editionId: string;

  /** Rises with every telling; 0 for a draft that nobody has heard of. */
  @Column({ type: 'integer' })
  version: number;

  @Column({ type: 'text' })
  state: ScreeningState;

  @Column({ type: 'text' })
  visibility: ScreeningVisibility;

  @Column({ name: 'hall_id', type: 'text' })
  hallId: string;

  @Column({ name: 'plan_id', type: 'text' })
  planId: string;

  @Column({ name: 'plan_version', type: 'integer' })
  planVersion: number;

  @Column({ name: 'starts_at', type: 'timestamptz' })
  startsAt: Date;

  @Column({ name: 'ends_at', type: 'timestamptz' })
  endsAt: Date;

  /** The end and the turnaround: from then on the hall is free. */
  @Column({ name: 'free_from', type: 'timestamptz' })
  freeFrom: Date;

  @Column({ type: 'jsonb' })
  data: ScreeningData;

  /** Hash of the imported row; '' for a screening made by hand. */
  @Column({ type: 'text' })
  print: string;

  /** When hearers were told last. */
  @Column({ name: 'told_at', type: 'timestamptz', nullable: true })
  toldAt: Date | null;

  /** Hash of what was told last. */
  @Column({ type: 'text', nullable: true })
  spoken: string | null;
}
