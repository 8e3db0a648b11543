import { Column, Entity, PrimaryColumn, type ValueTransformer } from 'typeorm';
import type { DocumentSetKind, SetRules } from '#libs/contracts';
import { sealedAnswers } from '../applications/sealed-answers.js';
import type { SetColumn, SetData } from './document-set.rules.js';

const sealedValues: ValueTransformer = {
  to: (data?: SetData | null) => data && { ...data, values: sealedAnswers.to(data.values) },
  from: (data?: SetData | null) => data && { ...data, values: sealedAnswers.from(data.values) },
};

@Entity('document_set')
export class DocumentSetRow {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ name: 'edition_id', type: 'text' })
  editionId: string;

  @Column({ type: 'text' })
  kind: DocumentSetKind;

  @Column({ type: 'jsonb' })
  rules: SetRules;

  @Column({ type: 'jsonb' })
  columns: SetColumn[];

  @Column({ name: 'left_out', type: 'jsonb' })
  leftOut: { applicationId: string; missing: string[] }[];

  @Column({ type: 'text' })
  sha256: string;

  @Column({ type: 'integer' })
  people: number;

  @Column({ type: 'integer' })
  warnings: number;

  @Column({ name: 'frozen_by', type: 'text' })
  frozenBy: string;

  /** Festival time. */
  @Column({ name: 'frozen_at', type: 'timestamptz' })
  frozenAt: Date;
}

@Entity('document_set_row')
export class DocumentSetPersonRow {
  @PrimaryColumn({ name: 'set_id', type: 'uuid' })
  setId: string;

  @PrimaryColumn({ type: 'integer' })
  position: number;

  @Column({ name: 'application_id', type: 'uuid' })
  applicationId: string;

  @Column({ name: 'person_id', type: 'text' })
  personId: string;

  /** Individual numbers in it are sealed before they reach the database. */
  @Column({ type: 'jsonb', nullable: true, transformer: sealedValues })
  data: SetData | null;

  @Column({ type: 'text' })
  sha256: string;
}
