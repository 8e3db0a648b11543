import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ApplicationState, EvidenceType } from '#libs/contracts';
import type { Language } from '#libs/kernel';
import type { Actor, Command } from './application.rules.js';

@Entity('application')
export class ApplicationRow {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ name: 'edition_id', type: 'text' })
  editionId: string;

  @Column({ type: 'text' })
  category: string;

  @Column({ name: 'person_id', type: 'text' })
  personId: string;

  @Column({ type: 'text' })
  state: ApplicationState;

  @Column({ type: 'integer' })
  version: number;

  @Column({ type: 'text' })
  language: Language;

  @Column({ type: 'jsonb' })
  fields: Record<string, string>;

  /** The outlet by whose quota it goes, set when it is handed in. */
  @Column({ name: 'outlet_key', type: 'text', nullable: true })
  outletKey: string | null;

  /** Name and outlet as they are searched. */
  @Column({ type: 'text' })
  search: string;

  @Column({ type: 'jsonb', nullable: true })
  request: { message: string; kind: string | null; dueAt: string } | null;

  /** Festival time. */
  @Column({ name: 'due_at', type: 'timestamptz', nullable: true })
  dueAt: Date | null;

  @Column({ type: 'text', nullable: true })
  reason: string | null;

  /** Festival time. */
  @Column({ name: 'submitted_at', type: 'timestamptz', nullable: true })
  submittedAt: Date | null;
}

@Entity('application_step')
export class ApplicationStepRow {
  @PrimaryColumn({ name: 'application_id', type: 'uuid' })
  applicationId: string;

  @PrimaryColumn({ type: 'integer' })
  version: number;

  /** Festival time. */
  @Column({ type: 'timestamptz' })
  at: Date;

  @Column({ type: 'text' })
  state: ApplicationState;

  @Column({ type: 'text' })
  command: Command | 'begin';

  @Column({ type: 'text' })
  actor: Actor;

  @Column({ name: 'actor_id', type: 'text' })
  actorId: string;

  @Column({ type: 'text', nullable: true })
  reason: string | null;
}

@Entity('evidence')
export class EvidenceRow {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ name: 'application_id', type: 'uuid' })
  applicationId: string;

  @Column({ type: 'text' })
  kind: string;

  @Column({ name: 'file_name', type: 'text' })
  fileName: string;

  @Column({ type: 'text' })
  type: EvidenceType;

  @Column({ type: 'integer' })
  bytes: number;

  @Column({ type: 'text' })
  sha256: string;

  @Column({ name: 'uploaded_at', type: 'timestamptz' })
  uploadedAt: Date;
}
