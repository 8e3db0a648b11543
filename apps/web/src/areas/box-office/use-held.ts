import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { HeldSeats } from '#libs/contracts';
import { newId } from '#libs/kernel';
import { ApiProblem } from '../../api/client';
import { extendHold, holdSeats, releaseHold, seatsQuery } from '../../api/tickets-seats.api';
import { useWords } from '../../i18n';
import { bestSeats, type Hall, type Seat, toggled } from '../../seat-map/hall.rules';
import { keepSale, keptSale } from './kept-sale';
import type { SaleDeeds } from './use-sale';

const NO_BUYER = {};

/** Seats for the next sale: by number of people, one by one, or given back. One wish at a time, in their order. */
export function useHeld(shiftId: string, screeningId: string, hall: Hall | undefined, sale: SaleDeeds) {
  const { t } = useWords();
  const client = useQueryClient();
  const [trouble, setTrouble] = useState('');
  const [waiting, setWaiting] = useState(0);
  const before = useRef<Promise<void>>(Promise.resolve());
  const { queryKey } = seatsQuery(screeningId);
  const mine = () => keptSale(shiftId);

  function keep(hold: HeldSeats) {
    const kept = mine();
    // What was sent is no longer to be picked.
    if (kept?.sent) return;
    const kinds = Object.entries(kept?.kinds ?? {}).filter(([seat]) => hold.seats.some(({ id }) => id === seat));
    keepSale(shiftId, {
      shiftId,
      screeningId: hold.screeningId,
      hold,
      kinds: Object.fromEntries(kinds),
      promo: kept?.promo ?? '',
      buyer: kept?.buyer ?? NO_BUYER,
    });
    sale.tell({ type: 'held' });
  }
  async function letGo() {
    const hold = mine()?.hold;
    keepSale(shiftId, null);
    sale.tell({ type: 'emptied' });
    if (hold) await releaseHold(hold);
  }
  function explain(error: unknown): string {
    if (!(error instanceof ApiProblem)) return t('app.no-answer');
    const gone = (error.problem.facts?.seats ?? []) as { row?: string; number?: string }[];
    if (error.code !== 'seats-taken' || gone.length === 0) return error.problem.title ?? t('app.no-answer');
    return t('counter.seats-gone', { row: gone[0]?.row ?? '', seats: gone.map(({ number }) => number).join(', ') });
  }
  function wish(work: () => Promise<void>): void {
    setWaiting((n) => n + 1);
    before.current = before.current
      .then(async () => {
        setTrouble('');
        await work();
      })
      .catch((error: unknown) => setTrouble(explain(error)))
      .finally(() => {
        setWaiting((n) => n - 1);
        void client.invalidateQueries({ queryKey });
      });
  }
  const hold = async (seats: string[]) => keep(await holdSeats({ screeningId, seats }, newId()));
  const held = () => mine()?.hold.seats.map(({ id }) => id) ?? [];

  return {
    trouble,
    busy: waiting > 0,
    toggle: (seat: Seat) =>
      wish(async () => {
        if (!hall) return;
        const seats = toggled(held(), seat, hall, client.getQueryData(queryKey)?.companionsReleased);
        await (seats.length > 0 ? hold(seats) : letGo());
      }),
    /** The best seats beside each other; one's own count as free, as the new hold replaces the old one. */
    best: (count: number, zone: number | null) =>
      wish(async () => {
        const states = client.getQueryData(queryKey)?.states ?? '';
        const own = new Set(hall?.seats.filter(({ id }) => held().includes(id)).map(({ index }) => index));
        const known = [...states].map((state, i) => (own.has(i) ? 'f' : state)).join('');
        const found = hall && bestSeats(hall, known, count, zone);
        const asked = found && holdSeats({ screeningId, seats: found.map(({ id }) => id) }, newId());
        const got = await asked?.catch((error: unknown) => {
          if (error instanceof ApiProblem && error.code === 'seats-taken') return undefined;
          throw error;
        });
        keep(got ?? (await holdSeats({ screeningId, best: { count } }, newId())));
      }),
    release: () => wish(letGo),
    extend: () =>
      wish(async () => {
        const kept = mine();
        if (kept) keep(await extendHold(kept.hold));
      }),
    ended: () => {
      keepSale(shiftId, null);
      sale.tell({ type: 'emptied' });
      setTrouble(t('counter.hold-ended'));
      void client.invalidateQueries({ queryKey });
    },
  };
}
