import { Injectable } from '@nestjs/common';
import type { TriedPrices, TryPrices } from '#libs/contracts';
import { KZT } from '#libs/kernel';
import { FestivalClock } from '../../copies/programme-copy/festival-clock.js';
import { ProgrammeCopy } from '../../copies/programme-copy/programme-copy.js';
import { screeningUnknown } from '../../inventory/seats/seat.refusals.js';
import { FULL, kindTrouble, type Promo, priceBasket } from './price.rules.js';
import { seatToPrice } from './price-seats.js';
import { promoTrouble } from './promo-code.rules.js';
import { PromoCodes } from './promo-codes.js';

/** What a basket would cost by rules that somebody is writing: the very rules of the sale, over rows that nobody saved. */
@Injectable()
export class TryPriceRules {
  constructor(
    private readonly programme: ProgrammeCopy,
    private readonly codes: PromoCodes,
    private readonly festival: FestivalClock,
  ) {}

  /** @throws screening-unknown */
  async execute(edition: string, { rules, seats, channel, promo: code }: TryPrices): Promise<TriedPrices> {
    const chosen = await Promise.all(
      seats.map(async ({ screeningId, category, kind, place }, index) => {
        const facts = await this.programme.screening(screeningId);
        if (!facts || facts.data.editionId !== edition) throw screeningUnknown({ screening: screeningId });
        const seat = { ...facts.seats[0]!, id: `trial ${index}`, category, kind: place };
        return seatToPrice({ facts, seat, kind });
      }),
    );
    const { promo, trouble } = await this.promo(edition, code);
    const troubles = chosen.map((seat) => {
      if (seat.kind === FULL) return null;
      return (
        kindTrouble(
          rules.concessions.find((one) => one.id === seat.kind),
          seat,
          promo,
        ) ?? null
      );
    });
    const priced = chosen.map((seat, index) => (troubles[index] ? { ...seat, kind: FULL } : seat));
    const basket = priceBasket({ seats: priced, rules, channel, ...(promo && { promo }) });
    const money = (amount: number) => ({ amount, currency: KZT });
    return {
      total: money(basket.total),
      lines: basket.seats.map((line, index) => ({
        kind: line.kind,
        listPrice: money(line.list),
        price: money(line.amount),
        reasons: line.reasons,
        trouble: troubles[index]!,
      })),
      fees: basket.fees.map(({ name, amount }) => ({ name, price: money(amount) })),
      promoTrouble: trouble,
    };
  }

  private async promo(
    edition: string,
    code: string | undefined,
  ): Promise<{ promo: Promo | undefined; trouble: string | null }> {
    if (code === undefined) return { promo: undefined, trouble: null };
    const promo = await this.codes.byCode(edition, code);
    if (!promo) return { promo: undefined, trouble: 'unknown' };
    const trouble = promoTrouble(promo.data, await this.festival.now(edition));
    return { promo: trouble ? undefined : promo, trouble: trouble ?? null };
  }
}
