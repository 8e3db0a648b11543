import { queryOptions } from '@tanstack/react-query';
import type { ImportSeatPlan, MakeBlock } from '#libs/contracts';
import { answer, api, keyed } from './client';

/** Every version of a plan, the newest first, with what sits by it. */
export const planVersionsQuery = (planId: string) =>
  queryOptions({
    queryKey: ['plan-versions', planId],
    queryFn: () => answer(api.GET('/api/screenings/seat-plans/{planId}/versions', { params: { path: { planId } } })),
    staleTime: 10_000,
  });

export const recordPlan = (hallId: string, body: ImportSeatPlan, dryRun: boolean) =>
  answer(
    api.POST('/api/screenings/halls/{id}/seat-plans', { params: { path: { id: hallId }, query: { dryRun } }, body }),
  );

/** Where a version is downloaded: pretix's file of a generation, or a grid for a spreadsheet. */
export const planFile = (planId: string, version: number, kind: 'newer' | 'older' | 'grid') =>
  kind === 'grid'
    ? `/api/screenings/seat-plans/${planId}/grid?version=${version}`
    : `/api/screenings/seat-plans/${planId}/pretix?version=${version}&generation=${kind}`;

/** Seats of a screening that are held for a named purpose. */
export const blocksQuery = (screeningId: string) =>
  queryOptions({
    queryKey: ['blocks', screeningId],
    queryFn: () => answer(api.GET('/api/tickets/screenings/{id}/blocks', { params: { path: { id: screeningId } } })),
    staleTime: 5_000,
  });

export const makeBlock = (screeningId: string, body: MakeBlock, key: string) =>
  answer(
    api.POST('/api/tickets/screenings/{id}/blocks', {
      params: { path: { id: screeningId } },
      body,
      headers: keyed(key),
    }),
  );

export const releaseBlock = (id: string) =>
  answer(api.POST('/api/tickets/blocks/{id}/release', { params: { path: { id } } }));
