import type { Stage } from './stage.js';
import { check, until } from './walk.js';

/** c. Time runs out: of a hold, and of an order whose payment still comes. */
export async function lateStep(stage: Stage, screening: string, say: (line: string) => void): Promise<void> {
  const admin = await stage.signedIn('admin');
  const [one, two, three] = (await stage.freeSeats(screening)) as [string, string, string];

  const sleeper = stage.visitor();
  const held = await stage.hold(sleeper, screening, [one]);
  check(held.status === 201, 'a hold', held.body);
  const early = await stage.hold(stage.visitor(), screening, [one]);
  check(early.body.code === 'seats-taken', 'is respected while it lives', early.body);
  await admin.post('/tickets/dev/holds/age', { token: held.body.token });
  await stage.buy(screening, [one]);
  const tooLate = await stage.order(sleeper, held.body.token, stage.address('sleeper'));
  check(tooLate.status >= 400, 'the sleeper is refused', tooLate.body);
  say(`a hold ran out and its seat was sold to somebody else; the sleeper was told: ${tooLate.body.code}`);

  for (const [seat, sold] of [
    [two, false],
    [three, true],
  ] as const) {
    const buyer = stage.visitor();
    const hold = await stage.hold(buyer, screening, [seat]);
    const placed = (await stage.order(buyer, hold.body.token, stage.address('late'))).body;
    const page = await stage.paymentPage(buyer, placed);
    await admin.post(`/tickets/dev/orders/${placed.id}/age`);
    await stage.orderBecomes(buyer, placed, 'expired');
    if (sold) await stage.buy(screening, [seat]);
    await stage.misbehave(page, { checkUrlSkip: true });
    await stage.pay(page);
    if (!sold) {
      const kept = await stage.orderBecomes(buyer, placed, 'paid');
      check(kept.paidLate && kept.tickets.length === 1, 'honoured while the seat was free', kept);
      say('a payment after the order had expired: the seat was still free, the ticket is issued');
    } else {
      await stage.orderBecomes(buyer, placed, 'refunded');
      const charge = await until('the money is back', async () => {
        const now = await stage.charge(page);
        return now.refunded === now.captured && now.captured > 0 && now;
      });
      say(
        `a payment after the seat was sold again: refunded in full (${charge.refunded / 100} of ${charge.captured / 100} ₸)`,
      );
    }
  }
}
