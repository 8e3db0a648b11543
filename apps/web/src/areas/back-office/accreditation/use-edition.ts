import { useQuery } from '@tanstack/react-query';
import { clockQuery, editionsQuery } from '../../../api/screenings.api';

/** The edition that the office works on: the newest. Empty until it is known. */
export function useEdition(): string {
  const { data } = useQuery(editionsQuery);
  return data?.[0]?.id ?? '';
}

/** The festival's time now, in milliseconds. */
export function useFestivalNow(): number {
  const { data } = useQuery(clockQuery);
  return Date.now() + (data ? data.aheadMs + data.offsetMs : 0);
}
