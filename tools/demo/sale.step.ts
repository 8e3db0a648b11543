import type { Order, Quote, ReturnTerms } from '#libs/contracts';
import type { Browser } from './browser.js';
import { CONSENT, type Stage } from './stage.js';
import { check, until } from './walk.js';

const tenge = (minor: number) => `${minor / 100} ₸`;

/** g. Prices with reasons, three screenings in one basket, an exchange, a return, a ticket for a friend. */
export async function saleStep(stage: Stage, say: (line: string) => void): Promise<void> {
  const screenings: string[] = [];
  for (const name of ['one', 'two', 'three'])
    screenings.push((await stage.screening(`Basket ${name} ${stage.tag}`)).id);
  const buyer = stage.visitor('ru');
  const email = stage.address('dana');
  const paid = await basketOfThree(stage, buyer, email, screenings, say);
  await exchange(stage, buyer, paid, screenings[1]!, say);
  await giveBack(stage, buyer, paid, say);
  await giveAway(stage, buyer, paid, say);
}

async function basketOfThree(
  stage: Stage,
  buyer: Browser,
  email: string,
  screenings: string[],
  say: (line: string) => void,
): Promise<Order & { page: string }> {
  const holds: string[] = [];
  const seats: string[] = [];
  for (const screening of screenings) {
    const free = (await stage.freeSeats(screening)).slice(0, 2);
    const held = await stage.hold(buyer, screening, free);
    check(held.status === 201, 'two seats are held', held.body);
    holds.push(held.body.token);
    seats.push(free[0]!);
  }
  const kinds = [{ screeningId: screenings[0], seatId: seats[0], kind: 'pensioner' }];
  const basket = { holds, kinds, promo: 'aport' };
  const quoted = await buyer.post<Quote>('/tickets/quotes', basket);
  check(quoted.status === 200, 'the basket is quoted', quoted.body);
  const used = quoted.body.lines.filter((line) => line.reasons.some((reason) => reason.rule === 'promo'));
  check(used.length === 4, 'the promo code comes off four tickets, and not off the concession', quoted.body.lines);
  const reasons = quoted.body.lines[0]!.reasons.map((reason) => reason.text.ru).join(' → ');
  say(`a pensioner's seat: ${reasons} = ${tenge(quoted.body.lines[0]!.price.amount)}`);
  const order = { ...basket, buyer: { email }, language: 'ru', consent: CONSENT };
  const dearer = await buyer.post('/tickets/orders', { ...order, expectedTotal: quoted.body.total.amount + 100 });
  check(dearer.body.code === 'price-changed', 'another total than the one that was shown is refused', dearer.body);
  const placed = await buyer.post<Order>('/tickets/orders', { ...order, expectedTotal: quoted.body.total.amount });
  check(placed.status === 201 && placed.body.lines.length === 6, 'three screenings are one order', placed.body);
  const page = await stage.paymentPage(buyer, placed.body);
  await stage.pay(page);
  const paid = await stage.orderBecomes(buyer, placed.body, 'paid');
  check(paid.tickets.length === 6, 'six tickets', paid.tickets.length);
  say(`three screenings, six seats, promo code APORT on four of them: ${tenge(paid.total.amount)}, one payment`);
  return { ...paid, page };
}

async function exchange(stage: Stage, buyer: Browser, order: Order, to: string, say: (line: string) => void) {
  const line = order.lines.at(-1)!;
  const before = order.tickets.find((ticket) => ticket.screeningId === line.screeningId && ticket.seat === line.seat)!;
  const held = await stage.hold(buyer, to, (await stage.freeSeats(to)).slice(0, 1));
  check(held.status === 201, 'another seat is held', held.body);
  const answer = await buyer.post<Order>(`/tickets/orders/${order.id}/exchanges?key=${order.key}`, {
    lines: [line.line],
    holds: [held.body.token],
  });
  check(answer.status === 201, 'the exchange is an order', answer.body);
  if (answer.body.state !== 'paid') await stage.pay(await stage.paymentPage(buyer, answer.body));
  const done = await stage.orderBecomes(buyer, answer.body, 'paid');
  const old = (await stage.seen(buyer, order)).tickets.find((ticket) => ticket.id === before.id);
  check(old?.endedAs === 'exchanged', 'the old code is dead', old);
  check(done.tickets[0]?.admissionCode !== before.admissionCode, 'the new code is another');
  say(`a ticket was exchanged to another screening; to pay: ${tenge(done.total.amount)}; the old code is dead`);
}

async function giveBack(stage: Stage, buyer: Browser, order: Order & { page: string }, say: (line: string) => void) {
  const terms = await buyer.get<ReturnTerms>(`/tickets/orders/${order.id}/return-terms?key=${order.key}`);
  const first = terms.body.lines[0]!;
  check(first.allowed, 'the first ticket may be given back', first);
  const before = (await stage.seen(buyer, order)).refund?.amount ?? 0;
  const answer = await buyer.post<Order>(`/tickets/orders/${order.id}/returns?key=${order.key}`, {
    lines: [first.line],
    expectedFee: first.fee.amount,
  });
  check(answer.status === 200, 'it is given back', answer.body);
  await until('the bank has returned it, and what the exchange left over', async () => {
    return (await stage.charge(order.page)).refunded === before + first.refund.amount;
  });
  say(
    `a ticket was given back: ${tenge(first.refund.amount)} returned by the bank, ${tenge(first.fee.amount)} kept by the rule`,
  );
}

async function giveAway(stage: Stage, buyer: Browser, order: Order, say: (line: string) => void) {
  const ticket = (await stage.seen(buyer, order)).tickets.find((one) => one.state === 'live')!;
  const friend = stage.address('friend');
  const path = `/tickets/orders/${order.id}/tickets/${ticket.id}/transfer?key=${order.key}`;
  const answer = await buyer.post<Order>(path, { to: { email: friend }, language: 'kk' });
  check(answer.status === 200, 'a ticket is given to a friend', answer.body);
  const mail = await stage.mail(friend, (m) => (m.attachments?.length ?? 0) > 0);
  const link = /\/orders\/[0-9a-f-]+\?key=[\w-]+/.exec(mail.text ?? '')?.[0];
  check(link, 'the friend has a link', mail.text);
  const seen = await stage.visitor('kk').get<Order>(`/tickets${link}`);
  const live = seen.body.tickets.filter((one) => one.state === 'live');
  check(
    live.length === 1 && live[0]?.admissionCode !== ticket.admissionCode,
    'one ticket, with a code of its own',
    live,
  );
  say(`a ticket went to a friend, who got a mail in Kazakh and a code of their own; the old one is dead`);
}
