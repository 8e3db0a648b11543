import { Injectable } from '@nestjs/common';
import { newId } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import type { Caller } from '#libs/service-defaults';
import { ApplicationRow } from '../applications/application.entity.js';
import { Audit } from '../audit/audit.js';
import { Editions } from '../editions/editions.js';
import { ReviewAccess, requireMayDecide } from './review-access.js';

interface Command {
  id: string;
  officer: Caller;
}

/** What officers keep beside an application: who looks at it, notes among themselves, ticks. Its applicant sees none. */
@Injectable()
export class AnnotateApplication {
  constructor(
    private readonly access: ReviewAccess,
    private readonly editions: Editions,
    private readonly audit: Audit,
  ) {}

  /** @throws appeal-needs-another for the officer who rejected it before */
  async assign(tx: Tx, { id, officer, reviewer }: Command & { reviewer: string | null }): Promise<void> {
    const application = await this.access.lock(tx, id, officer);
    if (reviewer !== null) requireMayDecide(application, reviewer);
    await tx.update(ApplicationRow, { id }, { reviewer });
    await this.audit.record(tx, {
      actorId: officer.id,
      action: 'application.assign',
      objectId: id,
      facts: { reviewer, before: application.reviewer },
    });
  }

  async note(tx: Tx, { id, officer, text }: Command & { text: string }): Promise<void> {
    const application = await this.access.lock(tx, id, officer);
    const at = await this.editions.now(application.editionId, tx);
    await tx.query(
      'INSERT INTO application_note (id, application_id, officer_id, text, at) VALUES ($1, $2, $3, $4, $5)',
      [newId(), id, officer.id, text, at],
    );
  }

  /** What is ticked or unticked is told; everything else stays as it is. */
  async tick(tx: Tx, { id, officer, checked }: Command & { checked: Record<string, boolean> }): Promise<void> {
    const application = await this.access.lock(tx, id, officer);
    await tx.update(ApplicationRow, { id }, { checked: { ...application.checked, ...checked } });
  }
}
