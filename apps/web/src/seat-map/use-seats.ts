import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { SeatChanges, SeatStates } from '#libs/contracts';
import { seatsQuery } from '../api/tickets-seats.api';

/** Where the stream can't be had, the map is asked for this often. */
const ASK_EVERY_MS = 2_000;

function changed(map: SeatStates, { free, changed: seats }: SeatChanges): SeatStates {
  const states = [...map.states];
  for (const [place, state] of Object.entries(seats)) states[Number(place)] = state;
  return { ...map, free, states: states.join('') };
}

/** Hears what happens to a screening's seats; answers how to stop. */
function listen(screeningId: string, client: QueryClient, onLive: (live: boolean) => void): () => void {
  const { queryKey } = seatsQuery(screeningId);
  const source = new EventSource(`/api/tickets/screenings/${encodeURIComponent(screeningId)}/seats/stream`);
  source.addEventListener('map', (event) => {
    client.setQueryData(queryKey, JSON.parse(event.data as string) as SeatStates);
    onLive(true);
  });
  source.addEventListener('seats', (event) => {
    client.setQueryData(queryKey, (map) => map && changed(map, JSON.parse(event.data as string) as SeatChanges));
  });
  source.addEventListener('error', () => onLive(false));
  return () => source.close();
}

/** The states of a screening's seats as others change them: by a stream while the page is looked at, else by asking. */
export function useSeats(screeningId: string) {
  const client = useQueryClient();
  const [live, setLive] = useState(false);
  useEffect(() => {
    let stop: (() => void) | undefined;
    const follow = () => {
      stop?.();
      stop = document.visibilityState === 'visible' ? listen(screeningId, client, setLive) : undefined;
      if (!stop) setLive(false);
    };
    follow();
    document.addEventListener('visibilitychange', follow);
    return () => {
      document.removeEventListener('visibilitychange', follow);
      stop?.();
    };
  }, [screeningId, client]);
  return useQuery({ ...seatsQuery(screeningId), refetchInterval: live ? false : ASK_EVERY_MS });
}
