import type { Order } from '#libs/contracts';
import type { Stage } from './stage.js';
import { check, until } from './walk.js';

/** b. Two buyers, overlapping seats, the same instant; the winner pays and gets tickets by mail in Kazakh. */
export async function audienceStep(stage: Stage, screening: string, say: (line: string) => void): Promise<Order> {
  const free = await stage.freeSeats(screening);
  const [one, two, three] = free as [string, string, string];
  const aigul = stage.visitor('kk');
  const dias = stage.visitor('ru');
  const [first, second] = await Promise.all([
    stage.hold(aigul, screening, [one, two]),
    stage.hold(dias, screening, [two, three]),
  ]);
  const statuses = [first.status, second.status].sort();
  check(statuses.join() === '201,409', 'one gets the seats and the other does not', [first.body, second.body]);
  const [won, lost, winner] = first.status === 201 ? [first.body, second.body, aigul] : [second.body, first.body, dias];
  const gone = lost.facts?.seats ?? [];
  check(
    lost.code === 'seats-taken' && gone.some((place) => place.seat === two),
    'the other is told which are gone',
    lost,
  );
  say(
    `two buyers at once: one holds ${won.seats.length} seats, the other is told that ${gone.map((p) => p.seat).join(', ')} is gone`,
  );

  const email = stage.address('aigul');
  const placed = await stage.order(winner, won.token, email, 'kk');
  check(placed.status === 201 && placed.body.state === 'awaiting-payment', 'the order waits for payment', placed.body);
  const page = await stage.paymentPage(winner, placed.body);
  await stage.misbehave(page, { duplicateCallbacks: 1 });
  await stage.pay(page);
  const paid = await stage.orderBecomes(winner, placed.body, 'paid');
  const charge = await until('the bank has called twice', async () => {
    const now = await stage.charge(page);
    return now.callbacks.length >= 2 && now;
  });
  check(charge.captured > 0 && charge.refunded === 0, 'one charge, nothing returned', charge);
  check(paid.tickets.length === 2, 'two tickets', paid.tickets.length);
  say(
    `paid on the sandbox's page; the bank called ${charge.callbacks.length} times: order ${paid.number}, one charge, 2 tickets`,
  );

  const mail = await stage.mail(email, (m) => (m.attachments?.length ?? 0) > 0);
  const types = mail.attachments.map((attachment) => attachment.contentType);
  check(
    types.includes('application/pdf') && types.some((type) => type.includes('calendar')),
    'the mail has PDF and .ics',
    types,
  );
  check(/[әғқңөұүһі]/i.test(`${mail.subject} ${mail.text}`), 'the mail is in Kazakh', mail.subject);
  check((mail.text ?? '').includes(`/orders/${paid.id}`), 'the mail has the link', mail.text);
  say(`mail in Kazakh: "${mail.subject}" with ${types.join(', ')}`);
  return paid;
}
