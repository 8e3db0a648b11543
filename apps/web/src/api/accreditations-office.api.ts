import { queryOptions } from '@tanstack/react-query';
import type {
  AnnounceExtra,
  BeginWalkUp,
  DocumentSetKind,
  FreezeDocumentSet,
  InvitePeople,
  IssueWalkUp,
  OpenDelegation,
  OrderPrints,
  PrintFormat,
  StepPrint,
} from '#libs/contracts';
import { answer, api, keyed, parts } from './client';

export const officeDelegationsQuery = (edition: string) =>
  queryOptions({
    queryKey: ['office-delegations', edition],
    queryFn: () =>
      answer(api.GET('/api/accreditations/editions/{edition}/delegations', { params: { path: { edition } } })),
    enabled: edition !== '',
  });
export const openDelegation = (edition: string, body: OpenDelegation) =>
  answer(
    api.POST('/api/accreditations/editions/{edition}/delegations', {
      params: { path: { edition } },
      headers: keyed(),
      body,
    }),
  );
export const invitedQuery = (edition: string) =>
  queryOptions({
    queryKey: ['invited', edition],
    queryFn: () => answer(api.GET('/api/accreditations/editions/{edition}/invited', { params: { path: { edition } } })),
    enabled: edition !== '',
  });
export const invitePeople = (edition: string, body: InvitePeople) =>
  answer(
    api.POST('/api/accreditations/editions/{edition}/invited', {
      params: { path: { edition } },
      headers: keyed(),
      body,
    }),
  );

export const documentSetsQuery = (edition: string) =>
  queryOptions({
    queryKey: ['document-sets', edition],
    queryFn: () => answer(api.GET('/api/accreditations/document-sets', { params: { query: { edition } } })),
    enabled: edition !== '',
  });
export const documentPreviewQuery = (edition: string, kind: DocumentSetKind) =>
  queryOptions({
    queryKey: ['document-sets', edition, 'preview', kind],
    queryFn: () =>
      answer(api.GET('/api/accreditations/document-sets/preview', { params: { query: { edition, kind } } })),
    enabled: edition !== '',
  });
export const freezeDocumentSet = (body: FreezeDocumentSet) =>
  answer(api.POST('/api/accreditations/document-sets', { headers: keyed(), body }));
export const documentSetFile = (id: string, query: string) => `/api/accreditations/document-sets/${id}/file?${query}`;

export const batchesQuery = (edition: string) =>
  queryOptions({
    queryKey: ['print-batches', edition],
    queryFn: () => answer(api.GET('/api/accreditations/print-batches', { params: { query: { edition } } })),
    enabled: edition !== '',
    refetchInterval: 2_000,
  });
export const orderPrints = (body: OrderPrints) =>
  answer(api.POST('/api/accreditations/print-batches', { headers: keyed(), body }));
export const batchPdf = (id: string) => `/api/accreditations/print-batches/${id}/pdf`;
export const batchPrinted = (id: string) =>
  answer(api.POST('/api/accreditations/print-batches/{id}/printed', { params: { path: { id } }, headers: keyed() }));
export const stepPrint = (id: string, to: StepPrint['to']) =>
  answer(
    api.POST('/api/accreditations/badge-prints/{id}/steps', {
      params: { path: { id } },
      headers: keyed(),
      body: { to },
    }),
  );

export const deskQuery = (edition: string, search: string) =>
  queryOptions({
    queryKey: ['desk', edition, search],
    queryFn: () => answer(api.GET('/api/accreditations/desk/people', { params: { query: { edition, search } } })),
    enabled: edition !== '' && search.trim().length >= 2,
    // A photo's link lives for a minute.
    refetchInterval: 45_000,
  });
export const printAtDesk = (badgeId: string, format: PrintFormat) =>
  answer(
    api.POST('/api/accreditations/desk/badges/{id}/print', {
      params: { path: { id: badgeId } },
      headers: keyed(),
      body: { format },
    }),
  );
/** A new serial; the old one answers "replaced". */
export const reprintAtDesk = (badgeId: string, format: PrintFormat, reason: string) =>
  answer(
    api.POST('/api/accreditations/desk/badges/{id}/reprint', {
      params: { path: { id: badgeId } },
      headers: keyed(),
      body: { format, reason },
    }),
  );
export const deskPdf = (printId: string) => `/api/accreditations/desk/prints/${printId}/pdf`;
export const beginWalkUp = (body: BeginWalkUp) =>
  answer(api.POST('/api/accreditations/desk/walk-ups', { headers: keyed(), body }));
export function walkUpEvidence(applicationId: string, kind: string, file: File, issuedOn?: string) {
  const form = new FormData();
  form.set('kind', kind);
  if (issuedOn) form.set('issuedOn', issuedOn);
  form.set('file', file);
  return answer(
    api.POST('/api/accreditations/desk/walk-ups/{id}/evidence', {
      params: { path: { id: applicationId } },
      headers: keyed(),
      ...parts(form),
    }),
  );
}
export const issueWalkUp = (applicationId: string, body: IssueWalkUp) =>
  answer(
    api.POST('/api/accreditations/desk/walk-ups/{id}/issue', {
      params: { path: { id: applicationId } },
      headers: keyed(),
      body,
    }),
  );

export const officeExtrasQuery = (edition: string) =>
  queryOptions({
    queryKey: ['extras', edition],
    queryFn: () => answer(api.GET('/api/accreditations/editions/{id}/extras', { params: { path: { id: edition } } })),
    enabled: edition !== '',
  });
export const announceExtra = (edition: string, body: AnnounceExtra) =>
  answer(
    api.POST('/api/accreditations/editions/{id}/extras', { params: { path: { id: edition } }, headers: keyed(), body }),
  );
const extra = (edition: string, id: string) => ({ id: edition, extra: id });
export const extraRequestsQuery = (edition: string, id: string) =>
  queryOptions({
    queryKey: ['extras', edition, id],
    queryFn: () =>
      answer(
        api.GET('/api/accreditations/editions/{id}/extras/{extra}/requests', { params: { path: extra(edition, id) } }),
      ),
    refetchInterval: 10_000,
  });
export const drawExtra = (edition: string, id: string) =>
  answer(
    api.POST('/api/accreditations/editions/{id}/extras/{extra}/draw', {
      params: { path: extra(edition, id) },
      headers: keyed(),
    }),
  );
export const decideExtra = (edition: string, id: string, request: string, granted: boolean) =>
  answer(
    api.POST('/api/accreditations/editions/{id}/extras/{extra}/requests/{request}/decision', {
      params: { path: { ...extra(edition, id), request } },
      headers: keyed(),
      body: { granted },
    }),
  );
export const bibsPdf = (edition: string, id: string) => `/api/accreditations/editions/${edition}/extras/${id}/bibs.pdf`;

export const alertsQuery = (edition: string) =>
  queryOptions({
    queryKey: ['badge-alerts', edition],
    queryFn: () => answer(api.GET('/api/accreditations/badges/alerts', { params: { query: { edition } } })),
    enabled: edition !== '',
    refetchInterval: 10_000,
  });
export const alertSeen = (id: string) =>
  answer(api.POST('/api/accreditations/badges/alerts/{id}/seen', { params: { path: { id } } }));
