import { useQuery } from '@tanstack/react-query';
import { editionsQuery } from '../../../api/screenings.api';

/** The edition that the office works on: the newest. Empty until it is known. */
export function useEdition(): string {
  const { data } = useQuery(editionsQuery);
  return data?.[0]?.id ?? '';
}
