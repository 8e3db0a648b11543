import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type {
  Decide,
  MergeDuplicates,
  PrepareDecisions,
  RequestInformation,
  ReviewApplication,
  ReviewFilter,
  SaveFilter,
} from '#libs/contracts';
import { newId } from '#libs/kernel';
import { answer, api, keyed, seenAs } from './client';

export type QueueFilter = Omit<ReviewFilter, 'after' | 'limit' | 'edition'>;

export const queueQuery = (edition: string, filter: QueueFilter) =>
  infiniteQueryOptions({
    queryKey: ['review', edition, filter],
    queryFn: ({ pageParam }) =>
      answer(
        api.GET('/api/accreditations/review/applications', {
          params: { query: { ...filter, edition, after: pageParam, limit: 50 } },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    enabled: edition !== '',
    refetchInterval: 15_000,
    retry: false,
  });
export const reviewQuery = (id: string) =>
  queryOptions({
    queryKey: ['review-application', id],
    queryFn: () => answer(api.GET('/api/accreditations/review/applications/{id}', { params: { path: { id } } })),
    refetchInterval: 10_000,
  });
export const quotasQuery = (edition: string) =>
  queryOptions({
    queryKey: ['review', 'quotas', edition],
    queryFn: () => answer(api.GET('/api/accreditations/review/quotas', { params: { query: { edition } } })),
    enabled: edition !== '',
    refetchInterval: 15_000,
  });

const once = (application: ReviewApplication) => ({
  params: { path: { id: application.id } },
  headers: { ...seenAs(application.version), ...keyed() },
});
export const startReview = (application: ReviewApplication) =>
  answer(api.POST('/api/accreditations/review/applications/{id}/start', once(application)));
/** @param body `override` takes a place beyond a full quota that allows it */
export const approve = (application: ReviewApplication, body: Decide) =>
  answer(api.POST('/api/accreditations/review/applications/{id}/approve', { ...once(application), body }));
export const reject = (application: ReviewApplication, reason: string) =>
  answer(api.POST('/api/accreditations/review/applications/{id}/reject', { ...once(application), body: { reason } }));
export const putOnWaitlist = (application: ReviewApplication, reason: string) =>
  answer(api.POST('/api/accreditations/review/applications/{id}/waitlist', { ...once(application), body: { reason } }));
export const requestInformation = (application: ReviewApplication, body: RequestInformation) =>
  answer(api.POST('/api/accreditations/review/applications/{id}/request-information', { ...once(application), body }));
export const assignReviewer = (id: string, reviewer: string | null) =>
  answer(
    api.PUT('/api/accreditations/review/applications/{id}/reviewer', { params: { path: { id } }, body: { reviewer } }),
  );
export const writeNote = (id: string, text: string) =>
  answer(
    api.POST('/api/accreditations/review/applications/{id}/notes', {
      params: { path: { id } },
      headers: keyed(),
      body: { text },
    }),
  );
/** What the officer looked at; the others see it too. */
export const tick = (id: string, checked: Record<string, boolean>) =>
  answer(
    api.PUT('/api/accreditations/review/applications/{id}/checklist', { params: { path: { id } }, body: { checked } }),
  );
export const evidenceLink = (id: string) =>
  answer(api.POST('/api/accreditations/review/evidence/{id}/links', { params: { path: { id } } }));

const badge = (id: string) => ({ params: { path: { id } }, headers: keyed() });
/** On the badge, told to the gates at once. */
export const changeBadge = (id: string, command: 'revoke' | 'suspend' | 'reinstate' | 'lost', reason: string) => {
  const body = { reason };
  switch (command) {
    case 'revoke':
      return answer(api.POST('/api/accreditations/review/badges/{id}/revoke', { ...badge(id), body }));
    case 'suspend':
      return answer(api.POST('/api/accreditations/review/badges/{id}/suspend', { ...badge(id), body }));
    case 'reinstate':
      return answer(api.POST('/api/accreditations/review/badges/{id}/reinstate', { ...badge(id), body }));
    case 'lost':
      return answer(api.POST('/api/accreditations/review/badges/{id}/lost', { ...badge(id), body }));
  }
};

export const filtersQuery = (edition: string) =>
  queryOptions({
    queryKey: ['review-filters', edition],
    queryFn: () => answer(api.GET('/api/accreditations/review/filters', { params: { query: { edition } } })),
    enabled: edition !== '',
  });
export const saveFilter = (body: SaveFilter) =>
  answer(api.PUT('/api/accreditations/review/filters/{id}', { params: { path: { id: newId() } }, body }));
export const dropFilter = (id: string) =>
  answer(api.DELETE('/api/accreditations/review/filters/{id}', { params: { path: { id } } }));

export const releasesQuery = (edition: string) =>
  queryOptions({
    queryKey: ['releases', edition],
    queryFn: () => answer(api.GET('/api/accreditations/releases', { params: { query: { edition } } })),
    enabled: edition !== '',
    refetchInterval: 5_000,
  });
export const releaseQuery = (id: string) =>
  queryOptions({
    queryKey: ['releases', 'one', id],
    queryFn: () => answer(api.GET('/api/accreditations/releases/{id}', { params: { path: { id } } })),
    refetchInterval: 5_000,
  });
export const releaseDecisionsQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['releases', 'decisions', id],
    queryFn: ({ pageParam }) =>
      answer(
        api.GET('/api/accreditations/releases/{id}/decisions', {
          params: { path: { id }, query: { after: pageParam } },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
export const openRelease = (edition: string, name: string, releaseAt?: string) =>
  answer(
    api.POST('/api/accreditations/releases', {
      headers: keyed(),
      body: { edition, name, ...(releaseAt && { releaseAt }) },
    }),
  );
export const changeRelease = (release: { id: string; version: number; name: string }, releaseAt: string | null) =>
  answer(
    api.PUT('/api/accreditations/releases/{id}', {
      params: { path: { id: release.id } },
      headers: seenAs(release.version),
      body: { name: release.name, releaseAt },
    }),
  );
export const prepareDecisions = (releaseId: string, decisions: PrepareDecisions['decisions']) =>
  answer(
    api.POST('/api/accreditations/releases/{id}/decisions', {
      params: { path: { id: releaseId } },
      headers: keyed(),
      body: { decisions },
    }),
  );
/** Takes back these, or all; their places are free again. */
export const undoDecisions = (releaseId: string, applicationIds?: string[]) =>
  answer(
    api.POST('/api/accreditations/releases/{id}/undo', {
      params: { path: { id: releaseId } },
      headers: keyed(),
      body: applicationIds ? { applicationIds } : {},
    }),
  );
export const releaseNow = (id: string) =>
  answer(api.POST('/api/accreditations/releases/{id}/release', { params: { path: { id } }, headers: keyed() }));
export const discardRelease = (id: string) =>
  answer(api.DELETE('/api/accreditations/releases/{id}', { params: { path: { id } } }));

export const duplicatesQuery = (edition: string, application?: string) =>
  queryOptions({
    queryKey: ['duplicates', edition, application],
    queryFn: () =>
      answer(api.GET('/api/accreditations/review/duplicates', { params: { query: { edition, application } } })),
    enabled: edition !== '',
  });
export const mergeDuplicates = (body: MergeDuplicates) =>
  answer(api.POST('/api/accreditations/review/duplicates/merge', { headers: keyed(), body }));
export const dismissDuplicates = (first: string, second: string) =>
  answer(api.POST('/api/accreditations/review/duplicates/dismiss', { body: { first, second } }));
