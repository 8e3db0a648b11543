import { Injectable } from '@nestjs/common';
import type { Tx } from '#libs/persistence';
import type { Caller } from '#libs/service-defaults';
import { WithdrawApplication } from '../applications/withdraw-application.js';
import { delegationUnknown, memberHandedIn, memberUnknown, remindedAlready } from './delegation.refusals.js';
import { InviteMembers } from './invite-members.js';

interface MemberCommand {
  delegationId: string;
  memberId: string;
  leader: Caller;
}

/** An address stands in a leader's list, not in its owner's hand: nobody is written to again and again. */
const MOST_ROUNDS = 6;

/** What a leader does for a member. Nothing that the member wrote or uploaded is the leader's to see. */
@Injectable()
export class LeadDelegation {
  constructor(
    private readonly invite: InviteMembers,
    private readonly withdrawing: WithdrawApplication,
  ) {}

  /** Sends a new link, as long as the application is a draft, once a day and not for ever. @throws member-handed-in, reminded-already */
  async remind(tx: Tx, command: MemberCommand): Promise<void> {
    const { state, round, reminded } = await this.member(tx, command);
    if (state !== 'draft') throw memberHandedIn({ state });
    if (reminded || round >= MOST_ROUNDS) throw remindedAlready({ round });
    await this.invite.again(tx, command.memberId);
  }

  /** The member no longer comes: the application ends, its badge with it. Twice is a success. */
  async withdraw(tx: Tx, command: MemberCommand): Promise<void> {
    const { id, personId, state } = await this.member(tx, command);
    if (state === 'withdrawn') return;
    await this.withdrawing.within(tx, { id, personId, byLeader: command.leader.id });
  }

  private async member(
    tx: Tx,
    { delegationId, memberId, leader }: MemberCommand,
  ): Promise<{ id: string; personId: string; state: string; round: number; reminded: boolean }> {
    const [own]: unknown[] = await tx.query('SELECT 1 FROM delegation WHERE id = $1 AND leader_id = $2', [
      delegationId,
      leader.id,
    ]);
    if (!own) throw delegationUnknown();
    const [row]: { id: string; personId: string; state: string; round: number; reminded: boolean }[] = await tx.query(
      `SELECT a.id, a.person_id AS "personId", a.state, m.round, m.invited_at > clock_timestamp() - interval '1 day' AS reminded
         FROM delegation_member m JOIN application a ON a.id = m.application_id
        WHERE m.id = $1 AND m.delegation_id = $2 FOR UPDATE OF m`,
      [memberId, delegationId],
    );
    if (!row) throw memberUnknown();
    return row;
  }
}
