import { Injectable } from '@nestjs/common';
import type { OpenDelegation as OpenDelegationBody } from '#libs/contracts';
import { newId } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import type { Caller } from '#libs/service-defaults';
import { Audit } from '../audit/audit.js';
import { CategoriesQueries } from '../categories/categories.queries.js';

/** An officer opens a delegation: its leader adds members up to its places. */
@Injectable()
export class OpenDelegation {
  constructor(
    private readonly categories: CategoriesQueries,
    private readonly audit: Audit,
  ) {}

  /** @throws category-unknown */
  async within(
    tx: Tx,
    command: { editionId: string; body: OpenDelegationBody; leaderId: string; officer: Caller },
  ): Promise<string> {
    const { editionId, body, leaderId, officer } = command;
    await this.categories.one(editionId, body.category, tx);
    const id = newId();
    await tx.query(
      `INSERT INTO delegation (id, edition_id, name, category, leader_id, places, per_screening, made_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [id, editionId, body.name, body.category, leaderId, body.places, body.perScreening, officer.id],
    );
    await this.audit.record(tx, {
      actorId: officer.id,
      action: 'delegation.open',
      objectId: id,
      facts: { leaderId, places: body.places, perScreening: body.perScreening },
    });
    return id;
  }
}
