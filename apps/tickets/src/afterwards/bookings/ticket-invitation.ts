import { Injectable } from '@nestjs/common';
import type { Order } from '#libs/contracts';
import type { LocalText } from '#libs/kernel';
import { Database } from '#libs/persistence';
import { type Caller, fingerprint } from '#libs/service-defaults';
import { invitationNotSeated } from '../../inventory/allocations/invitations/invitation.refusals.js';
import { InvitationsQueries } from '../../inventory/allocations/invitations/invitations.queries.js';
import { PLACE_KEEPERS, requireRoleIn } from '../../inventory/allocations/managers.js';
import { seatPrice } from '../../inventory/holds/hold.rules.js';
import { CommitOrder } from '../../sale/orders/commit-order.js';

const REASON: LocalText = { kk: 'Фестиваль шақыруы', ru: 'Приглашение фестиваля', en: 'By invitation of the festival' };

/** An accepted and seated invitation gets tickets: an order that costs nothing takes over its claims and is mailed. */
@Injectable()
export class TicketInvitation {
  constructor(
    private readonly database: Database,
    private readonly invitations: InvitationsQueries,
    private readonly commit: CommitOrder,
  ) {}

  /** Asked twice it answers the same order. @throws invitation-unknown, invitation-not-seated, offer-gone */
  async execute(caller: Caller, id: string): Promise<Order> {
    const invited = await this.invitations.one(id);
    requireRoleIn(caller, invited.edition, PLACE_KEEPERS);
    const [made] = await this.database.query<{ order: string | null; language: 'kk' | 'ru' | 'en' }>(
      'SELECT order_id AS order, language FROM invitation WHERE id = $1',
      [id],
    );
    const facts = await this.invitations.facts(invited.screening);
    const seated = invited.state === 'accepted' && invited.seats.length === invited.accepted;
    if (!made?.order && !seated) throw invitationNotSeated({ accepted: invited.accepted, seats: invited.seats.length });
    const lines = invited.seats
      .map((seat) => facts.seatById.get(seat)!)
      .map((seat, index) => ({
        line: index + 1,
        screening: invited.screening,
        seat: seat.id,
        plan: facts.data.planVersion,
        plan_id: facts.data.planId,
        row_label: seat.row,
        seat_label: seat.number,
        category: seat.category,
        amount: 0,
        kind: 'full',
        list_amount: seatPrice(facts, seat),
        reasons: [{ rule: 'free' as const, change: -seatPrice(facts, seat), text: REASON }],
      }));
    return this.commit.execute(caller, {
      // One order per invitation, whoever of the protocol asks and however often.
      idempotency: { caller: 'invitations', key: id, fingerprint: fingerprint({ invitation: id }) },
      edition: invited.edition,
      person: invited.person ?? caller.id,
      language: made?.language ?? 'ru',
      consent: {},
      order: { lines, items: [], limits: [], passes: [], total: 0, promo: undefined },
      more: { channel: 'counter' },
      offer: id,
    });
  }
}
