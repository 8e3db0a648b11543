import { useQuery } from '@tanstack/react-query';
import { officeProgrammeQuery } from '../../../api/office-programme.api';
import { editionsQuery } from '../../../api/screenings.api';

/** Venues with their halls and the newest version of every plan; they serve every edition. */
export function useHalls() {
  const editions = useQuery(editionsQuery);
  const office = useQuery(officeProgrammeQuery(editions.data?.[0]?.id ?? ''));
  return {
    programme: office.data,
    error: editions.error ?? office.error,
    nothing: editions.data?.length === 0,
    again: () => void office.refetch(),
  };
}
