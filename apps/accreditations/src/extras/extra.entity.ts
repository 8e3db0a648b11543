import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { AnnounceExtra, ExtraKind, ExtraRequestState } from '#libs/contracts';
import type { LocalText } from '#libs/kernel';

@Entity('extra')
export class ExtraRow {
  @PrimaryColumn({ name: 'edition_id', type: 'text' })
  editionId: string;

  @PrimaryColumn({ type: 'text' })
  id: string;

  @Column({ type: 'text' })
  kind: ExtraKind;

  @Column({ type: 'jsonb' })
  name: LocalText;

  /** Festival time. */
  @Column({ type: 'timestamptz' })
  at: Date;

  @Column({ name: 'screening_id', type: 'text', nullable: true })
  screeningId: string | null;

  @Column({ type: 'integer' })
  capacity: number;

  /** The last number to be worn that was given out. */
  @Column({ type: 'integer' })
  bibs: number;

  /** Places that are granted. */
  @Column({ type: 'integer' })
  used: number;

  @Column({ type: 'text' })
  how: AnnounceExtra['how'];

  @Column({ type: 'jsonb', nullable: true })
  functions: string[] | null;

  /** Festival time. */
  @Column({ name: 'asks_until', type: 'timestamptz' })
  asksUntil: Date;

  @Column({ type: 'text' })
  seed: string;

  @Column({ type: 'text' })
  commitment: string;

  /** Festival time. */
  @Column({ name: 'drawn_at', type: 'timestamptz', nullable: true })
  drawnAt: Date | null;

  @Column({ name: 'announced_by', type: 'text' })
  announcedBy: string;
}

@Entity('extra_request')
export class ExtraRequestRow {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ name: 'edition_id', type: 'text' })
  editionId: string;

  @Column({ name: 'extra_id', type: 'text' })
  extraId: string;

  @Column({ name: 'application_id', type: 'uuid' })
  applicationId: string;

  @Column({ name: 'person_id', type: 'text' })
  personId: string;

  @Column({ type: 'text' })
  state: ExtraRequestState;

  @Column({ type: 'integer' })
  version: number;

  @Column({ type: 'integer', nullable: true })
  place: number | null;

  /** The number to be worn, from the first grant on; nobody else gets it. */
  @Column({ type: 'integer', nullable: true })
  bib: number | null;

  /** An officer took the place back: the draw does not give it again. */
  @Column({ name: 'taken_back', type: 'boolean' })
  takenBack: boolean;

  /** Festival time. */
  @Column({ name: 'asked_at', type: 'timestamptz' })
  askedAt: Date;
}
