import { Injectable } from '@nestjs/common';
import type { AnswerInvitation as AnswerInvitationBody, Invitation } from '#libs/contracts';
import { Database, type Tx } from '#libs/persistence';
import type { ClaimedSeat } from '../../seats/inventory.port.js';
import { ReconcileSeats } from '../../seats/reconcile-seats.js';
import { SeatMap } from '../../seats/seat-map.js';
import { callFunction } from '../../seats/sql-function.js';
import { InvitationsQueries } from './invitations.queries.js';

/** The invitee's own word by the personal link. */
@Injectable()
export class AnswerInvitation {
  constructor(
    private readonly database: Database,
    private readonly invitations: InvitationsQueries,
    private readonly reconcile: ReconcileSeats,
    private readonly map: SeatMap,
  ) {}

  /** @throws invitation-unknown, invitation-over, invitation-too-many */
  async execute(id: string, body: AnswerInvitationBody): Promise<Invitation> {
    const { screening } = await this.invitations.byKey(id, body.key);
    const accepting = body.answer === 'accept';
    const freed = await this.database.transaction((tx) =>
      callFunction<ClaimedSeat[]>(tx, 'answer_invitation($1, $2, $3)', [
        id,
        accepting,
        accepting ? (body.companions ?? []) : [],
      ]),
    );
    await this.reconcile.tell('freed', freed);
    this.map.touch(screening);
    return this.invitations.view(id, body.key);
  }

  /** The person is to be forgotten: the place stays, the names go. */
  async forget(tx: Tx, person: string): Promise<void> {
    await tx.query(`UPDATE invitation SET name = NULL, companions = '{}' WHERE person_id = $1`, [person]);
  }
}
