import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ApplicationState, EvidenceType } from '#libs/contracts';
import type { Language } from '#libs/kernel';
import type { Actor, Command } from './application.rules.js';
import { sealedAnswers, sealedWithin } from './sealed-answers.js';

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

  /** Individual numbers in it are sealed before they reach the database. */
  @Column({ type: 'jsonb', transformer: sealedAnswers })
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

  /** What the badge stands for while a change after the approval is decided. */
  @Column({ type: 'jsonb', nullable: true, transformer: sealedWithin })
  held: HeldApproval | null;

  /** Functions beside the category's own. */
  @Column({ name: 'more_functions', type: 'text', array: true })
  moreFunctions: string[];

  /** Counters that it waits for while it is on the waiting list. */
  @Column({ type: 'text', array: true })
  wants: string[];

  /** Officers would approve it; only a place was missing. */
  @Column({ type: 'boolean' })
  agreed: boolean;

  /** By whose quota it goes; the code of the field "country". */
  @Column({ type: 'text', nullable: true })
  country: string | null;

  /** Names and outlets in one script, whichever they were written in. */
  @Column({ name: 'search_key', type: 'text' })
  searchKey: string;

  /** The officer who is to look at it. */
  @Column({ type: 'text', nullable: true })
  reviewer: string | null;

  /** Festival time by which the festival means to decide. */
  @Column({ name: 'decide_by', type: 'timestamptz', nullable: true })
  decideBy: Date | null;

  /** The officer who rejected it; an appeal goes to another. */
  @Column({ name: 'rejected_by', type: 'text', nullable: true })
  rejectedBy: string | null;

  /** Festival time of the one appeal. */
  @Column({ name: 'appealed_at', type: 'timestamptz', nullable: true })
  appealedAt: Date | null;

  /** The order of tickets by which its fee was paid. */
  @Column({ name: 'paid_order', type: 'text', nullable: true })
  paidOrder: string | null;

  /** What reviewers ticked. */
  @Column({ type: 'jsonb' })
  checked: Record<string, boolean>;

  /** The release in which a decision of it waits. */
  @Column({ name: 'release_id', type: 'uuid', nullable: true })
  releaseId: string | null;
}

/** What was approved before a change, so that a rejected change leaves everything as it was. */
export interface HeldApproval {
  category: string;
  fields: Record<string, string>;
  outletKey: string | null;
  search: string;
  searchKey: string;
  country: string | null;
  reason: string | null;
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

  /** The paper's own date, "2019-08-20", as its uploader gives it. */
  @Column({ name: 'issued_on', type: 'date', nullable: true })
  issuedOn: string | null;

  /** Whether it is a certified translation; null where its uploader did not say. */
  @Column({ type: 'boolean', nullable: true })
  translation: boolean | null;

  @Column({ name: 'uploaded_at', type: 'timestamptz' })
  uploadedAt: Date;
}
