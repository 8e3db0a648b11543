import { queryOptions } from '@tanstack/react-query';
import type { Application } from '#libs/contracts';
import type { Language } from '#libs/kernel';
import { ApiProblem, answer, api, keyed, NoAnswer, seenAs } from './client';

const of = (application: { id: string }) => ({ path: { id: application.id } });
const seen = (application: Application) => ({ params: of(application), headers: seenAs(application.version) });
const once = (application: Application) => ({
  params: of(application),
  headers: { ...seenAs(application.version), ...keyed() },
});

export const categoriesQuery = (editionId: string) =>
  queryOptions({
    queryKey: ['categories', editionId],
    queryFn: () => answer(api.GET('/api/accreditations/categories', { params: { query: { edition: editionId } } })),
    enabled: editionId !== '',
    staleTime: 60_000,
  });
export const myApplicationsQuery = queryOptions({
  queryKey: ['my-applications'],
  queryFn: () => answer(api.GET('/api/accreditations/applications', {})),
  retry: false,
});
export const myBadgesQuery = queryOptions({
  queryKey: ['my-badges'],
  queryFn: () => answer(api.GET('/api/accreditations/badges/mine', {})),
  retry: false,
  refetchInterval: 10_000,
});
export const BADGE_PDF = '/api/accreditations/badges/mine/pdf';

export const startApplication = (editionId: string, category: string) =>
  answer(api.POST('/api/accreditations/applications', { headers: keyed(), body: { editionId, category } }));
const read = (id: string) => answer(api.GET('/api/accreditations/applications/{id}', { params: { path: { id } } }));
const write = (application: Application, fields: Record<string, string>, language: Language) =>
  answer(api.PUT('/api/accreditations/applications/{id}', { ...seen(application), body: { fields, language } }));

/** Keeps the answers as they were typed. What a second window changed meanwhile is overwritten: the last one typed counts. */
export async function saveApplication(
  application: Application,
  fields: Record<string, string>,
  language: Language,
): Promise<Application> {
  try {
    return await write(application, fields, language);
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.status !== 412) throw error;
    return write(await read(application.id), fields, language);
  }
}

/** @param consent the version that was agreed to, where the edition asks for one */
export const submitApplication = (application: Application, consent: string | undefined) =>
  answer(
    api.POST('/api/accreditations/applications/{id}/submit', {
      ...once(application),
      body: consent ? { consent: { version: consent } } : {},
    }),
  );
export const answerRequest = (application: Application, message: string) =>
  answer(
    api.POST('/api/accreditations/applications/{id}/answer', {
      ...once(application),
      body: message ? { message } : {},
    }),
  );
export const acceptOffer = (application: Application) =>
  answer(api.POST('/api/accreditations/applications/{id}/accept', once(application)));
export const appeal = (application: Application, message: string) =>
  answer(api.POST('/api/accreditations/applications/{id}/appeal', { ...once(application), body: { message } }));
export const withdraw = (application: Application) =>
  answer(api.POST('/api/accreditations/applications/{id}/withdraw', once(application)));
export const changeApplication = (application: Application, fields: Record<string, string>) =>
  answer(api.POST('/api/accreditations/applications/{id}/change', { ...once(application), body: { fields } }));
export const removeEvidence = (applicationId: string, evidenceId: string) =>
  answer(
    api.DELETE('/api/accreditations/applications/{id}/evidence/{evidenceId}', {
      params: { path: { id: applicationId, evidenceId } },
    }),
  );

export interface Paper {
  kind: string;
  file: File;
  /** The paper's own date, where its age matters. */
  issuedOn?: string;
  translation?: boolean;
  /** The same key is the same upload: a try that was cut and came through after all adds nothing twice. */
  key: string;
}

/** Sends one paper and tells how far it is, 0 to 1, which `fetch` can't. */
export function uploadEvidence(
  applicationId: string,
  paper: Paper,
  language: Language,
  onProgress: (done: number) => void,
): Promise<Application> {
  const form = new FormData();
  form.set('kind', paper.kind);
  if (paper.issuedOn) form.set('issuedOn', paper.issuedOn);
  if (paper.translation !== undefined) form.set('translation', String(paper.translation));
  form.set('file', paper.file);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/api/accreditations/applications/${applicationId}/evidence`);
    request.responseType = 'json';
    request.setRequestHeader('Accept', 'application/json');
    request.setRequestHeader('Accept-Language', language);
    request.setRequestHeader('Idempotency-Key', paper.key);
    request.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total);
    request.onerror = () => reject(new NoAnswer('no answer'));
    request.ontimeout = request.onerror;
    request.timeout = 120_000;
    request.onload = () => {
      if (request.status < 300) resolve(request.response as Application);
      else reject(new ApiProblem(request.status, (request.response ?? {}) as ApiProblem['problem']));
    };
    request.send(form);
  });
}

export const extrasQuery = (editionId: string) =>
  queryOptions({
    queryKey: ['extras', editionId],
    queryFn: () => answer(api.GET('/api/accreditations/editions/{id}/extras', { params: { path: { id: editionId } } })),
    enabled: editionId !== '',
    retry: false,
  });
const extraPath = (editionId: string, extra: string) => ({ path: { id: editionId, extra } });
export const askExtra = (editionId: string, extra: string) =>
  answer(
    api.POST('/api/accreditations/editions/{id}/extras/{extra}/request', {
      params: extraPath(editionId, extra),
      headers: keyed(),
    }),
  );
export const giveUpExtra = (editionId: string, extra: string) =>
  answer(
    api.DELETE('/api/accreditations/editions/{id}/extras/{extra}/request', { params: extraPath(editionId, extra) }),
  );

export const myDelegationsQuery = queryOptions({
  queryKey: ['my-delegations'],
  queryFn: () => answer(api.GET('/api/accreditations/delegations', {})),
  retry: false,
});
export const delegationQuery = (id: string) =>
  queryOptions({
    queryKey: ['delegation', id],
    queryFn: () => answer(api.GET('/api/accreditations/delegations/{id}', { params: { path: { id } } })),
    refetchInterval: 15_000,
    retry: false,
  });
export const addMembers = (id: string, csv: string) =>
  answer(
    api.POST('/api/accreditations/delegations/{id}/members', {
      params: { path: { id } },
      headers: keyed(),
      body: { csv },
    }),
  );
export const remindMember = (id: string, member: string) =>
  answer(
    api.POST('/api/accreditations/delegations/{id}/members/{member}/remind', {
      params: { path: { id, member } },
      headers: keyed(),
    }),
  );
export const withdrawMember = (id: string, member: string) =>
  answer(
    api.POST('/api/accreditations/delegations/{id}/members/{member}/withdraw', {
      params: { path: { id, member } },
      headers: keyed(),
    }),
  );
