import { createHash, randomUUID } from 'node:crypto';
import type { EntryQueueView, QueueDraw, QueuePlace } from '#libs/contracts';
import type { Browser } from './browser.js';
import type { Stage } from './stage.js';
import { check, until } from './walk.js';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** Six people wait for an on-sale; the draw is checked by hand, and the gate lets in whose turn it is. */
export async function queueStep(stage: Stage, screening: string, say: (line: string) => void): Promise<void> {
  const admin = await stage.signedIn('admin');
  const id = randomUUID();
  const put = (opensInMs: number, more: object = {}) =>
    admin.put<EntryQueueView>(`/entry-queues/${id}`, {
      editionId: stage.edition,
      name: { kk: 'Көрсету', ru: 'Показ', en: 'Demonstration' },
      opensAt: new Date(Date.now() + opensInMs).toISOString(),
      perMinute: 3,
      ...more,
    });
  const made = await put(600_000);
  check(made.status === 200 && made.body.state === 'gathering', 'a queue is made', made.body);
  try {
    await walk(stage, screening, made.body, put, say);
  } finally {
    await put(0, { closed: true });
  }
}

async function walk(
  stage: Stage,
  screening: string,
  queue: EntryQueueView,
  put: (opensInMs: number) => Promise<unknown>,
  say: (line: string) => void,
): Promise<void> {
  const people = Array.from({ length: 6 }, () => stage.visitor());
  const places: QueuePlace[] = [];
  for (const who of people) {
    const joined = await who.post<QueuePlace>(`/entry-queues/${queue.id}/places`);
    check(joined.status === 200 && joined.body.state === 'gathering', 'somebody joins', joined.body);
    places.push(joined.body);
  }
  const [seat] = (await stage.freeSeats(screening)) as [string];
  const early = await stage.hold(people[0]!, screening, [seat]);
  check(early.body.code === 'entry-queue-stands', 'nobody gets past the queue', early.body);
  await put(500);
  const draw = await until('the queue is drawn', async () => {
    const answer = await stage.visitor().get<QueueDraw>(`/entry-queues/${queue.id}/draw`);
    return answer.status === 200 && answer.body;
  });
  check(sha256(draw.seed) === queue.commitment, 'the seed is the one that was committed to', draw);
  const order = [...draw.drawn].sort((a, b) => (sha256(`${draw.seed}:${a}`) < sha256(`${draw.seed}:${b}`) ? -1 : 1));
  check(order.join() === draw.drawn.join(), 'the order is the draw’s', draw.drawn);
  say(
    `six people were shuffled by seed ${draw.seed.slice(0, 8)}…, whose digest stood on the page before; checked by hand`,
  );
  const held = await holdAll(stage, screening, people, places);
  check(held.join() === '201,201,201,429,429,429', 'three are let in, three still wait', held);
  say('three of them hold seats, the other three still wait');
}

/** Everybody looks at the place and tries to hold a seat; answers the statuses, sorted. */
async function holdAll(stage: Stage, screening: string, people: Browser[], places: QueuePlace[]): Promise<number[]> {
  const statuses: number[] = [];
  for (const [n, who] of people.entries()) {
    const looked = await who.post<QueuePlace>('/entry-queues/places/look', { token: places[n]!.token });
    check(looked.status === 200, 'the place is looked at', looked.body);
    const [seat] = (await stage.freeSeats(screening)) as [string];
    statuses.push((await stage.hold(who, screening, [seat])).status);
  }
  return statuses.sort();
}
