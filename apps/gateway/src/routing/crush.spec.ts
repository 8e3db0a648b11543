import { Crush } from './crush.js';

const LOOK = { method: 'GET', url: '/api/tickets/screenings/s/seats' };
const HOLD = { method: 'POST', url: '/api/tickets/holds' };
const ORDER = { method: 'POST', url: '/api/tickets/orders' };
const SCAN = { method: 'POST', url: '/api/tickets/door/scans' };
const PAID = { method: 'POST', url: '/api/tickets/payments/freedompay/result' };

function crush(underWay: number): Crush {
  const full = new Crush(2);
  for (let n = 0; n < underWay; n++) full.enter(SCAN);
  return full;
}

describe('more calls than services can answer', () => {
  it('turn away who looks or begins, not who is in the middle of buying', () => {
    expect(() => crush(2).enter(LOOK)).toThrow(expect.objectContaining({ code: 'too-busy' }));
    expect(() => crush(2).enter(HOLD)).toThrow(expect.objectContaining({ code: 'too-busy', retryAfterMs: 2_000 }));
    crush(7).enter(ORDER);
    crush(7).enter({ method: 'GET', url: '/api/tickets/orders/1?key=k' });
    expect(() => crush(8).enter(ORDER)).toThrow(expect.objectContaining({ code: 'too-busy' }));
  });

  it('never turn away gates and providers of payments', () => {
    crush(1_000).enter(SCAN);
    crush(1_000).enter(PAID);
  });

  it('are fewer when one is answered, once', () => {
    const full = new Crush(1);
    const leave = full.enter(LOOK);
    expect(() => full.enter(LOOK)).toThrow();
    leave();
    leave();
    full.enter(LOOK);
    expect(() => full.enter(LOOK)).toThrow();
  });
});
