import type { Order, PaymentStarted, Receipt, WalletLinks } from '#libs/contracts';
import type { Stage } from './stage.js';
import { check, until } from './walk.js';

/** A purchase with Stripe, and everything that its buyer gets in hand: PDF, calendar, wallets, receipt. */
export async function papersStep(stage: Stage, screening: string, say: (line: string) => void): Promise<Order> {
  const [one, two] = (await stage.freeSeats(screening)) as [string, string];
  const buyer = stage.visitor('kk');
  const held = await stage.hold(buyer, screening, [one, two]);
  check(held.status === 201, 'two seats are held', held.body);
  const placed = await stage.order(buyer, held.body.token, stage.address('papers'), 'kk');
  check(placed.status === 201, 'the order is placed', placed.body);
  const page = await buyer.post<PaymentStarted>(`/tickets/orders/${placed.body.id}/payments?key=${placed.body.key}`, {
    provider: 'stripe',
  });
  check(page.status === 201 && page.body.redirectUrl.includes('/stripe/'), "Stripe's page opens", page.body);
  await stage.misbehave(page.body.redirectUrl, { duplicateCallbacks: 1, forgeSignature: true });
  await stage.pay(page.body.redirectUrl);
  const order = await stage.orderBecomes(buyer, placed.body, 'paid');
  const charge = await until('Stripe has called three times', async () => {
    const now = await stage.charge(page.body.redirectUrl);
    return now.callbacks.length >= 3 && now;
  });
  check(charge.captured === order.total.amount && charge.refunded === 0, 'one charge', charge);
  say(`paid with Stripe: one forged webhook refused, two genuine ones, one charge, order ${order.number}`);

  const file = async (path: string) => {
    const answer = await fetch(`${stage.run.web}/api/tickets/orders/${order.id}/${path}`);
    const bytes = Buffer.from(await answer.arrayBuffer());
    check(answer.status === 200, `${path.split('?')[0]} is there`, [answer.status, bytes.subarray(0, 200).toString()]);
    return bytes;
  };
  const key = `key=${order.key}`;
  for (const format of ['a4', 'phone']) {
    const pdf = (await file(`tickets.pdf?${key}&format=${format}`)).toString('latin1');
    check(pdf.startsWith('%PDF') && pdf.match(/\/Type \/Page\b/g)?.length === 2, `two pages for ${format}`);
  }
  const ics = (await file(`calendar.ics?${key}`)).toString();
  check(ics.includes(`UID:${screening}`) && /SEQUENCE:\d+/.test(ics), 'the calendar entry has a UID and SEQUENCE', ics);
  say('tickets as PDF for paper and phone, calendar entry with a UID that stays');

  const ticket = order.tickets[0]!;
  const links = await buyer.get<WalletLinks>(`/tickets/orders/${order.id}/tickets/${ticket.id}/wallets?${key}`);
  check(links.body.google?.startsWith('https://pay.google.com/'), 'a link of Google Wallet', links.body);
  const pass = await file(`tickets/${ticket.id}/pass.pkpass?${key}`);
  check(pass.subarray(0, 2).toString() === 'PK', 'a pass of Apple Wallet');
  say(`a pass of Apple Wallet (${(pass.length / 1_024).toFixed(0)} kB) and a link of Google Wallet`);

  const receipt = await until('the fiscal receipt is registered', async () => {
    const { body } = await buyer.get<Receipt[]>(`/tickets/orders/${order.id}/receipts?${key}`);
    return body.length === 1 && body[0]!.fiscal.state === 'registered' && body[0]!;
  });
  const paper = await file(`receipts/${receipt.id}/pdf?${key}`);
  check(paper.subarray(0, 4).toString() === '%PDF', 'the receipt as PDF');
  say(`receipt no. ${receipt.number}, fiscal no. ${receipt.fiscal.number}`);
  return order;
}
