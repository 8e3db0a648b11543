import type { Order, PlanGeometry, Programme, ScreeningMove, SeatStates } from '#libs/contracts';
import type { Browser } from './browser.js';
import type { Stage } from './stage.js';
import { check, until } from './walk.js';

const SOLD = 300;
/** Parties buy a few at a time: a crowd, not a flood. */
const AT_ONCE = 6;

interface Party {
  buyer: Browser;
  email: string;
  order: Order;
  seats: number;
}

interface Hall {
  id: string;
  planId: string;
  planVersion: number;
  seats: number;
}

function hallsOf(programme: Programme): Hall[] {
  return programme.venues.flatMap((venue) => venue.halls).sort((a, b) => a.seats - b.seats);
}

/** A free screening in a hall that holds 300, at the first hour at which the hall is free. */
async function open(stage: Stage, programmer: Browser, hall: Hall): Promise<string> {
  const title = `Moving house ${stage.tag}`;
  for (let hour = 0; hour < 24 * 6; hour++) {
    const made = await programmer.post('/screenings/screenings', {
      editionId: stage.edition,
      items: [{ kind: 'talk', title: { kk: title, ru: title, en: title }, minutes: 40 }],
      hallId: hall.id,
      startsAt: new Date(Date.UTC(2019, 8, 15, 3) + hour * 3_600_000).toISOString(),
      ageRating: '6+',
      prices: ['A', 'B', 'C'].map((category) => ({
        category,
        name: { kk: 'Тегін', ru: 'Свободный вход', en: 'Free entry' },
        amount: 0,
        currency: 'KZT',
      })),
    });
    if (made.status === 409) continue;
    check(made.status === 201, 'a screening is made', made.body);
    await stage.onSale(programmer, made.body.id);
    return made.body.id;
  }
  throw new Error('the hall is never free any more: npm start -- --fresh begins anew');
}

async function party(stage: Stage, screening: string, seats: string[], name: string): Promise<Party> {
  const buyer = stage.visitor('kk');
  const email = stage.address(name);
  const held = await until(`${name} holds`, async () => {
    const answer = await stage.hold(buyer, screening, seats);
    if (answer.status === 429 || answer.status >= 500) return undefined;
    check(answer.status === 201, 'the seats are free', answer.body);
    return answer.body;
  });
  const placed = await until(`${name} orders`, async () => {
    const answer = await stage.order(buyer, held.token, email, 'kk');
    if (answer.status === 429 || answer.status >= 500) return undefined;
    check(answer.status === 201, 'what costs nothing needs no bank', answer.body);
    return answer.body;
  });
  return { buyer, email, order: await stage.orderBecomes(buyer, placed, 'paid'), seats: seats.length };
}

/** 300 seats in parties of 1 to 6. */
async function sell(stage: Stage, screening: string): Promise<Party[]> {
  const free = await stage.freeSeats(screening);
  const groups: string[][] = [];
  for (let at = 0; at < SOLD; ) {
    const size = Math.min((groups.length % 6) + 1, SOLD - at);
    groups.push(free.slice(at, at + size));
    at += size;
  }
  const parties: Party[] = [];
  for (let at = 0; at < groups.length; at += AT_ONCE)
    parties.push(
      ...(await Promise.all(
        groups.slice(at, at + AT_ONCE).map((seats, i) => party(stage, screening, seats, `party-${at + i}`)),
      )),
    );
  return parties;
}

/** Every ticket: its code and where it sits. */
async function tickets(stage: Stage, parties: readonly Party[]): Promise<Map<string, { code: string; at: string }>> {
  const seen = new Map<string, { code: string; at: string }>();
  for (const { buyer, order } of parties)
    for (const ticket of (await stage.seen(buyer, order)).tickets)
      seen.set(ticket.id, {
        code: ticket.admissionCode,
        at: `${ticket.hall.en} ${ticket.startsAt} ${ticket.row}/${ticket.seat}`,
      });
  return seen;
}

/** Asks for a move at the first hour at which the hall is free. */
async function ask(programmer: Browser, screening: string, hall: Hall): Promise<ScreeningMove> {
  for (let hour = 0; hour < 24 * 6; hour++) {
    const startsAt = new Date(Date.UTC(2019, 8, 15, 4) + hour * 3_600_000).toISOString();
    const move = await programmer.post<ScreeningMove & { code?: string }>(`/screenings/screenings/${screening}/moves`, {
      hallId: hall.id,
      planId: hall.planId,
      startsAt,
    });
    if (move.body.code === 'hall-overlap' || move.body.code === 'turnaround-too-short') continue;
    check(move.status === 201, 'a move is asked for', move.body);
    return until('the preview', async () => {
      const now = await programmer.get<ScreeningMove>(`/screenings/moves/${move.body.id}`);
      return now.body.state === 'previewed' && now.body;
    });
  }
  throw new Error('the hall is never free any more: npm start -- --fresh begins anew');
}

async function act(programmer: Browser, move: ScreeningMove, what: string, becomes: string): Promise<ScreeningMove> {
  const body = what === 'confirm' ? { tag: move.preview?.tag } : {};
  const answer = await programmer.post<ScreeningMove>(`/screenings/moves/${move.id}/${what}`, body);
  check(answer.status === 200, what, answer.body);
  return until(`the move is ${becomes}`, async () => {
    const now = await programmer.get<ScreeningMove>(`/screenings/moves/${move.id}`);
    return now.body.state === becomes && now.body;
  });
}

/** Whether two maps say the same of every ticket. */
const same = (a: Map<string, { at: string }>, b: Map<string, { at: string }>) =>
  a.size === b.size && [...a].every(([id, ticket]) => ticket.at === b.get(id)?.at);

/** A screening with 300 people moves to another hall, is undone, and moves for good: one letter each, no new codes. */
export async function moveStep(stage: Stage, say: (line: string) => void): Promise<void> {
  const programmer = await stage.signedIn('programmer');
  const halls = hallsOf(await stage.programme());
  const roomy = halls.filter((hall) => hall.seats >= SOLD + 20);
  const [first, larger] = [roomy[0], roomy.at(-1)];
  const smaller = halls[0];
  check(
    first && larger && smaller && first.id !== larger.id,
    'the festival has a hall for 300 and a larger one',
    halls,
  );
  const screening = await open(stage, programmer, first);
  const parties = await sell(stage, screening);
  const before = await tickets(stage, parties);
  check(before.size === SOLD, '300 tickets', before.size);
  say(`${SOLD} seats sold to ${parties.length} parties of 1 to 6, at the public door`);

  const tight = await ask(programmer, screening, smaller);
  const unseated = tight.preview?.unseated.reduce((sum, owner) => sum + owner.seats.length, 0) ?? 0;
  check(unseated >= SOLD - smaller.seats, 'whoever finds no seat is listed', tight.preview);
  await act(programmer, tight, 'abandon', 'abandoned');
  say(`to a hall of ${smaller.seats}: ${unseated} would have no seat; given up, nothing has changed`);

  const move = await ask(programmer, screening, larger);
  check(move.preview?.unseated.length === 0, 'everybody has a seat in the larger hall', move.preview);
  const closed = await stage.hold(stage.visitor(), screening, (await stage.freeSeats(screening)).slice(0, 1));
  check(closed.status === 409, 'nobody buys while it moves', closed.body);
  const from = Date.now();
  const seated = await act(programmer, move, 'confirm', 'seated');
  const took = Date.now() - from;
  const moved = await tickets(stage, parties);
  check(
    [...moved].every(([id, ticket]) => ticket.code === before.get(id)?.code),
    'every code is what it was',
  );
  check(new Set([...moved.values()].map((ticket) => ticket.at)).size === SOLD, 'nobody sits on another');
  check(![...moved].some(([id, ticket]) => ticket.at === before.get(id)?.at), 'everybody has a place in the new hall');
  say(
    `to ${larger.seats} seats in ${took} ms: ${move.preview.split.length} parties split, ${move.preview.worse} in a cheaper zone`,
  );

  await act(programmer, seated, 'undo', 'undone');
  await until('everybody is back', async () => same(await tickets(stage, parties), before));
  say('undone: every ticket is where it was');

  const again = await act(programmer, await ask(programmer, screening, larger), 'confirm', 'seated');
  const [one] = parties as [Party];
  const letters = async () => (await stage.mails(one.email)).filter((mail) => /ауысты/.test(mail.subject ?? ''));
  check((await letters()).length === 0, 'nobody has been told while it could be undone');
  await act(programmer, again, 'settle', 'settled');
  const letter = await stage.mail(one.email, (mail) => /ауысты/.test(mail.subject ?? ''));
  check(
    letter.attachments.some((part) => /calendar/.test(part.contentType)),
    'the letter has the calendar entry',
    letter.subject,
  );
  await until('sales go on', async () => {
    const map = await stage.visitor().get<SeatStates>(`/tickets/screenings/${screening}/seats`);
    return map.body.onSale && map.body.planId === larger.planId;
  });
  const plan = await stage
    .visitor()
    .get<PlanGeometry>(`/screenings/seat-plans/${larger.planId}/versions/${larger.planVersion}`);
  check(plan.status === 200, 'the map shows the new hall', plan.status);
  check((await letters()).length === 1, 'one letter each', (await letters()).length);
  say(`moved for good and told once: "${letter.subject}"`);
}
