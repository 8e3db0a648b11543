import { useQuery } from '@tanstack/react-query';
import type { ScreeningView } from '#libs/contracts';
import { formatShortDayTime, MINUTE } from '#libs/kernel';
import { priceRulesQuery } from '../../api/tickets-orders.api';
import { useWords } from '../../i18n';

/** Until when tickets of a screening can be given back or exchanged, in plain words; before anything is bought. */
export function useReturnWords() {
  const { t, language } = useWords();
  return (
    screening: ScreeningView,
    rules: { untilMinutes: number | null; feePercent: number; exchangeUntilMinutes: number | null },
  ) => {
    const at = (minutes: number) =>
      formatShortDayTime(new Date(Date.parse(screening.startsAt) - minutes * MINUTE), screening.timezone, language);
    const { untilMinutes, feePercent, exchangeUntilMinutes } = rules;
    const back =
      untilMinutes === null
        ? t('returns.never')
        : feePercent > 0
          ? t('returns.until-fee', { time: at(untilMinutes), percent: feePercent })
          : t('returns.until', { time: at(untilMinutes) });
    return {
      back,
      exchange: exchangeUntilMinutes === null ? null : t('returns.exchange', { time: at(exchangeUntilMinutes) }),
    };
  };
}

export function ReturnLine({ screening }: { screening: ScreeningView }) {
  const { data } = useQuery(priceRulesQuery(screening.editionId));
  const words = useReturnWords();
  if (!data) return null;
  return <p className="small quiet">{words(screening, data.rules.returns).back}</p>;
}
