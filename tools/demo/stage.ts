import { randomBytes, randomUUID } from 'node:crypto';
import { type ParsedMail, simpleParser } from 'mailparser';
import type { HeldSeats, Order, PaymentStarted, PlanGeometry, Programme, SeatStates } from '#libs/contracts';
import { type Answer, Browser } from './browser.js';
import type { RunFacts } from './run-facts.js';
import { check, until } from './walk.js';

export const CONSENT = { terms: true, version: '2019-09' };

/** The festival's people and deeds, each through the public API. Everything made here is new in each run. */
export class Stage {
  readonly tag = randomBytes(3).toString('hex');
  readonly edition: string;
  private readonly staff = new Map<string, Browser>();

  constructor(readonly run: RunFacts) {
    this.edition = run.seed.edition;
  }

  visitor(language = 'en'): Browser {
    return new Browser(this.run.web, language);
  }

  address(name: string): string {
    return `${name}-${this.tag}-${randomBytes(2).toString('hex')}@example.org`;
  }

  async signedIn(role: string): Promise<Browser> {
    const known = this.staff.get(role);
    if (known) return known;
    const login = this.run.logins[role];
    check(login, `run.json has a login for ${role}`);
    const browser = this.visitor();
    const answer = await browser.post('/session/sign-in', login);
    check(answer.status < 300, `${role} signs in`, answer.body);
    this.staff.set(role, browser);
    return browser;
  }

  /** By the link in a mail, as an applicant does. */
  async signedInByMail(email: string, language: string): Promise<Browser> {
    const browser = this.visitor(language);
    const asked = await browser.post('/session/magic-link', { email, language });
    check(asked.status < 300, 'a sign-in link is asked for', asked.body);
    const mail = await this.mail(email, (m) => /token=/.test(m.text ?? ''));
    const token = /token=([A-Za-z0-9]+)/.exec(mail.text ?? '')?.[1];
    check(token, 'the mail has a link with a token', mail.text);
    const redeemed = await browser.post('/session/magic-link/redeem', { token });
    check(redeemed.status < 300, 'the link signs in', redeemed.body);
    const again = await this.visitor().post('/session/magic-link/redeem', { token });
    check(again.status >= 400, 'the link works only once', again.status);
    return browser;
  }

  async mails(to: string): Promise<ParsedMail[]> {
    const list = (await (await fetch(`${this.run.mail}/messages`)).json()) as { id: string; to: string | string[] }[];
    const own = list.filter((m) => [m.to].flat().some((address) => address.includes(to)));
    return Promise.all(
      own.map(async (m) => simpleParser(await (await fetch(`${this.run.mail}/messages/${m.id}.eml`)).text())),
    );
  }

  mail(to: string, wanted: (mail: ParsedMail) => boolean, seconds = 30): Promise<ParsedMail> {
    return until(`a mail to ${to}`, async () => (await this.mails(to)).find(wanted), seconds);
  }

  async programme(): Promise<Programme> {
    const answer = await this.visitor().get<Programme>(`/screenings/editions/${this.edition}/programme`);
    check(answer.status === 200, 'the programme is public', answer.status);
    return answer.body;
  }

  async festivalNow(): Promise<Date> {
    const answer = await this.visitor().get<{ now: string }>(`/screenings/editions/${this.edition}/festival-clock`);
    return new Date(answer.body.now);
  }

  async stepClock(now: Date): Promise<void> {
    const admin = await this.signedIn('admin');
    const answer = await admin.post('/dev/festival-clock', { now: now.toISOString() });
    check(answer.status < 300, 'the festival clock is stepped', answer.body);
  }

  /** A screening of this run, on sale, in the first hall and hour that are free. */
  async screening(
    title: string,
    allocations: object[] = [],
  ): Promise<{ id: string; startsAt: Date; doorsOpenAt: Date }> {
    const programmer = await this.signedIn('programmer');
    const programme = await this.programme();
    const halls = programme.venues.flatMap((venue) => venue.halls).filter((hall) => hall.planId !== null);
    for (let hour = 0; hour < 24 * 6; hour += 2) {
      const startsAt = new Date(Date.UTC(2019, 8, 14, 3) + hour * 3_600_000);
      for (const hall of halls) {
        const made = await programmer.post('/screenings/screenings', {
          editionId: this.edition,
          items: [{ kind: 'talk', title: { kk: title, ru: title, en: title }, minutes: 50 }],
          hallId: hall.id,
          startsAt: startsAt.toISOString(),
          ageRating: '6+',
          prices: ['A', 'B', 'C'].map((category, i) => ({
            category,
            name: { kk: `${category} аймағы`, ru: `Зона ${category}`, en: `Zone ${category}` },
            amount: [250_000, 180_000, 100_000][i],
            currency: 'KZT',
          })),
          allocations,
        });
        if (made.status === 409) continue;
        check(made.status === 201, 'a screening is made', made.body);
        await this.onSale(programmer, made.body.id);
        return { id: made.body.id, startsAt, doorsOpenAt: new Date(made.body.doorsOpenAt) };
      }
    }
    throw new Error('no hall is free for a demonstration any more: npm start -- --fresh begins anew');
  }

  /** Announced and on sale, and tickets has heard of it. */
  async onSale(programmer: Browser, id: string): Promise<void> {
    for (const act of ['announce', 'open-sales']) {
      const answer = await programmer.post(`/screenings/screenings/${id}/${act}`);
      check(answer.status < 300, `${act} ${id}`, answer.body);
    }
    await until('tickets knows the screening', async () => {
      const map = await this.visitor().get<SeatStates>(`/tickets/screenings/${id}/seats`);
      return map.status === 200 && map.body.onSale;
    });
  }

  /** Ids of free ordinary seats, in the order of the plan. */
  async freeSeats(screening: string): Promise<string[]> {
    const map = (await this.visitor().get<SeatStates>(`/tickets/screenings/${screening}/seats`)).body;
    const plan = await this.visitor().get<PlanGeometry>(
      `/screenings/seat-plans/${map.planId}/versions/${map.planVersion}`,
    );
    check(plan.status === 200, 'the seat plan is public', plan.status);
    const seats = plan.body.zones.flatMap((zone) => zone.rows.flatMap((row) => row.seats));
    check(seats.length === map.states.length, 'the map has a state for each seat', [seats.length, map.states.length]);
    return seats.filter((seat, index) => map.states[index] === 'f' && seat[5] === 0).map((seat) => seat[0]);
  }

  hold(
    buyer: Browser,
    screeningId: string,
    seats: string[],
  ): Promise<Answer<HeldSeats & { code?: string; facts?: { seats?: { seat: string }[] } }>> {
    return buyer.post('/tickets/holds', { screeningId, seats }, { 'Idempotency-Key': randomUUID() });
  }

  order(buyer: Browser, token: string, email: string, language = 'en'): Promise<Answer<Order & { code?: string }>> {
    return buyer.post('/tickets/orders', { holds: [token], buyer: { email }, language, consent: CONSENT });
  }

  async paymentPage(buyer: Browser, order: Order): Promise<string> {
    const page = await buyer.post<PaymentStarted>(`/tickets/orders/${order.id}/payments?key=${order.key}`);
    check(page.status === 201, 'the provider opens a page', page.body);
    return page.body.redirectUrl;
  }

  /** Presses "Pay" on the hosted page, as a browser's form would. */
  async pay(redirectUrl: string): Promise<number> {
    const answer = await fetch(redirectUrl, {
      method: 'POST',
      body: new URLSearchParams({ action: 'pay' }),
      redirect: 'manual',
    });
    return answer.status;
  }

  async misbehave(paymentPage: string, faults: object): Promise<void> {
    const paymentId = new URL(paymentPage).pathname.split('/').at(-1);
    const answer = await fetch(`${this.run.payments}/control`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ paymentId, ...faults }),
    });
    check(answer.ok, 'the sandbox takes the order to misbehave', answer.status);
  }

  async charge(paymentPage: string): Promise<{ captured: number; refunded: number; callbacks: unknown[] }> {
    const paymentId = new URL(paymentPage).pathname.split('/').at(-1);
    return (await (await fetch(`${this.run.payments}/control/payments/${paymentId}`)).json()) as never;
  }

  seen(buyer: Browser, order: Order): Promise<Order> {
    return buyer.get<Order>(`/tickets/orders/${order.id}?key=${order.key}`).then((answer) => answer.body);
  }

  orderBecomes(buyer: Browser, order: Order, state: Order['state'], seconds = 40): Promise<Order> {
    return until(
      `order ${order.number} is ${state}`,
      async () => {
        const now = await this.seen(buyer, order);
        return now.state === state && now;
      },
      seconds,
    );
  }

  /** A whole purchase by a guest, to the tickets. */
  async buy(
    screening: string,
    seats: string[],
    language = 'en',
  ): Promise<{ buyer: Browser; email: string; order: Order }> {
    const buyer = this.visitor(language);
    const email = this.address('buyer');
    const held = await until('seats are held', async () => {
      const answer = await this.hold(buyer, screening, seats);
      if (answer.status >= 500 || answer.status === 429) return undefined;
      check(answer.status === 201, 'the seats are free', answer.body);
      return answer.body;
    });
    const placed = await until('the order is placed', async () => {
      const answer = await this.order(buyer, held.token, email, language);
      if (answer.status >= 500 || answer.status === 429) return undefined;
      check(answer.status === 201, 'the order is placed', answer.body);
      return answer.body;
    });
    await this.pay(await this.paymentPage(buyer, placed));
    return { buyer, email, order: await this.orderBecomes(buyer, placed, 'paid') };
  }
}
