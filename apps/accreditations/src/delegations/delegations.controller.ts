import { Body, Controller, Get, Headers, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import {
  AddMembers as AddMembersBody,
  Delegation,
  DelegationList,
  InvitedList,
  InvitePeople,
  MembersAdded,
  OpenDelegation as OpenDelegationBody,
} from '#libs/contracts';
import { preferredLanguage } from '#libs/kernel';
import {
  Access,
  Answers,
  type Caller,
  CallerParam,
  hasRole,
  Idempotency,
  IdempotencyKey,
  valid,
} from '#libs/service-defaults';
import { People } from '../people/people.js';
import { AddMembers } from './add-members.js';
import { delegationUnknown, memberUnknown } from './delegation.refusals.js';
import { DelegationsQueries } from './delegations.queries.js';
import { LeadDelegation } from './lead-delegation.js';
import { OpenDelegation } from './open-delegation.js';

const delegationId = new ParseUUIDPipe({ exceptionFactory: () => delegationUnknown() });
const memberId = new ParseUUIDPipe({ exceptionFactory: () => memberUnknown() });

/** Officers open delegations and invite people; leaders fill and follow their own. */
@Controller()
export class DelegationsController {
  constructor(
    private readonly open: OpenDelegation,
    private readonly add: AddMembers,
    private readonly lead: LeadDelegation,
    private readonly delegations: DelegationsQueries,
    private readonly people: People,
    private readonly idempotency: Idempotency,
  ) {}

  @Post('editions/:edition/delegations')
  @Access('accreditation-officer', 'admin')
  @Answers('The delegation; its leader adds the members.', Delegation)
  async openOne(
    @Param('edition') editionId: string,
    @Body(valid(OpenDelegationBody)) body: OpenDelegationBody,
    @CallerParam() officer: Caller,
    @IdempotencyKey() key: string,
  ): Promise<Delegation> {
    requireOfficer(officer, editionId);
    const leaderId = await this.people.record(body.leader);
    const call = { key, caller: officer.id, operation: 'open-delegation', body: { editionId, body } };
    const { id } = await this.idempotency.once(call, async (tx) => ({
      id: await this.open.within(tx, { editionId, body, leaderId, officer }),
    }));
    return this.delegations.one(id, officer);
  }

  @Get('editions/:edition/delegations')
  @Access('accreditation-officer', 'admin')
  @Answers('The delegations of an edition, with the step of each member.', DelegationList)
  async ofEdition(@Param('edition') editionId: string, @CallerParam() officer: Caller): Promise<DelegationList> {
    requireOfficer(officer, editionId);
    return { delegations: await this.delegations.ofEdition(editionId) };
  }

  @Post('editions/:edition/invited')
  @Access('accreditation-officer', 'admin')
  @Answers('Applications are begun for these people, who are asked to complete them.', MembersAdded)
  async invite(
    @Param('edition') editionId: string,
    @Body(valid(InvitePeople)) body: InvitePeople,
    @CallerParam() officer: Caller,
    @IdempotencyKey() key: string,
  ): Promise<MembersAdded> {
    requireOfficer(officer, editionId);
    const people = await this.add.invited(body);
    const call = { key, caller: officer.id, operation: 'invite-people', body: { editionId, body } };
    return this.idempotency.once(call, (tx) =>
      this.add.toFestival(tx, { editionId, category: body.category, officer, people }),
    );
  }

  @Get('editions/:edition/invited')
  @Access('accreditation-officer', 'admin')
  @Answers('Whom the festival invited, and how far they are.', InvitedList)
  async invited(@Param('edition') editionId: string, @CallerParam() officer: Caller): Promise<InvitedList> {
    requireOfficer(officer, editionId);
    return { invited: await this.delegations.invitedBy(editionId) };
  }

  @Get('delegations')
  @Access('person')
  @Answers('The delegations that the caller leads.', DelegationList)
  async mine(@CallerParam() leader: Caller): Promise<DelegationList> {
    return { delegations: await this.delegations.ledBy(leader) };
  }

  @Get('delegations/:id')
  @Access('person')
  @Answers('A delegation, for its leader and the officers.', Delegation)
  one(@Param('id', delegationId) id: string, @CallerParam() caller: Caller): Promise<Delegation> {
    return this.delegations.one(id, caller);
  }

  @Post('delegations/:id/members')
  @Access('person')
  @Answers('The people of the list are members, and asked to complete their applications.', MembersAdded)
  async addMembers(
    @Param('id', delegationId) id: string,
    @Body(valid(AddMembersBody)) body: AddMembersBody,
    @Headers('accept-language') languages: string | undefined,
    @CallerParam() leader: Caller,
    @IdempotencyKey() key: string,
  ): Promise<MembersAdded> {
    // Whose list is read makes people of it: nobody's but the leader's.
    await this.add.mine(leader, id);
    const people = await this.add.listed(body.csv, preferredLanguage(languages));
    const call = { key, caller: leader.id, operation: 'add-members', body: { id, body } };
    return this.idempotency.once(call, (tx) => this.add.toDelegation(tx, { id, leader, people }));
  }

  @Post('delegations/:id/members/:member/remind')
  @HttpCode(200)
  @Access('person')
  @Answers('The member gets a new link; the one before it ended.', Delegation)
  async remind(
    @Param('id', delegationId) id: string,
    @Param('member', memberId) member: string,
    @CallerParam() leader: Caller,
    @IdempotencyKey() key: string,
  ): Promise<Delegation> {
    const call = { key, caller: leader.id, operation: 'remind-member', body: { id, member } };
    await this.idempotency.once(call, async (tx) => {
      await this.lead.remind(tx, { delegationId: id, memberId: member, leader });
      return { id };
    });
    return this.delegations.one(id, leader);
  }

  @Post('delegations/:id/members/:member/withdraw')
  @HttpCode(200)
  @Access('person')
  @Answers('The member no longer comes: the application and its badge have ended.', Delegation)
  async withdraw(
    @Param('id', delegationId) id: string,
    @Param('member', memberId) member: string,
    @CallerParam() leader: Caller,
    @IdempotencyKey() key: string,
  ): Promise<Delegation> {
    const call = { key, caller: leader.id, operation: 'withdraw-member', body: { id, member } };
    await this.idempotency.once(call, async (tx) => {
      await this.lead.withdraw(tx, { delegationId: id, memberId: member, leader });
      return { id };
    });
    return this.delegations.one(id, leader);
  }
}

/** An officer of another edition finds nothing here. */
function requireOfficer(officer: Caller, editionId: string): void {
  if (!hasRole(officer, 'accreditation-officer', editionId)) throw delegationUnknown();
}
