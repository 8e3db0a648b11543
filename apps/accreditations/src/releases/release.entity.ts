import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { PreparedDecision, ReleaseState } from '#libs/contracts';

@Entity('release')
export class ReleaseRow {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ name: 'edition_id', type: 'text' })
  editionId: string;

  @Column({ type: 'text' })
  name: string;

  @Column({ type: 'text' })
  state: ReleaseState;

  @Column({ type: 'integer' })
  version: number;

  /** Festival time at which it goes by itself. */
  @Column({ name: 'release_at', type: 'timestamptz', nullable: true })
  releaseAt: Date | null;

  /** Festival time. */
  @Column({ name: 'released_at', type: 'timestamptz', nullable: true })
  releasedAt: Date | null;

  @Column({ name: 'made_by', type: 'text' })
  madeBy: string;
}

@Entity('release_decision')
export class ReleaseDecisionRow {
  @PrimaryColumn({ name: 'release_id', type: 'uuid' })
  releaseId: string;

  @PrimaryColumn({ name: 'application_id', type: 'uuid' })
  applicationId: string;

  @Column({ type: 'text' })
  decision: PreparedDecision;

  /** What the applicant reads. */
  @Column({ type: 'text', nullable: true })
  reason: string | null;

  @Column({ name: 'officer_id', type: 'text' })
  officerId: string;

  /** The code of why it did not go, once the release went. */
  @Column({ type: 'text', nullable: true })
  skipped: string | null;
}
