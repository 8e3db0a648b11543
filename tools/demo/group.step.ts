import { randomUUID } from 'node:crypto';
import type { HeldSeats, Order } from '#libs/contracts';
import { CONSENT, type Stage } from './stage.js';
import { check } from './walk.js';

/** A school of 24 pays by invoice and enters by one code. */
export async function groupStep(stage: Stage, screening: string, say: (line: string) => void): Promise<void> {
  const desk = await stage.signedIn('box-office');
  const finance = await stage.signedIn('finance');
  const best = { screeningId: screening, best: { count: 24 } };
  const held = await desk.post<HeldSeats>('/tickets/holds', best, { 'Idempotency-Key': randomUUID() });
  check(held.status === 201 && held.body.seats.length === 24, '24 seats beside and behind each other', held.body);
  const rows = new Set(held.body.seats.map((seat) => seat.row));
  const email = stage.address('school');
  const dueOn = (await stage.festivalNow()).toISOString().slice(0, 10);
  const order = {
    holds: [held.body.token],
    leader: { email },
    language: 'kk',
    company: { name: 'Мектеп (ойдан)', bin: '940140000385' },
    dueOn,
    codes: 'one',
    consent: CONSENT,
  };
  const wrong = { ...order, company: { ...order.company, bin: '940140000386' } };
  const refused = await desk.post('/tickets/group-orders', wrong);
  check(refused.body.code === 'business-number-wrong', 'a business number with a wrong digit is refused', refused.body);
  const placed = await desk.post<Order>('/tickets/group-orders', order);
  check(placed.status === 201 && placed.body.state === 'awaiting-payment', 'the group’s order waits', placed.body);
  say(`24 seats in ${rows.size} rows are kept for a school until ${dueOn}; the group price is in force`);
  const reference = `demo-${stage.tag}`;
  for (const outcome of ['paid', 'repeated']) {
    const matched = await finance.post(`/tickets/orders/${placed.body.id}/bank-transfers`, {
      amount: placed.body.total.amount,
      reference,
    });
    check(matched.body.outcome === outcome, `the transfer is ${outcome}`, matched.body);
  }
  const mail = await stage.mail(email, (m) => (m.attachments?.length ?? 0) > 0);
  const paid = await stage.seen(stage.visitor('kk'), placed.body);
  check(paid.tickets.length === 1 && paid.tickets[0]?.places === 24, 'one code for all of them', paid.tickets);
  say(`the bank transfer was matched, once though it was told twice; one code admits 24; mail: "${mail.subject}"`);
}
