import { queryOptions } from '@tanstack/react-query';
import type { EditionView, FestivalClockView, PlanGeometry, StepFestivalClock } from '#libs/contracts';
import { answer, api } from './client';

const MINUTE = 60_000;

/** The newest first; rehearsals, which only staff sees, after every real one. */
export const editionsQuery = queryOptions({
  queryKey: ['editions'],
  queryFn: async (): Promise<EditionView[]> => {
    const editions = await answer(api.GET('/api/screenings/editions'));
    return [...editions.filter((one) => !one.rehearsal), ...editions.filter((one) => one.rehearsal)];
  },
  staleTime: 10 * MINUTE,
});

/** The programme of the newest edition: what the whole site stands on. */
export const programmeQuery = queryOptions({
  queryKey: ['programme'],
  queryFn: async ({ client }) => {
    const [edition] = await client.ensureQueryData(editionsQuery);
    return edition
      ? answer(api.GET('/api/screenings/editions/{id}/programme', { params: { path: { id: edition.id } } }))
      : null;
  },
  staleTime: MINUTE,
});

export const planQuery = (planId: string, version: number) =>
  queryOptions({
    queryKey: ['plan', planId, version],
    queryFn: async () => {
      const params = { path: { planId, version: String(version) } };
      // A seat is a tuple, which the document of the routes has no words for.
      return (await answer(
        api.GET('/api/screenings/seat-plans/{planId}/versions/{version}', { params }),
      )) as PlanGeometry;
    },
    staleTime: Number.POSITIVE_INFINITY,
  });

const clockFacts = (clock: FestivalClockView) => ({
  ...clock,
  /** How far the server's clock is ahead of this one. */
  aheadMs: Date.parse(clock.now) - clock.offsetMs - Date.now(),
});

/** What the page itself said of the festival's clock, some moments old: enough to keep its place. */
function clockOfPage() {
  const told = document.getElementById('root')?.dataset.festivalClock;
  return told ? { ...(JSON.parse(told) as FestivalClockView), aheadMs: 0 } : undefined;
}

export const clockQuery = queryOptions({
  queryKey: ['festival-clock'],
  queryFn: async () => clockFacts(await answer(api.GET('/api/festival-clock'))),
  initialData: clockOfPage,
  initialDataUpdatedAt: 0,
  refetchInterval: MINUTE,
  staleTime: MINUTE / 2,
});

export function stepClock(body: StepFestivalClock): Promise<FestivalClockView> {
  return answer(api.POST('/api/dev/festival-clock', { body }));
}
