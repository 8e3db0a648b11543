import { randomUUID } from 'node:crypto';
import type { APIRequestContext, Browser } from 'playwright-core';
import { type house, until } from './browser';

export const EDITION = 'almaty-2019';
const CONSENT = { terms: true, version: '2019-09' };
/** The smallest file that is a PDF by its content. */
const LETTER = Buffer.from(
  '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\nxref\n0 4\n0000000000 65535 f \n0000000009 00000 n \n0000000052 00000 n \n0000000101 00000 n \ntrailer<</Size 4/Root 1 0 R>>\nstartxref\n164\n%%EOF\n',
);
const ALLOCATIONS = [
  { id: 'public', classes: ['public'], capacity: 124, overflow: [] },
  { id: 'press', classes: ['press'], capacity: 4, overflow: [] },
];

interface Ticket {
  id: string;
  admissionCode: string;
  row: string;
  seat: string;
  state: string;
  places?: number;
}

export interface Placed {
  id: string;
  key: string;
  tickets: Ticket[];
  lines: { line: number; row: string; seat: string }[];
}

export interface Screening {
  id: string;
  doorsOpenAt: string;
}

/** Somebody at the API, with cookies of their own. */
export class Somebody {
  constructor(
    private readonly web: string,
    readonly request: APIRequestContext,
  ) {}

  async get<T>(path: string): Promise<T> {
    const answer = await this.request.get(`${this.web}/api${path}`);
    if (!answer.ok()) throw new Error(`${path}: ${await answer.text()}`);
    return (await answer.json()) as T;
  }
  post<T = Record<string, string>>(path: string, data: object = {}): Promise<T> {
    return this.send<T>('POST', path, data);
  }
  async send<T>(method: string, path: string, data?: object, more: Record<string, string> = {}): Promise<T> {
    const headers = { Origin: this.web, 'Idempotency-Key': randomUUID(), ...more };
    const answer = await this.request.fetch(`${this.web}/api${path}`, { method, data, headers });
    const text = await answer.text();
    if (!answer.ok()) throw new Error(`${method} ${path}: ${answer.status()} ${text}`);
    return (text ? JSON.parse(text) : undefined) as T;
  }
  async upload(path: string, kind: string, file: { name: string; mimeType: string; buffer: Buffer }): Promise<void> {
    const headers = { Origin: this.web, 'Idempotency-Key': randomUUID() };
    const answer = await this.request.post(`${this.web}/api${path}`, { multipart: { kind, file }, headers });
    if (!answer.ok()) throw new Error(`${path}: ${await answer.text()}`);
  }
}

/** Everybody who comes to one screening of an evening: made by the public API, new in each run. */
export class EveningCast {
  private readonly staff = new Map<string, Promise<Somebody>>();

  constructor(
    private readonly run: ReturnType<typeof house>,
    private readonly browser: Browser,
  ) {}

  async somebody(): Promise<Somebody> {
    const { request } = await this.browser.newContext();
    await request.get(`${this.run.web}/api/session`);
    return new Somebody(this.run.web, request);
  }

  as(role: string): Promise<Somebody> {
    const known = this.staff.get(role) ?? this.signedIn(role);
    this.staff.set(role, known);
    return known;
  }

  private async signedIn(role: string): Promise<Somebody> {
    const one = await this.somebody();
    await one.post('/session/sign-in', this.run.logins[role]);
    return one;
  }

  async setClock(now: string): Promise<void> {
    await (await this.as('admin')).post('/dev/festival-clock', { editionId: EDITION, now });
  }

  /** A free screening with a share for the press, in the first hall and hour that nobody has. */
  async screening(title: string): Promise<Screening> {
    const programmer = await this.as('programmer');
    for (let hour = 0; hour < 24 * 5; hour++)
      for (const hallId of ['arman-1', 'kinopark-imax']) {
        const startsAt = new Date(Date.UTC(2019, 8, 15, 3) + hour * 3_600_000).toISOString();
        const made = await programmer.request.post(`${this.run.web}/api/screenings/screenings`, {
          headers: { Origin: this.run.web, 'Idempotency-Key': randomUUID() },
          data: {
            editionId: EDITION,
            items: [{ kind: 'talk', title: { kk: title, ru: title, en: title }, minutes: 50 }],
            hallId,
            startsAt,
            ageRating: '6+',
            prices: ['A', 'B', 'C'].map((category) => ({
              category,
              name: { kk: category, ru: category, en: category },
              amount: 0,
              currency: 'KZT',
            })),
            allocations: ALLOCATIONS,
          },
        });
        if (made.status() === 409) continue;
        if (!made.ok()) throw new Error(await made.text());
        const { id, doorsOpenAt } = (await made.json()) as Screening;
        for (const act of ['announce', 'open-sales']) await programmer.post(`/screenings/screenings/${id}/${act}`);
        const visitor = await this.somebody();
        const seats = () => visitor.get<{ onSale: boolean }>(`/tickets/screenings/${id}/seats`);
        await until(async () => (await seats().catch(() => undefined))?.onSale === true);
        return { id, doorsOpenAt };
      }
    throw new Error('no hall is free for the evening');
  }

  /** Free tickets of one order; `kind` for every seat of it. */
  async order(buyer: Somebody, screening: string, count: number, kind?: string): Promise<Placed> {
    const seats = kind
      ? { best: { count, category: 'B' } }
      : { seats: (await this.freeSeats(screening)).slice(0, count) };
    const held = await buyer.post<{ token: string; seats: { id: string }[] }>('/tickets/holds', {
      screeningId: screening,
      ...seats,
    });
    const kinds = kind && held.seats.map(({ id }) => ({ screeningId: screening, seatId: id, kind }));
    const placed = await buyer.post<Placed>('/tickets/orders', {
      holds: [held.token],
      ...(kinds && { kinds }),
      buyer: { email: address('evening') },
      language: 'kk',
      consent: CONSENT,
    });
    return this.ready(buyer, placed, count);
  }

  private async freeSeats(screening: string): Promise<string[]> {
    const desk = await this.as('box-office');
    const map = await desk.get<{ planId: string; planVersion: number; states: string }>(
      `/tickets/screenings/${screening}/seats`,
    );
    const plan = await desk.get<{ zones: { rows: { seats: [string, string, number, number, number, number][] }[] }[] }>(
      `/screenings/seat-plans/${map.planId}/versions/${map.planVersion}`,
    );
    const seats = plan.zones.flatMap((zone) => zone.rows.flatMap((row) => row.seats));
    return seats.filter((seat, index) => map.states[index] === 'f' && seat[5] === 0).map(([id]) => id);
  }

  /** A group that enters by one code. */
  async group(screening: Screening, size: number): Promise<string> {
    const desk = await this.as('box-office');
    const held = await desk.post('/tickets/holds', { screeningId: screening.id, best: { count: size } });
    const { now } = await desk.get<{ now: string }>('/festival-clock');
    const placed = await desk.post<Placed>('/tickets/group-orders', {
      holds: [held.token],
      leader: { email: address('school') },
      language: 'kk',
      company: { name: 'Мектеп (ойдан)', bin: '940140000385' },
      dueOn: now.slice(0, 10),
      codes: 'one',
      consent: CONSENT,
    });
    return (await this.ready(desk, placed, 1)).tickets[0]!.admissionCode;
  }

  seen(buyer: Somebody, { id, key }: { id: string; key: string }): Promise<Placed> {
    return buyer.get<Placed>(`/tickets/orders/${id}?key=${key}`);
  }

  private async ready(buyer: Somebody, placed: { id: string; key: string }, count: number): Promise<Placed> {
    let order: Placed | undefined;
    await until(async () => {
      order = await this.seen(buyer, placed);
      return order.tickets.length === count;
    });
    return { ...order!, key: placed.key };
  }

  giveBack(buyer: Somebody, { id, key, lines }: Placed): Promise<unknown> {
    const body = { lines: lines.map(({ line }) => line), expectedFee: 0 };
    return buyer.post(`/tickets/orders/${id}/returns?key=${key}`, body);
  }

  async exchange(buyer: Somebody, { id, key, lines }: Placed, to: string): Promise<void> {
    const held = await buyer.post('/tickets/holds', { screeningId: to, best: { count: lines.length } });
    const body = { lines: lines.map(({ line }) => line), holds: [held.token], expectedTotal: 0 };
    await buyer.post(`/tickets/orders/${id}/exchanges?key=${key}`, body);
  }

  /** @returns the new owner's code */
  async transfer(buyer: Somebody, order: Placed, ticket: Ticket): Promise<string> {
    const body = { to: { email: address('friend') }, language: 'kk' };
    await buyer.post(`/tickets/orders/${order.id}/tickets/${ticket.id}/transfer?key=${order.key}`, body);
    const now = await this.seen(buyer, order);
    return now.tickets.find(({ id, admissionCode }) => id !== ticket.id && admissionCode)?.admissionCode ?? '';
  }

  /** A journalist with a badge, from the application to the code. */
  async badge(name: string, portrait: Buffer): Promise<{ who: Somebody; code: string }> {
    const who = await this.somebody();
    const email = address('press');
    await who.post('/session/magic-link', { email, language: 'en' });
    await who.post('/session/magic-link/redeem', { token: await this.mailed(email, /token=([A-Za-z0-9]+)/) });
    const draft = await who.post('/accreditations/applications', { editionId: EDITION, category: 'press' });
    const mine = `/accreditations/applications/${draft.id}`;
    const fields = {
      name,
      outlet: `Кадр ${randomUUID().slice(0, 6)}`,
      medium: 'online',
      country: 'KZ',
      city: 'Almaty',
    };
    await who.send('PUT', mine, { language: 'en', fields }, { 'If-Match': `"${draft.version}"` });
    await who.upload(`${mine}/evidence`, 'commission-letter', {
      name: 'letter.pdf',
      mimeType: 'application/pdf',
      buffer: LETTER,
    });
    await who.upload(`${mine}/evidence`, 'portrait', { name: 'me.png', mimeType: 'image/png', buffer: portrait });
    await who.post(`${mine}/submit`, { consent: { version: '2019-07' } });
    const officer = await this.as('accreditation-officer');
    for (const act of ['start', 'approve'])
      await officer.post(`/accreditations/review/applications/${draft.id}/${act}`);
    let code = '';
    await until(async () => {
      const { badges } = await who.get<{ badges: { state: string; admissionCode?: string }[] }>(
        `/accreditations/badges/mine?edition=${EDITION}`,
      );
      code = badges.find(({ state, admissionCode }) => state === 'live' && admissionCode)?.admissionCode ?? '';
      return code !== '';
    });
    return { who, code };
  }

  /** A seat of the press's share, as soon as the badge is known where seats are. */
  async book(who: Somebody, screeningId: string): Promise<void> {
    await until(() =>
      who.post('/tickets/bookings', { screeningId }).then(
        () => true,
        (error: Error) => {
          if (!error.message.includes('badge-not-live')) throw error;
          return false;
        },
      ),
    );
  }

  private async mailed(to: string, pattern: RegExp): Promise<string> {
    let found: string | undefined;
    await until(async () => {
      const mails = (await (await fetch(`${this.run.mail}/messages`)).json()) as {
        id: string;
        to: string | string[];
      }[];
      for (const mail of mails.filter((one) => [one.to].flat().some((all) => all.includes(to)))) {
        const text = await (await fetch(`${this.run.mail}/messages/${mail.id}.eml`)).text();
        found = pattern.exec(text.replaceAll(/=\r?\n/g, '').replaceAll('=3D', '='))?.[1];
      }
      return found !== undefined;
    });
    return found!;
  }
}

function address(name: string): string {
  return `${name}-${randomUUID().slice(0, 8)}@example.kz`;
}
