import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { officeProgrammeQuery } from '../../../api/office-programme.api';
import { editionsQuery } from '../../../api/screenings.api';

/** The edition that one works on: named in the address, else the newest that is no rehearsal; and its programme. */
export function useOffice() {
  const client = useQueryClient();
  const [search] = useSearchParams();
  const { data: editions, error: noEditions } = useQuery(editionsQuery);
  const named = search.get('edition');
  const edition = editions?.find(({ id }) => id === named) ?? editions?.[0];
  const { data: programme, error, refetch } = useQuery(officeProgrammeQuery(edition?.id ?? ''));
  return {
    editions: editions ?? [],
    edition,
    programme,
    error: noEditions ?? error,
    again: () => void refetch(),
    /** What staff changed is seen everywhere at once. */
    changed: () =>
      Promise.all(
        ['office-programme', 'programme', 'office-screening', 'editions', 'plan-versions'].map((key) =>
          client.invalidateQueries({ queryKey: [key] }),
        ),
      ),
  };
}
