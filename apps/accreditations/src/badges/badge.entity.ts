import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { BadgeState } from '#libs/contracts';
import type { Language, LocalText } from '#libs/kernel';

/** What is printed on a badge, as it was when it was issued. */
export interface BadgeHolder {
  name: string;
  /** Outlet, company or film beneath the name. */
  line: string | null;
  categoryName: LocalText;
  functionName: LocalText;
  language: Language;
}

@Entity('badge')
export class BadgeRow {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  /** The accreditation that it stands for. */
  @Column({ name: 'application_id', type: 'uuid' })
  applicationId: string;

  @Column({ name: 'edition_id', type: 'text' })
  editionId: string;

  @Column({ name: 'person_id', type: 'text' })
  personId: string;

  /** 80 random bits, 20 hexadecimal digits. */
  @Column({ type: 'text' })
  serial: string;

  @Column({ type: 'text' })
  state: BadgeState;

  @Column({ type: 'integer' })
  version: number;

  @Column({ type: 'text' })
  function: string;

  @Column({ type: 'jsonb' })
  classes: string[];

  @Column({ type: 'jsonb' })
  areas: string[];

  @Column({ type: 'jsonb' })
  holder: BadgeHolder;

  /** What an officer wrote when it lost its power; for the officers alone. */
  @Column({ name: 'end_reason', type: 'text', nullable: true })
  endReason: string | null;

  @Column({ name: 'valid_from', type: 'timestamptz' })
  validFrom: Date;

  @Column({ name: 'valid_until', type: 'timestamptz' })
  validUntil: Date;
}
