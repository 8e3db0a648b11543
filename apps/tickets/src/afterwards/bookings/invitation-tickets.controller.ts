import { Controller, Param, Post } from '@nestjs/common';
import { Order } from '#libs/contracts';
import { isId } from '#libs/kernel';
import { Access, Answers, type Caller, CallerParam } from '#libs/service-defaults';
import { invitationUnknown } from '../../inventory/allocations/invitations/invitation.refusals.js';
import { TicketInvitation } from './ticket-invitation.js';

@Controller('invitations')
export class InvitationTicketsController {
  constructor(private readonly ticketInvitation: TicketInvitation) {}

  @Post(':id/tickets')
  @Access('programmer', 'house-manager')
  @Answers('The guest has tickets; asked again, the same ones', Order)
  make(@CallerParam() caller: Caller, @Param('id') id: string): Promise<Order> {
    if (!isId(id)) throw invitationUnknown();
    return this.ticketInvitation.execute(caller, id);
  }
}
