import { decimalAmount, Refusal } from '#libs/kernel';
import type { House } from '../world/house.js';
import { ConnectionLost, type Process } from '../world/scheduler.js';
import type { World } from '../world/world.js';

const TRIES = 40;
const LATE_MS = 5 * 60_000;

/** Asks until somebody answers: the same call, with the same key. Undefined when nobody did. */
export async function insist<T>(
  world: World,
  client: Process,
  says: string,
  serve: (house: House) => Promise<T>,
  tries = 8,
): Promise<T | undefined> {
  for (let no = 0; no < tries; no++) {
    try {
      return await world.ask(client, says, serve);
    } catch (error) {
      const again = error instanceof ConnectionLost || (error instanceof Refusal && error.kind === 'unavailable');
      if (!again) throw error;
      await world.scheduler.sleep(client, 300 + no * 500);
    }
  }
  return undefined;
}

/** The provider takes the money of one page and tells the house until it is heard. */
export async function pay(
  world: World,
  client: Process,
  attempt: string,
  how: { amount: number; checked: boolean; late: boolean },
): Promise<void> {
  const amount = decimalAmount({ amount: how.amount, currency: 'KZT' });
  if (how.checked) {
    const form = JSON.stringify({ pg_order_id: attempt, pg_amount: amount });
    const answer = await world
      .ask(client, `check ${attempt}`, (house) => house.callbacks.check(form))
      .catch(() => undefined);
    if (answer?.body !== 'ok') return;
  }
  if (how.late) await world.scheduler.sleep(client, LATE_MS);
  const taken = await world.act(client, `pays ${attempt}`, () =>
    world.provider.capture(attempt, how.amount, how.late ? 2 * LATE_MS : 0),
  );
  if (!taken) return;
  const form = JSON.stringify({
    pg_order_id: attempt,
    pg_payment_id: `page-${attempt}`,
    pg_result: '1',
    pg_amount: amount,
    pg_currency: 'KZT',
    pg_can_reject: how.late ? '1' : '0',
  });
  if (how.late) await world.scheduler.sleep(client, LATE_MS);
  const answer = await insist(world, client, `result ${attempt}`, (house) => house.callbacks.result(form), TRIES);
  if (answer?.body === 'rejected')
    await world.act(client, `reverses ${attempt}`, () => world.provider.reverse(attempt));
}
