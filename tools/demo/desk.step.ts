import type { Application, BadgeAlerts, MyBadges, Prepared, Release, ReviewApplication } from '#libs/contracts';
import { pairScanner } from './door.step.js';
import { type Applicant, apply, type Journalist } from './press.step.js';
import type { Stage } from './stage.js';
import { check, until } from './walk.js';

const stateOf = async ({ browser, id }: Applicant): Promise<Application> =>
  (await browser.get<Application>(`/accreditations/applications/${id}`)).body;

/** The badge that was revoked at the door freed a place: who waited is offered it, takes it, and nobody else is. */
async function promotion(stage: Stage, { waiting }: Journalist, say: (line: string) => void): Promise<void> {
  await until('the place is offered', async () => (await stateOf(waiting)).state === 'offered');
  await stage.mail(waiting.email, (mail) => /place|орын|мест/i.test(mail.subject ?? ''));
  const accepted = await waiting.browser.post<Application>(`/accreditations/applications/${waiting.id}/accept`);
  check(accepted.body.state === 'approved', 'the offer is accepted', accepted.body);
  say('the revoked badge freed a place: the fifth of four was offered it by mail, took it, and is approved');
}

/** Decisions are prepared one by one and seen by nobody; then all are visible in the same instant. */
async function release(stage: Stage, say: (line: string) => void): Promise<void> {
  const officer = await stage.signedIn('accreditation-officer');
  const applicants: Applicant[] = [];
  for (let n = 1; n <= 4; n++)
    applicants.push(await apply(stage, `Release ${n} ${stage.tag}`, `Gazette ${n} ${stage.tag}`));
  for (const { id } of applicants)
    check((await officer.post(`/accreditations/review/applications/${id}/start`)).status < 300, 'a review begins');
  const opened = await officer.post<Release>('/accreditations/releases', {
    edition: stage.edition,
    name: `Decisions ${stage.tag}`,
  });
  check(opened.status < 300, 'a release is opened', opened.body);
  const decisions = applicants.map(({ id }, index) =>
    index === 3
      ? { applicationId: id, decision: 'reject', reason: 'The letter is from another year.' }
      : { applicationId: id, decision: 'approve' },
  );
  const prepared = await officer.post<Prepared>(`/accreditations/releases/${opened.body.id}/decisions`, { decisions });
  check(prepared.body.refused?.length === 0, 'four decisions are prepared', prepared.body);
  const before = await Promise.all(applicants.map(stateOf));
  check(
    before.every(({ state }) => state === 'under-review'),
    'nobody sees a prepared decision',
    before.map(({ state }) => state),
  );
  const released = await officer.post<Release>(
    `/accreditations/releases/${opened.body.id}/release`,
    {},
    { 'If-Match': `"${prepared.body.release.version}"` },
  );
  check(released.body.state === 'released', 'the release goes', released.body);
  const after = await Promise.all(applicants.map(async (one) => (await stateOf(one)).state));
  check(after.join() === 'approved,approved,approved,rejected', 'all are visible at once', after);
  await Promise.all(
    applicants.map(({ email }) => stage.mail(email, (mail) => /accreditation|аккредитац/i.test(mail.subject ?? ''))),
  );
  say('four decisions were prepared unseen and released as one act: 3 approved, 1 rejected, each told by mail');
}

/** A badge is lost: the old code is refused and alerts the officers, the new one lives. */
async function lostBadge(
  stage: Stage,
  screening: string,
  holder: Applicant,
  say: (line: string) => void,
): Promise<void> {
  const officer = await stage.signedIn('accreditation-officer');
  const mine = async () =>
    (await holder.browser.get<MyBadges>(`/accreditations/badges/mine?edition=${stage.edition}`)).body.badges.find(
      ({ state }) => state === 'live',
    );
  const old = await mine();
  check(old?.admissionCode, 'a colleague has a badge', old);
  const scan = await pairScanner(stage, screening);
  const lost = await officer.post<ReviewApplication>(`/accreditations/review/badges/${old.id}/lost`, {
    reason: 'Left in a taxi',
  });
  check(lost.status < 300, 'the desk reports it lost', lost.body);
  const fresh = await mine();
  check(fresh?.admissionCode && fresh.id !== old.id, 'a new badge lives at once', fresh);
  await until(
    'the gate refuses the lost one',
    async () => (await scan(old.admissionCode!)).verdict === 'reported_lost',
    5,
  );
  await until(
    'tickets knows the new one',
    async () => (await scan(fresh.admissionCode!)).verdict === 'needs_ticket_too',
  );
  await until('the officers are alerted', async () => {
    const { body } = await officer.get<BadgeAlerts>(`/accreditations/badges/alerts?edition=${stage.edition}`);
    return body.alerts.some(({ badgeId }) => badgeId === old.id);
  });
  say(`badge ${old.shortCode} was lost: refused at the gate and alerted; ${fresh.shortCode} took its place`);
}

/** m. The accreditation desk. */
export async function deskStep(
  stage: Stage,
  screening: string,
  journalist: Journalist,
  say: (line: string) => void,
): Promise<void> {
  await promotion(stage, journalist, say);
  await release(stage, say);
  await lostBadge(stage, screening, journalist.colleagues[1]!, say);
}
