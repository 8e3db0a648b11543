import { queryOptions } from '@tanstack/react-query';
import type {
  Application,
  ApplicationList,
  CategoryList,
  EvidenceLink,
  MyBadges,
  RequestInformation,
  ReviewApplication,
  ReviewQueue,
} from '#libs/contracts';
import { call } from './client';

const version = (application: { version: number }) => ({ 'If-Match': `"${application.version}"` });

export const categoriesQuery = (editionId: string) =>
  queryOptions({
    queryKey: ['categories', editionId],
    queryFn: () => call<CategoryList>(`/accreditations/categories?edition=${editionId}`),
  });
export const myApplicationsQuery = queryOptions({
  queryKey: ['my-applications'],
  queryFn: () => call<ApplicationList>('/accreditations/applications'),
  retry: false,
});
export const myBadgesQuery = queryOptions({
  queryKey: ['my-badges'],
  queryFn: () => call<MyBadges>('/accreditations/badges/mine'),
  retry: false,
});

export const startApplication = (editionId: string, category: string) =>
  call<Application>('/accreditations/applications', {
    method: 'POST',
    body: { editionId, category },
    idempotencyKey: true,
  });
export const saveApplication = (application: Application, fields: Record<string, string>, language: string) =>
  call<Application>(`/accreditations/applications/${application.id}`, {
    method: 'PUT',
    body: { fields, language },
    headers: version(application),
  });
/** @param consent the version that was agreed to, where the edition asks for one */
export const submitApplication = (application: Application, consent: string | undefined) =>
  call<Application>(`/accreditations/applications/${application.id}/submit`, {
    method: 'POST',
    body: consent ? { consent: { version: consent } } : {},
    headers: version(application),
    idempotencyKey: true,
  });
export const answerRequest = (application: Application, message: string) =>
  call<Application>(`/accreditations/applications/${application.id}/answer`, {
    method: 'POST',
    body: message ? { message } : {},
    headers: version(application),
    idempotencyKey: true,
  });
/** @param issuedOn the paper's own date, where its age matters */
export function uploadEvidence(
  applicationId: string,
  kind: string,
  file: File,
  issuedOn: string,
): Promise<Application> {
  const body = new FormData();
  body.set('kind', kind);
  if (issuedOn) body.set('issuedOn', issuedOn);
  body.set('file', file);
  return call(`/accreditations/applications/${applicationId}/evidence`, { method: 'POST', body, idempotencyKey: true });
}

export const acceptOffer = (application: Application) =>
  call<Application>(`/accreditations/applications/${application.id}/accept`, {
    method: 'POST',
    headers: version(application),
    idempotencyKey: true,
  });
export const appeal = (application: Application, message: string) =>
  call<Application>(`/accreditations/applications/${application.id}/appeal`, {
    method: 'POST',
    body: { message },
    headers: version(application),
    idempotencyKey: true,
  });

export const reviewQueueQuery = (editionId: string, state: string) =>
  queryOptions({
    queryKey: ['review', editionId, state],
    queryFn: () =>
      call<ReviewQueue>(`/accreditations/review/applications?edition=${editionId}${state ? `&state=${state}` : ''}`),
    refetchInterval: 15_000,
    retry: false,
  });
export const evidenceLink = (id: string) =>
  call<EvidenceLink>(`/accreditations/review/evidence/${id}/links`, { method: 'POST' });

export const reviewQuery = (id: string | null) =>
  queryOptions({
    queryKey: ['review-application', id],
    queryFn: () => call<ReviewApplication>(`/accreditations/review/applications/${id}`),
    enabled: id !== null,
    refetchInterval: 5_000,
  });
/** What the officer looked at; the others see it too. */
export const tick = (id: string, checked: Record<string, boolean>) =>
  call<ReviewApplication>(`/accreditations/review/applications/${id}/checklist`, { method: 'PUT', body: { checked } });
/** @param override takes a place beyond a full quota that allows it */
export const decide = (application: ReviewApplication, command: string, reason?: string, override = false) =>
  call<ReviewApplication>(`/accreditations/review/applications/${application.id}/${command}`, {
    method: 'POST',
    body: { ...(reason && { reason }), ...(override && { override }) },
    headers: version(application),
    idempotencyKey: true,
  });
/** Revoke, suspend, reinstate: on the badge, told to the gates at once. */
export const changeBadge = (badgeId: string, command: 'revoke' | 'suspend' | 'reinstate', reason: string) =>
  call<ReviewApplication>(`/accreditations/review/badges/${badgeId}/${command}`, {
    method: 'POST',
    body: { reason },
    idempotencyKey: true,
  });
export const requestInformation = (application: ReviewApplication, body: RequestInformation) =>
  call<ReviewApplication>(`/accreditations/review/applications/${application.id}/request-information`, {
    method: 'POST',
    body,
    headers: version(application),
    idempotencyKey: true,
  });
