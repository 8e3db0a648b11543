import { Injectable } from '@nestjs/common';
import type { Tx } from '#libs/persistence';
import type { Caller } from '#libs/service-defaults';
import { WithdrawApplication } from '../applications/withdraw-application.js';
import { delegationUnknown, memberHandedIn, memberUnknown } from './delegation.refusals.js';
import { InviteMembers } from './invite-members.js';

interface MemberCommand {
  delegationId: string;
  memberId: string;
  leader: Caller;
}

/** What a leader does for a member. Nothing that the member wrote or uploaded is the leader's to see. */
@Injectable()
export class LeadDelegation {
  constructor(
    private readonly invite: InviteMembers,
    private readonly withdrawing: WithdrawApplication,
  ) {}

  /** Sends a new link, as long as the application is a draft. @throws member-handed-in */
  async remind(tx: Tx, command: MemberCommand): Promise<void> {
    const { state } = await this.member(tx, command);
    if (state !== 'draft') throw memberHandedIn({ state });
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
  ): Promise<{ id: string; personId: string; state: string }> {
    const [own]: unknown[] = await tx.query('SELECT 1 FROM delegation WHERE id = $1 AND leader_id = $2', [
      delegationId,
      leader.id,
    ]);
    if (!own) throw delegationUnknown();
    const [row]: { id: string; personId: string; state: string }[] = await tx.query(
      `SELECT a.id, a.person_id AS "personId", a.state FROM delegation_member m JOIN application a ON a.id = m.application_id
        WHERE m.id = $1 AND m.delegation_id = $2`,
      [memberId, delegationId],
    );
    if (!row) throw memberUnknown();
    return row;
  }
}
