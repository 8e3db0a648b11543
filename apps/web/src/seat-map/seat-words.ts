import { useMemo } from 'react';
import type { ScreeningView } from '#libs/contracts';
import { formatMoney } from '#libs/kernel';
import { useWords } from '../i18n';
import type { Seat, SeatState } from './hall.rules';

const STATES: Record<SeatState, string> = {
  f: 'legend.free',
  y: 'legend.yours',
  h: 'legend.held',
  s: 'legend.sold',
  n: 'legend.closed',
};

/** How a seat of a screening is called and what it costs; each name is made once, as a hall has hundreds. */
export function useSeatWords(screening: ScreeningView) {
  const { t, language } = useWords();
  // biome-ignore lint/correctness/useExhaustiveDependencies: t changes with the language alone
  return useMemo(() => {
    const prices = new Map(screening.prices.map((price) => [price.category, price]));
    const made = new Map<string, string>();
    const priceOf = (seat: Seat) => {
      const price = prices.get(seat.category);
      return price ? formatMoney(price) : '';
    };
    const nameOf = (seat: Seat, state: SeatState) =>
      [
        t('map.row', { row: seat.row }),
        t('map.seat', { seat: seat.number }),
        seat.kind === 'seat' ? null : t(seat.kind === 'wheelchair' ? 'legend.wheelchair' : 'legend.companion'),
        prices.get(seat.category)?.name[language],
        priceOf(seat),
        t(STATES[state]),
      ]
        .filter(Boolean)
        .join(', ');
    return {
      priceOf,
      nameOf(seat: Seat, state: SeatState): string {
        const key = `${seat.id} ${state}`;
        const name = made.get(key) ?? nameOf(seat, state);
        made.set(key, name);
        return name;
      },
    };
  }, [screening, language]);
}
