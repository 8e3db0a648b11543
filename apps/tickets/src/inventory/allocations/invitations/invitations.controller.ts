import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { Type } from 'typebox';
import {
  AnswerInvitation as AnswerInvitationBody,
  Invitation,
  InvitationList,
  InvitationRow,
  MakeInvitationList,
  OfferKey,
  SeatInvitation,
} from '#libs/contracts';
import { isId } from '#libs/kernel';
import { Access, Answers, type Caller, CallerParam, IdempotencyKey, valid } from '#libs/service-defaults';
import { PLACE_KEEPERS, requireRoleIn } from '../managers.js';
import { AnswerInvitation } from './answer-invitation.js';
import { invitationUnknown } from './invitation.refusals.js';
import { InvitationsQueries } from './invitations.queries.js';
import { Invite } from './invite.js';

@Controller()
export class InvitationsController {
  constructor(
    private readonly invite: Invite,
    private readonly answerInvitation: AnswerInvitation,
    private readonly invitations: InvitationsQueries,
  ) {}

  @Post('screenings/:id/invitation-lists')
  @Access('programmer', 'house-manager')
  @Answers('The list with every personal link; those with an address get a mail', InvitationList)
  make(
    @CallerParam() caller: Caller,
    @Param('id') id: string,
    @IdempotencyKey() key: string,
    @Body(valid(MakeInvitationList)) body: MakeInvitationList,
  ): Promise<InvitationList> {
    return this.invite.list(caller, id, key, body);
  }

  @Get('screenings/:id/invitation-lists')
  @Access('programmer', 'house-manager')
  @Answers('Who is invited, who comes, where they sit', Type.Array(InvitationList))
  async lists(@CallerParam() caller: Caller, @Param('id') id: string): Promise<InvitationList[]> {
    const facts = await this.invitations.facts(id);
    requireRoleIn(caller, facts.data.editionId, PLACE_KEEPERS);
    return this.invitations.ofScreening(id);
  }

  @Put('invitations/:id/seats')
  @Access('programmer', 'house-manager')
  @Answers('The invitee sits there', InvitationRow)
  seat(
    @CallerParam() caller: Caller,
    @Param('id') id: string,
    @Body(valid(SeatInvitation)) body: SeatInvitation,
  ): Promise<InvitationRow> {
    return this.invite.seat(caller, known(id), body.seats);
  }

  @Get('invitations/:id')
  @Access('public')
  @Answers('The invitation, for whoever has its personal link', Invitation)
  one(@Param('id') id: string, @Query(valid(OfferKey)) query: OfferKey): Promise<Invitation> {
    return this.invitations.view(known(id), query.key ?? '');
  }

  @Post('invitations/:id/answer')
  @HttpCode(200)
  @Access('public')
  @Answers('The answer as it stands', Invitation)
  answer(@Param('id') id: string, @Body(valid(AnswerInvitationBody)) body: AnswerInvitationBody): Promise<Invitation> {
    return this.answerInvitation.execute(known(id), body);
  }

  /** What a mail carries; the link never stands in an event. */
  @Get('internal/invitations/:id/documents')
  @Access('service')
  async forMail(@Param('id') id: string): Promise<{ link: string }> {
    const { id: found } = await this.invitations.one(known(id));
    return { link: this.invitations.link(found) };
  }
}

function known(id: string): string {
  if (!isId(id)) throw invitationUnknown();
  return id;
}
