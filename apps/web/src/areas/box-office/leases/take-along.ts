import type { QueryClient } from '@tanstack/react-query';
import type { ScreeningView } from '#libs/contracts';
import { ApiProblem } from '../../../api/problem';
import { planQuery } from '../../../api/screenings.api';
import { holdSeats, seatsQuery } from '../../../api/tickets-seats.api';
import { drawnHall } from '../../../seat-map/hall.rules';
import { seatsInGroups } from './seats-in-groups.rules';

/** Others choose meanwhile: so often the seats are looked for anew. */
const TRIES = 3;

/**
 * A hold of so many of the best free seats of a hall; where seats have no face the service picks them.
 * @param key the hold's id: asked for again it is the same hold
 */
export async function holdToLease(
  client: QueryClient,
  screening: ScreeningView,
  count: number,
  key: string,
): Promise<string> {
  const plan = await client.fetchQuery(planQuery(screening.planId, screening.planVersion));
  const hall = drawnHall(plan);
  for (let left = TRIES; ; left--) {
    const { states } = await client.fetchQuery({ ...seatsQuery(screening.id), staleTime: 0 });
    const seats = seatsInGroups(hall, states, count);
    const wanted = seats.length > 0 ? { seats } : { best: { count } };
    try {
      return (await holdSeats({ screeningId: screening.id, ...wanted }, key)).token;
    } catch (error) {
      if (left === 0 || !(error instanceof ApiProblem) || error.code !== 'seats-taken') throw error;
    }
  }
}
