import { decimalAmount, Refusal } from '#libs/kernel';
import type { House } from '../world/house.js';
import { ConnectionLost, type Process } from '../world/scheduler.js';
import type { World } from '../world/world.js';

const TRIES = 40;
const GRACE_MS = 60 * 60_000;

export type Manner = 'fenced' | 'unheard' | 'at-expiry' | 'after-expiry' | 'unfenced';

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
  how: { amount: number; manner: Manner },
): Promise<void> {
  const amount = decimalAmount({ amount: how.amount, currency: 'KZT' });
  const late = how.manner === 'at-expiry' || how.manner === 'after-expiry';
  if (how.manner === 'fenced' || how.manner === 'unheard') {
    const form = JSON.stringify({ pg_order_id: attempt, pg_amount: amount });
    const answer = await world
      .ask(client, `check ${attempt}`, (house) => house.callbacks.check(form))
      .catch(() => undefined);
    if (answer?.body !== 'ok') return;
  }
  const taken = await world.act(
    client,
    `pays ${attempt}`,
    () => world.provider.capture(attempt, how.amount, late ? GRACE_MS : 0),
    () => waitsFor(world, attempt, how.manner),
  );
  if (!taken || how.manner === 'unheard') return;
  const form = JSON.stringify({
    pg_order_id: attempt,
    pg_payment_id: `page-${attempt}`,
    pg_result: '1',
    pg_amount: amount,
    pg_currency: 'KZT',
    pg_can_reject: late ? '1' : '0',
  });
  const answer = await insist(world, client, `result ${attempt}`, (house) => house.callbacks.result(form), TRIES);
  if (answer?.body === 'rejected')
    await world.act(client, `reverses ${attempt}`, () => world.provider.reverse(attempt));
}

/** The bank says yes at the worst moment: while the order is ended, or just after. */
function waitsFor({ twin }: World, attempt: string, manner: Manner): boolean {
  const state = twin.orders.get(twin.attempts.get(attempt)?.order ?? '')?.state;
  if (manner === 'at-expiry') return state === 'awaiting-payment';
  return manner === 'after-expiry' && (state === 'awaiting-payment' || state === 'expiring');
}
