import { Inject, Injectable } from '@nestjs/common';
import type { HeldSeats, OfferKey } from '#libs/contracts';
import { type Caller, SETTINGS } from '#libs/service-defaults';
import { seatPrice } from '../../inventory/holds/hold.rules.js';
import { writeHoldToken } from '../../inventory/holds/hold-token.js';
import type { TicketsSettings } from '../../settings.js';
import { WaitlistQueries } from './waitlist.queries.js';
import { offerGone } from './waitlist.refusals.js';

/**
 * Takes an offer to the usual checkout: a hold token for seats that are claimed already. Prices, kinds and promo codes
 * are the checkout's; it hands the claims over when the order names the offer.
 */
@Injectable()
export class HoldOffer {
  constructor(
    private readonly waitlist: WaitlistQueries,
    @Inject(SETTINGS) private readonly settings: TicketsSettings,
  ) {}

  /** @throws offer-unknown, offer-gone */
  async execute(caller: Caller, offer: string, { key }: OfferKey): Promise<HeldSeats> {
    const row = await this.waitlist.byOffer(caller, offer, key);
    if (row.offer !== offer || !row.until || row.until.getTime() <= Date.now()) throw offerGone();
    const facts = await this.waitlist.facts(row.screening);
    const token = {
      hold: offer,
      screening: row.screening,
      plan: facts.data.planVersion,
      planId: facts.data.planId,
      buyer: caller.id,
      seats: row.claims,
      until: row.until.getTime(),
      offer,
    };
    return {
      holdId: offer,
      screeningId: row.screening,
      seats: row.claims
        .map((id) => facts.seatById.get(id)!)
        .map((seat) => ({
          id: seat.id,
          row: seat.row,
          number: seat.number,
          category: seat.category,
          price: { amount: seatPrice(facts, seat), currency: facts.currency },
        })),
      expiresAt: row.until.toISOString(),
      extendable: false,
      token: writeHoldToken(token, this.settings.TOKEN_SECRET),
    };
  }
}
