import { useNavigate } from 'react-router';
import type { HeldSeats } from '#libs/contracts';
import { extendHold, releaseHold } from '../../api/tickets-seats.api';
import { basket, useBasket } from './basket';

/** What the one timer of a basket does for all of its holds. */
export function useBasketDeeds() {
  const { list } = useBasket();
  const navigate = useNavigate();
  return {
    /** Every hold that has its one extension left. A lost answer changes nothing: the clock goes on. */
    async keepLonger(): Promise<void> {
      for (const hold of list.filter((one) => one.extendable)) await extendHold(hold).then(basket.put, () => undefined);
    },
    giveAllBack(): void {
      for (const hold of list) void giveBack(hold);
      void navigate('/');
    },
  };
}

export async function giveBack(hold: HeldSeats): Promise<void> {
  basket.drop(hold.screeningId);
  await releaseHold(hold).catch(() => undefined);
}
