import { queryOptions } from '@tanstack/react-query';
import type {
  CheckScreening,
  CopyEdition,
  CreateScreening,
  ImportProgramme,
  OfficeProgramme,
  PatchScreening,
  PutEvent,
  PutFilm,
  PutSection,
  ScreeningDetail,
  ScreeningState,
} from '#libs/contracts';
import { answer, api, keyed } from './client';

const SECOND = 1_000;

/** The programme as its makers see it. Others work on it too, so it is asked again. */
export const officeProgrammeQuery = (editionId: string) =>
  queryOptions({
    queryKey: ['office-programme', editionId],
    queryFn: (): Promise<OfficeProgramme> =>
      answer(api.GET('/api/screenings/editions/{id}/office-programme', { params: { path: { id: editionId } } })),
    enabled: editionId !== '',
    staleTime: 5 * SECOND,
    refetchInterval: 30 * SECOND,
  });

/** A screening with the tag that its change or its deletion must carry. */
export const screeningQuery = (id: string) =>
  queryOptions({
    queryKey: ['office-screening', id],
    queryFn: async (): Promise<{ screening: ScreeningDetail; tag: string }> => {
      const { data, response } = await api.GET('/api/screenings/screenings/{id}', { params: { path: { id } } });
      return { screening: data as ScreeningDetail, tag: response.headers.get('etag') ?? '' };
    },
    staleTime: 0,
  });

/** What saving these would be refused for; the server's own rule. */
export const checkQuery = (body: CheckScreening | null) =>
  queryOptions({
    queryKey: ['screening-check', body],
    queryFn: () => answer(api.POST('/api/screenings/screenings/check', { body: body! })),
    enabled: body !== null,
    staleTime: 0,
    gcTime: 30 * SECOND,
    retry: false,
    placeholderData: (before: unknown) => before as never,
  });

export const createScreening = (body: CreateScreening, key: string) =>
  answer(api.POST('/api/screenings/screenings', { body, headers: keyed(key) }));

export const patchScreening = (id: string, tag: string, body: PatchScreening) =>
  answer(
    api.PATCH('/api/screenings/screenings/{id}', { params: { path: { id } }, body, headers: { 'If-Match': tag } }),
  );

export const deleteDraft = (id: string, tag: string) =>
  answer(api.DELETE('/api/screenings/screenings/{id}', { params: { path: { id } }, headers: { 'If-Match': tag } }));

export const delayScreening = (id: string, minutes: number, key: string) =>
  answer(
    api.POST('/api/screenings/screenings/{id}/delay', {
      params: { path: { id } },
      body: { minutes },
      headers: keyed(key),
    }),
  );

export const cancelScreening = (id: string, reason: string) =>
  answer(api.POST('/api/screenings/screenings/{id}/cancel', { params: { path: { id } }, body: { reason } }));

/** The next step of a screening's life; cancelling has a reason and a function of its own. */
export function stepScreening(id: string, to: Exclude<ScreeningState, 'draft' | 'cancelled'>) {
  const params = { params: { path: { id } } };
  if (to === 'announced') return answer(api.POST('/api/screenings/screenings/{id}/announce', params));
  if (to === 'on-sale') return answer(api.POST('/api/screenings/screenings/{id}/open-sales', params));
  if (to === 'closed') return answer(api.POST('/api/screenings/screenings/{id}/close', params));
  return answer(api.POST('/api/screenings/screenings/{id}/end', params));
}

/** How many seats of each share are taken: what a cancellation would touch. */
export const sharesQuery = (id: string) =>
  queryOptions({
    queryKey: ['shares', id],
    queryFn: () => answer(api.GET('/api/tickets/screenings/{id}/allocations', { params: { path: { id } } })),
    staleTime: 5 * SECOND,
    retry: false,
  });

/** What was seen of a row before it is saved: its tag, or that it is new. */
const seen = (tag: string | null) => (tag === null ? { 'If-None-Match': '*' } : { 'If-Match': tag });
const row = (id: string, entryId: string) => ({ params: { path: { id, entryId } } });

export const putFilm = (edition: string, id: string, body: PutFilm, tag: string | null) =>
  answer(api.PUT('/api/screenings/editions/{id}/films/{entryId}', { ...row(edition, id), body, headers: seen(tag) }));
export const putSection = (edition: string, id: string, body: PutSection, tag: string | null) =>
  answer(
    api.PUT('/api/screenings/editions/{id}/sections/{entryId}', { ...row(edition, id), body, headers: seen(tag) }),
  );
export const putEvent = (edition: string, id: string, body: PutEvent, tag: string | null) =>
  answer(api.PUT('/api/screenings/editions/{id}/events/{entryId}', { ...row(edition, id), body, headers: seen(tag) }));

export function removeEntry(edition: string, kind: 'films' | 'sections' | 'events', id: string) {
  if (kind === 'films') return answer(api.DELETE('/api/screenings/editions/{id}/films/{entryId}', row(edition, id)));
  if (kind === 'sections')
    return answer(api.DELETE('/api/screenings/editions/{id}/sections/{entryId}', row(edition, id)));
  return answer(api.DELETE('/api/screenings/editions/{id}/events/{entryId}', row(edition, id)));
}

export const importProgramme = (edition: string, body: ImportProgramme, dryRun: boolean) =>
  answer(
    api.POST('/api/screenings/editions/{id}/import', { params: { path: { id: edition }, query: { dryRun } }, body }),
  );

export const copyEdition = (from: string, body: CopyEdition, key: string) =>
  answer(api.POST('/api/screenings/editions/{id}/next', { params: { path: { id: from } }, body, headers: keyed(key) }));
