import { randomUUID } from 'node:crypto';
import type { CounterSale, HeldSeats, Shift, ZReport } from '#libs/contracts';
import { formatMoney } from '#libs/kernel';
import type { Browser } from './browser.js';
import type { Stage } from './stage.js';
import { check, until } from './walk.js';

const FLOAT = 2_000_000;
const TENDERED = 1_000_000;
const SHORT = 5_000;

/** A shift at a till: cash, a card that is declined, a terminal that answers late, a void, a lost paper, a blind count. */
export async function counterStep(stage: Stage, screening: string, say: (line: string) => void): Promise<void> {
  const clerk = await stage.signedIn('box-office');
  const shift = await openShift(stage, clerk);
  const seats = await stage.freeSeats(screening);
  const sell = async (count: number, payment: object): Promise<CounterSale> => {
    const taken = seats.splice(0, count);
    const held = await clerk.post<HeldSeats>('/tickets/holds', { screeningId: screening, seats: taken });
    check(held.status === 201, 'the seats are held', held.body);
    const body = { shiftId: shift, holds: [held.body.token], payment, language: 'kk' };
    const key = { 'Idempotency-Key': randomUUID() };
    const first = await clerk.post<CounterSale>('/tickets/counter/sales', body, key);
    check(first.status === 201, 'the sale is made', first.body);
    const again = await clerk.post<CounterSale>('/tickets/counter/sales', body, key);
    check(again.body.id === first.body.id, 'sent twice it is one sale', again.body);
    return first.body;
  };
  const cash = { by: 'cash', tendered: TENDERED };

  const first = await sell(2, cash);
  check(
    first.state === 'done' && first.change?.amount === TENDERED - first.total.amount,
    'cash is done at once, with change',
    first,
  );
  const papers = await fetch(`${stage.run.web}/api/tickets/counter/orders/${first.id}/papers?format=80mm`);
  check(papers.status === 401, 'papers are for the clerk alone', papers.status);
  const back = formatMoney({ amount: TENDERED - first.total.amount, currency: 'KZT' });
  say(`two seats in cash, ${back} back; the same sale sent twice is one`);

  await terminal(stage, { decline: 1 });
  const declined = await sell(1, { by: 'terminal' });
  check(declined.state === 'declined', 'a declined card takes nothing', declined);
  const paid = await clerk.post<CounterSale>(`/tickets/counter/sales/${declined.id}/payments`, { payment: cash });
  check(paid.body.state === 'done' && paid.body.by === 'cash', 'the same seats are paid in cash', paid.body);

  await terminal(stage, { late: 1 });
  const late = await sell(1, { by: 'terminal' });
  check(late.state === 'paying', 'nobody calls it sold before the terminal has said so', late);
  await terminal(stage, { settle: { state: 'approved' } });
  await until('the late answer is heard', async () => {
    const seen = await clerk.get<CounterSale>(`/tickets/counter/sales/${late.id}`);
    return seen.body.state === 'done';
  });
  say('a declined card was paid in cash, a terminal that answered late was waited for');

  const last = await sell(1, cash);
  const voided = await clerk.post<CounterSale>(`/tickets/counter/sales/${last.id}/void`, { reason: 'Wrong screening' });
  check(voided.body.state === 'voided', 'the last sale is voided', voided.body);
  const ticket = first.tickets[0];
  check(ticket, 'there is a ticket to print again', first);
  const reprint = { shiftId: shift, reason: 'The printer ate it' };
  const reprinted = await clerk.post<{ tickets: { shortCode: string }[] }>(
    `/tickets/counter/tickets/${ticket.id}/reprint`,
    reprint,
  );
  const codes = reprinted.body.tickets.map(({ shortCode }) => shortCode);
  check(codes.length === 2 && !codes.includes(ticket.shortCode), 'the old code is dead', reprinted.body);

  const counted = FLOAT + first.total.amount + paid.body.total.amount - SHORT;
  const closed = await clerk.post<ZReport>(`/tickets/counter/shifts/${shift}/close`, { counted });
  check(closed.body.difference.amount === -SHORT, 'the count is 50 ₸ short', closed.body);
  const manager = await stage.signedIn('house-manager');
  const signed = await manager.post<ZReport>(`/tickets/counter/shifts/${shift}/sign`, { note: 'Counted together' });
  check(signed.body.signed, 'the report is signed', signed.body);
  say(`one sale voided, one ticket printed anew; Z report no. ${closed.body.number}: 50 ₸ short, signed by a manager`);
}

/** What an earlier run left open is closed first. */
async function openShift(stage: Stage, clerk: Browser): Promise<string> {
  const mine = `/tickets/counter/shifts/mine?editionId=${stage.edition}`;
  const left = (await clerk.get<{ shift: Shift | null }>(mine)).body.shift;
  if (left) await clerk.post(`/tickets/counter/shifts/${left.id}/close`, { counted: 0, withUnresolved: true });
  const wanted = { editionId: stage.edition, till: '1', openingFloat: FLOAT };
  const opened = await clerk.post<Shift>('/tickets/counter/shifts', wanted);
  check(opened.status === 201, 'a shift is open', opened.body);
  return opened.body.id;
}

async function terminal(
  stage: Stage,
  what: { decline?: number; late?: number; settle?: { state: string } },
): Promise<void> {
  const told = await fetch(`${stage.run.payments}/terminal/control`, { method: 'POST', body: JSON.stringify(what) });
  check(told.ok, 'the terminal is told how to behave', told.status);
}
