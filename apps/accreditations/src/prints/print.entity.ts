import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { PrintBatch, PrintFormat, PrintState } from '#libs/contracts';

@Entity('print_batch')
export class PrintBatchRow {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ name: 'edition_id', type: 'text' })
  editionId: string;

  @Column({ type: 'text' })
  format: PrintFormat;

  @Column({ type: 'boolean' })
  back: boolean;

  @Column({ type: 'text' })
  state: PrintBatch['state'];

  @Column({ type: 'integer' })
  total: number;

  @Column({ type: 'integer' })
  done: number;

  @Column({ type: 'integer' })
  skipped: number;

  @Column({ type: 'integer' })
  attempts: number;

  @Column({ name: 'file_id', type: 'uuid', nullable: true })
  fileId: string | null;

  @Column({ type: 'integer', nullable: true })
  bytes: number | null;

  @Column({ name: 'ordered_by', type: 'text' })
  orderedBy: string;

  @Column({ name: 'ordered_at', type: 'timestamptz', insert: false })
  orderedAt: Date;

  @Column({ name: 'ready_at', type: 'timestamptz', nullable: true })
  readyAt: Date | null;
}

@Entity('badge_print')
export class BadgePrintRow {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ name: 'badge_id', type: 'uuid' })
  badgeId: string;

  @Column({ name: 'edition_id', type: 'text' })
  editionId: string;

  @Column({ name: 'batch_id', type: 'uuid', nullable: true })
  batchId: string | null;

  @Column({ type: 'text' })
  format: PrintFormat;

  @Column({ type: 'text' })
  state: PrintState;

  @Column({ type: 'timestamptz', insert: false })
  since: Date;
}
