import type { Application, Booking, MyBadges, ReviewApplication } from '#libs/contracts';
import { Page } from '#libs/documents';
import type { Browser } from './browser.js';
import type { Stage } from './stage.js';
import { check, until } from './walk.js';

export interface Journalist {
  browser: Browser;
  applicationId: string;
  badgeId: string;
  admissionCode: string;
  booking: Booking;
  /** Approved for the same outlet, and the one for whom there was no place. */
  colleagues: Applicant[];
  waiting: Applicant;
}

export interface Applicant {
  browser: Browser;
  email: string;
  id: string;
}

async function letter(outlet: string): Promise<Buffer> {
  const page = new Page('A4', { title: 'Commission letter', language: 'en' });
  page.text(`${outlet} commissions a report from the festival.`, 60, 80, { size: 14, width: 400 });
  return page.finish();
}

/** Draft, answers, letter, hand in. */
export async function apply(stage: Stage, name: string, outlet: string): Promise<Applicant & { falseLetter: string }> {
  const email = stage.address('press');
  const browser = await stage.signedInByMail(email, 'en');
  const draft = await browser.post<Application>('/accreditations/applications', {
    editionId: stage.edition,
    category: 'press',
  });
  check(draft.status === 201, 'a draft is begun', draft.body);
  const { id } = draft.body;
  const wrong = await browser.upload(
    `/accreditations/applications/${id}/evidence`,
    { kind: 'commission-letter' },
    { name: 'letter.pdf', type: 'application/pdf', bytes: Buffer.from('MZ this is a program') },
  );
  check(wrong.status >= 400, 'a program that calls itself a letter is refused', wrong.body);
  const saved = await browser.put<Application>(
    `/accreditations/applications/${id}`,
    { language: 'en', fields: { name, outlet, medium: 'online', country: 'KZ', city: 'Almaty' } },
    { 'If-Match': draft.headers.get('etag') ?? `"${draft.body.version}"` },
  );
  check(saved.status === 200, 'the draft is saved', saved.body);
  const paper = await browser.upload(
    `/accreditations/applications/${id}/evidence`,
    { kind: 'commission-letter' },
    {
      name: 'letter.pdf',
      type: 'application/pdf',
      bytes: await letter(outlet),
    },
  );
  check(paper.status === 201, 'the letter is taken', paper.body);
  const refused = await browser.post<{ errors: { code: string }[] }>(`/accreditations/applications/${id}/submit`);
  check(refused.body.errors?.[0]?.code === 'consent-missing', 'no hand-in without consent', refused.body);
  const submitted = await browser.post<Application>(`/accreditations/applications/${id}/submit`, {
    consent: { version: '2019-07' },
  });
  check(submitted.status < 300 && submitted.body.state === 'submitted', 'the application is handed in', submitted.body);
  return { browser, email, id, falseLetter: wrong.body.code };
}

/** d. Press: application, a request, an answer, the quota of an outlet, badge, mail, a seat from the press allocation. */
export async function pressStep(stage: Stage, screening: string, say: (line: string) => void): Promise<Journalist> {
  const outlet = `Steppe Herald ${stage.tag}`;
  const officer = await stage.signedIn('accreditation-officer');
  const act = (id: string, what: string, body: object = {}) =>
    officer.post<ReviewApplication>(`/accreditations/review/applications/${id}/${what}`, body);

  const saltanat = await apply(stage, 'Saltanat Demo', outlet);
  check((await act(saltanat.id, 'start')).status < 300, 'the officer begins');
  const due = new Date((await stage.festivalNow()).getTime() + 48 * 3_600_000);
  const asked = await act(saltanat.id, 'request-information', {
    message: 'Please name the pages that you write for.',
    dueAt: due.toISOString(),
  });
  check(asked.body.state === 'information-requested', 'the officer asks for more', asked.body);
  await stage.mail(saltanat.email, (mail) => /pages that you write for/.test(mail.text ?? ''));
  const answered = await saltanat.browser.post<Application>(`/accreditations/applications/${saltanat.id}/answer`, {
    message: 'Culture and film.',
  });
  check(answered.status < 300 && answered.body.state === 'under-review', 'she answers', answered.body);
  say(`an application with a letter (${saltanat.falseLetter} for a false one); the officer asked for more and got it`);

  const approved = await act(saltanat.id, 'approve');
  check(approved.body.state === 'approved', 'approved within the quota', approved.body);
  const others = [];
  for (let n = 2; n <= 5; n++) others.push(await apply(stage, `Colleague ${n}`, outlet));
  const outcomes: string[] = [];
  for (const other of others) {
    await act(other.id, 'start');
    const decided = await act(other.id, 'approve');
    outcomes.push(decided.status < 300 ? decided.body.state : (decided.body as unknown as { code: string }).code);
  }
  check(
    outcomes.slice(0, 3).every((state) => state === 'approved'),
    'three colleagues are approved',
    outcomes,
  );
  check(outcomes[3] !== 'approved', 'the fifth of four is not', outcomes);
  say(`the outlet's quota of 4: ${['approved', ...outcomes].join(', ')}`);

  const badge = await until('the badge is issued', async () => {
    const { body } = await saltanat.browser.get<MyBadges>(`/accreditations/badges/mine?edition=${stage.edition}`);
    return body.badges.find((one) => one.state === 'live' && one.admissionCode);
  });
  await stage.mail(saltanat.email, (mail) => mail.attachments.some((a) => a.contentType === 'application/pdf'));
  const booked = await until('tickets knows the badge', async () => {
    const answer = await saltanat.browser.post<Booking & { code?: string }>('/tickets/bookings', {
      screeningId: screening,
    });
    if (answer.body.code === 'badge-not-live') return undefined;
    check(answer.status === 201, 'she books a seat from the press allocation', answer.body);
    return answer.body;
  });
  say(
    `badge ${badge.shortCode} issued and mailed; booked row ${booked.row}, seat ${booked.seat} from the press allocation`,
  );
  return {
    browser: saltanat.browser,
    applicationId: saltanat.id,
    badgeId: badge.id,
    admissionCode: badge.admissionCode!,
    booking: booked,
    colleagues: others.slice(0, 3),
    waiting: others[3]!,
  };
}
