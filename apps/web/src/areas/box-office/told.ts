import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { formatShortDayTime, SECOND, venueTime } from '#libs/kernel';
import { peopleNamedQuery } from '../../api/house.api';
import { clockQuery } from '../../api/screenings.api';
import { useWords } from '../../i18n';

const FESTIVAL_ZONE = 'Asia/Almaty';

/** The festival's time, as it goes on. */
export function useFestivalNow(): { now: number; zone: string } {
  const { data } = useQuery(clockQuery);
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 10 * SECOND);
    return () => clearInterval(timer);
  }, []);
  return { now: now + (data ? data.aheadMs + data.offsetMs : 0), zone: data?.timezone ?? FESTIVAL_ZONE };
}

/** What machines wrote down, said by the festival's clock: a shift's hours and the bar's stand beside each other. */
export function useTold() {
  const { language } = useWords();
  const { data } = useQuery(clockQuery);
  const zone = data?.timezone ?? FESTIVAL_ZONE;
  const at = (instant: string) => new Date(Date.parse(instant) + (data?.offsetMs ?? 0));
  return {
    at,
    time: (instant: string) => venueTime(at(instant), zone),
    dayTime: (instant: string) => formatShortDayTime(at(instant), zone, language),
  };
}

/** How colleagues are called. */
export function useNames(ids: readonly (string | null | undefined)[]): (id: string | null | undefined) => string {
  const { t } = useWords();
  const { data } = useQuery(peopleNamedQuery([...new Set(ids.filter((id) => id != null))].sort()));
  return (id) => {
    const person = data?.people.find((one) => one.id === id);
    return person?.name || person?.email || t('counter.colleague');
  };
}
