import { Injectable } from '@nestjs/common';
import { Outbox, Relay } from '#libs/messaging';
import { Database, type Tx } from '#libs/persistence';
import { personUnknown } from '../people/people.refusals.js';
import { Sessions } from '../people/sessions.js';
import { staffNotErased } from './privacy.refusals.js';

/**
 * Forgets a person: the account, its sessions and links go in this transaction, and a tombstone on `people` makes every
 * other service forget. What is left is an id and the fact that it was asked for. Asked twice, it is one erasure.
 */
@Injectable()
export class ErasePerson {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly relay: Relay,
    private readonly sessions: Sessions,
  ) {}

  /** @throws person-unknown, staff-not-erased */
  async execute(command: { personId: string; askedBy: string; reason: string | null }): Promise<void> {
    await this.database.transaction((tx) => this.within(tx, command));
    this.sessions.forgetPerson(command.personId);
    this.relay.wake();
  }

  private async within(
    tx: Tx,
    { personId, askedBy, reason }: { personId: string; askedBy: string; reason: string | null },
  ): Promise<void> {
    const [person] = await tx.query<{ email: string; version: number; staff: boolean }[]>(
      `SELECT email, version, EXISTS (SELECT 1 FROM person_role WHERE person_id = p.id) AS staff
         FROM person p WHERE id = $1 FOR UPDATE`,
      [personId],
    );
    if (!person) {
      const asked = await tx.query<unknown[]>('SELECT 1 FROM erasure WHERE person_id = $1', [personId]);
      if (asked.length === 0) throw personUnknown();
      return;
    }
    if (person.staff) throw staffNotErased();
    // What was told of the person stands in the outbox, and a link's address in the engine's own table.
    await tx.query(`DELETE FROM outbox WHERE topic = 'people' AND aggregate_id = $1`, [personId]);
    await tx.query('DELETE FROM person_verification WHERE strpos(value, $1) > 0 OR strpos(identifier, $1) > 0', [
      person.email,
    ]);
    await tx.query('DELETE FROM person WHERE id = $1', [personId]);
    const version = person.version + 1;
    await this.outbox.tombstone(tx, 'people', personId, version);
    await tx.query('INSERT INTO erasure (person_id, asked_by, version) VALUES ($1, $2, $3)', [
      personId,
      askedBy,
      version,
    ]);
    await tx.query(`INSERT INTO privacy_audit (actor, action, subject, facts) VALUES ($1, 'person.erase', $2, $3)`, [
      askedBy,
      personId,
      JSON.stringify({ reason }),
    ]);
  }
}
