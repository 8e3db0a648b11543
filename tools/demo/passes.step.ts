import type { Order, Pass, PassKinds, Quote, ReturnTerms } from '#libs/contracts';
import { CONSENT, type Stage } from './stage.js';
import { check, until } from './walk.js';

/** A pass is bought, pays for a seat, comes back with a returned seat, and never sits twice at one time. */
export async function passesStep(
  stage: Stage,
  screenings: { id: string }[],
  say: (line: string) => void,
): Promise<void> {
  const [first] = screenings;
  check(first, 'a screening for the pass');
  const admin = await stage.signedIn('admin');
  const kindId = `demo-${stage.tag}`;
  const known = await admin.get<PassKinds>(`/tickets/editions/${stage.edition}/pass-kinds`);
  const set = await admin.put<PassKinds>(`/tickets/editions/${stage.edition}/pass-kinds`, {
    kinds: [
      ...known.body.kinds,
      {
        id: kindId,
        name: { kk: 'Екі фильм (ойдан)', ru: 'Два фильма (выдумка)', en: 'Two films (invented)' },
        scope: { kind: 'films', films: 2 },
        price: { amount: 400_000, currency: 'KZT' },
        onSale: true,
      },
    ],
    travel: known.body.travel,
  });
  check(set.status === 200, 'the edition sells a pass of two films', set.body);

  const email = stage.address('pass');
  const holder = await stage.signedInByMail(email, 'en');
  const bought = await holder.post<Order>('/tickets/orders', {
    holds: [],
    buyPasses: [kindId],
    editionId: stage.edition,
    language: 'en',
    consent: CONSENT,
  });
  check(bought.status === 201 && bought.body.total.amount === 400_000, 'the pass is ordered', bought.body);
  await stage.pay(await stage.paymentPage(holder, bought.body));
  await stage.orderBecomes(holder, bought.body, 'paid');
  const mine = async (): Promise<Pass> => {
    const { body } = await holder.get<Pass[]>('/tickets/my/passes');
    const pass = body.find((one) => one.kindId === kindId);
    check(pass, 'the holder finds the pass', body);
    return pass;
  };
  const pass = await mine();
  check(pass.left === 2, 'with two films', pass);
  await stage.mail(email, (mail) => /film pass/i.test(mail.subject ?? ''));
  say(`a pass of two films was bought and mailed; its code stands only on the holder's page`);

  const take = async (seat: string) => {
    const held = await stage.hold(holder, first.id, [seat]);
    check(held.status === 201, 'a seat is held', held.body);
    const basket = { holds: [held.body.token], passes: [pass.code] };
    const quote = await holder.post<Quote>('/tickets/quotes', basket);
    check(quote.status < 300 && quote.body.total.amount === 0, 'the pass pays for it', quote.body);
    return holder.post<Order & { code?: string }>('/tickets/orders', { ...basket, language: 'en', consent: CONSENT });
  };
  const [one, two] = await stage.freeSeats(first.id);
  const seat = await take(one!);
  check(seat.status === 201 && seat.body.state === 'paid', 'the seat is had for the pass', seat.body);
  check((await mine()).left === 1, 'one film is left', await mine());
  const again = await take(two!);
  check(again.body.code === 'pass-slot-taken', 'no second seat at the same time', again.body);
  const terms = await holder.get<ReturnTerms>(`/tickets/orders/${seat.body.id}/return-terms`);
  const returned = await holder.post(`/tickets/orders/${seat.body.id}/returns`, {
    lines: [1],
    expectedFee: terms.body.lines[0]?.fee.amount,
  });
  check(returned.status < 300, 'the seat is returned', returned.body);
  await until('the film comes back', async () => (await mine()).left === 2);
  say(`it paid for one seat (${again.body.code} for a second at the same time) and got its film back with the return`);
}
