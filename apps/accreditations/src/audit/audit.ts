import { Injectable } from '@nestjs/common';
import type { Tx } from '#libs/persistence';

export interface AuditEntry {
  actorId: string;
  /** "application.approve", "badge.revoke", "evidence.read". */
  action: string;
  objectId: string;
  /** Ids, states and counts; never a name. */
  facts?: Record<string, unknown>;
}

/** One row for each privileged change, in the change's own transaction; the table takes no update and no delete. */
@Injectable()
export class Audit {
  async record(tx: Tx, entry: AuditEntry): Promise<void> {
    await tx.query('INSERT INTO audit (actor_id, action, object_id, facts) VALUES ($1, $2, $3, $4)', [
      entry.actorId,
      entry.action,
      entry.objectId,
      JSON.stringify(entry.facts ?? {}),
    ]);
  }
}
