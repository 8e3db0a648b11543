import type { Block, HeldSeats, Invitation, InvitationList, Order, WaitlistEntry } from '#libs/contracts';
import type { Browser } from './browser.js';
import { CONSENT, type Stage } from './stage.js';
import { check, until } from './walk.js';

/** Everything but these seats is the house's: the hall is full for whoever comes now. */
async function fillHall(stage: Stage, screening: string, free: string[]): Promise<{ manager: Browser; block: Block }> {
  const manager = await stage.signedIn('house-manager');
  const seats = (await stage.freeSeats(screening)).filter((seat) => !free.includes(seat));
  const made = await manager.post<Block>(`/tickets/screenings/${screening}/blocks`, {
    purpose: `house ${stage.tag}`,
    seats: seats.slice(0, 500),
    minutesBefore: 30,
  });
  check(made.status === 201, 'the house keeps the rest of the hall', made.body);
  return { manager, block: made.body };
}

/** Somebody on the waitlist, with an address and without an account. */
async function waits(
  stage: Stage,
  screening: string,
  name: string,
  seats: number,
): Promise<{ browser: Browser; email: string; state: () => Promise<WaitlistEntry> }> {
  const browser = stage.visitor();
  const email = stage.address(name);
  const joined = await browser.post<WaitlistEntry & { code?: string }>(`/tickets/screenings/${screening}/waitlist`, {
    seats,
    language: 'en',
    buyer: { email },
  });
  check(joined.status === 201, `${name} joins the waitlist`, joined.body);
  const state = async () => {
    const { body } = await browser.get<WaitlistEntry[]>('/tickets/my/waitlist');
    const entry = body.find((one) => one.id === joined.body.id);
    check(entry, `${name} finds the place in the line`, body);
    return entry;
  };
  return { browser, email, state };
}

/** An order that is not paid in time gives its seats to the line. */
async function unpaid(stage: Stage, screening: string, seats: string[]): Promise<() => Promise<void>> {
  const buyer = stage.visitor();
  const held = await stage.hold(buyer, screening, seats);
  check(held.status === 201, 'the last seats are held', held.body);
  const placed = await stage.order(buyer, held.body.token, stage.address('unpaid'));
  check(placed.status === 201, 'and ordered', placed.body);
  const admin = await stage.signedIn('admin');
  return async () => {
    const aged = await admin.post(`/tickets/dev/orders/${placed.body.id}/age`);
    check(aged.status < 300, 'the order runs out of time', aged.body);
  };
}

/** The waitlist: a pair goes first, an offer by mail becomes an order, a lapsed one goes on; and an invitation. */
export async function waitlistStep(stage: Stage, screening: string, say: (line: string) => void): Promise<void> {
  const last = (await stage.freeSeats(screening)).slice(0, 2);
  const runOut = await unpaid(stage, screening, last);
  const { manager, block } = await fillHall(stage, screening, last);

  const pair = await waits(stage, screening, 'pair', 2);
  const single = await waits(stage, screening, 'single', 1);
  check((await single.state()).ahead === 1, 'the line is a line', await single.state());
  await runOut();
  const offered = await until('the pair is offered both seats', async () => (await pair.state()).offer);
  check(offered.seats.length === 2, 'the pair gets both seats', offered);
  check((await stage.freeSeats(screening)).length === 0, 'nobody else ever saw them free');
  const mail = await stage.mail(pair.email, (m) => /\/offers\//.test(m.text ?? ''));
  const link = /\/offers\/([0-9a-f-]{36})\?key=([\w-]{22})/.exec(mail.text ?? '');
  check(link, 'the mail has the link to the offer', mail.text);
  const other = stage.visitor();
  const held = await other.post<HeldSeats>(`/tickets/offers/${link[1]}/hold`, { key: link[2] });
  check(held.status === 200, 'the link takes the offer on another device', held.body);
  const placed = await other.post<Order>('/tickets/orders', {
    holds: [held.body.token],
    buyer: { email: pair.email },
    language: 'en',
    consent: CONSENT,
  });
  check(placed.status === 201, 'the offer becomes an order', placed.body);
  await stage.pay(await stage.paymentPage(other, placed.body));
  await stage.orderBecomes(other, placed.body, 'paid');
  check((await pair.state()).state === 'taken', 'the pair no longer waits', await pair.state());
  say(`two seats of an unpaid order went to a pair on the waitlist, by the link in a mail; free on the map: never`);

  const left = await single.browser.delete<WaitlistEntry>(`/tickets/waitlist/${(await single.state()).id}`);
  check(left.status === 200 && left.body.state === 'left', 'the single leaves', left.body);
  say('who waited alone left the line');
  await invitation(stage, screening, manager, block, say);
  const released = await manager.post<Block>(`/tickets/blocks/${block.id}/release`);
  check(released.status === 200 && released.body.state === 'released', 'the block is released', released.body);
  check((await stage.freeSeats(screening)).length > 0, 'and its seats are on sale');
}

/** A guest is invited by mail, says who comes along, and sits where protocol said. */
async function invitation(
  stage: Stage,
  screening: string,
  manager: Browser,
  block: Block,
  say: (line: string) => void,
): Promise<void> {
  const email = stage.address('guest');
  const now = await stage.festivalNow();
  const list = await manager.post<InvitationList>(`/tickets/screenings/${screening}/invitation-lists`, {
    name: `Guests ${stage.tag}`,
    respondBy: new Date(now.getTime() + 6 * 3_600_000).toISOString(),
    invitees: [{ name: 'Demo Guest', email, places: 2, language: 'en' }],
  });
  check(list.status === 201, 'a list of invitations is made', list.body);
  const [invited] = list.body.invitations;
  const seats = block.seats.slice(0, 2);
  const seated = await manager.put(`/tickets/invitations/${invited!.id}/seats`, { seats });
  check(seated.status === 200, 'protocol seats the guest on seats of its block', seated.body);
  const mail = await stage.mail(email, (m) => /\/invitations\//.test(m.text ?? ''));
  const key = /\/invitations\/[0-9a-f-]{36}\?key=([\w-]{22})/.exec(mail.text ?? '')?.[1];
  check(key, 'the mail has the personal link', mail.text);
  const guest = stage.visitor();
  const answer = await guest.post<Invitation>(`/tickets/invitations/${invited!.id}/answer`, {
    key,
    answer: 'accept',
    companions: ['Demo Companion'],
  });
  check(answer.status === 200 && answer.body.seats.length === 2, 'the guest comes with one more', answer.body);
  const stranger = await stage.visitor().get(`/tickets/invitations/${invited!.id}?key=${'x'.repeat(22)}`);
  check(stranger.status === 404, 'nobody else sees the invitation', stranger.body);
  say(`a guest answered by the personal link and sits with a companion on seats of the house's block`);
}
