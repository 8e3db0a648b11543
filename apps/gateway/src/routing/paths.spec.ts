import { isCounterPage, isCounterPaper, isDoorRoute, isProviderCallback, servicePath } from './paths.js';

describe('the path behind the gateway', () => {
  it('is the published one without its prefix, query and spelling kept', () => {
    expect(servicePath('tickets', '/api/tickets/orders/a%20b?x=%2F')).toBe('/orders/a%20b?x=%2F');
    expect(servicePath('tickets', '/api/tickets')).toBe('/');
  });

  it.each([
    '/api/tickets/internal/people',
    '/api/tickets/INTERNAL/people',
    '/api/tickets/%69nternal/people',
    '/api/tickets/%2569nternal/people',
    '/api/tickets//internal/people',
    '/api/tickets/x/../internal/people',
    '/api/tickets/x/%2e%2e/internal/people',
    '/api/tickets/./internal',
    '/api/tickets/%2Finternal',
    '/api/tickets/x\\..\\internal',
    '/api/tickets/metrics',
    '/api/tickets/health/parts',
    '/api/tickets/readyz',
    '/api/tickets/openapi.json',
    '/api/tickets/%E0%A4%A',
  ])('keeps %s inside', (url) => {
    expect(servicePath('tickets', url)).toBeUndefined();
  });
});

describe('a provider’s callback', () => {
  it('is told from what only looks like one', () => {
    expect(isProviderCallback('/api/tickets/payments/freedompay/result')).toBe(true);
    expect(isProviderCallback('/api/tickets/payments/freedompay/check?x=1')).toBe(true);
    expect(isProviderCallback('/api/tickets/payments/stripe/webhook')).toBe(true);
    expect(isProviderCallback('/api/tickets/payments/freedompay/result/x')).toBe(false);
    expect(isProviderCallback('/api/tickets/orders/x/result')).toBe(false);
    expect(isProviderCallback('/api/notifications/bounces/webhook')).toBe(true);
    expect(isProviderCallback('/api/notifications/unsubscribe/abc-D_1.x9')).toBe(true);
    expect(isProviderCallback('/api/notifications/inbox/read')).toBe(false);
    expect(isProviderCallback('/api/notifications/unsubscribe/a/b')).toBe(false);
  });
});

describe('a door route', () => {
  it('is under the door of tickets alone', () => {
    expect(isDoorRoute('/api/tickets/door/scans')).toBe(true);
    expect(isDoorRoute('/api/tickets/doors')).toBe(false);
    expect(isDoorRoute('/api/screenings/door/')).toBe(false);
  });
});

describe('papers in a frame', () => {
  it('are those of an order at the counter, and nothing else', () => {
    expect(isCounterPaper('/api/tickets/counter/orders/0199-a/papers?format=80mm')).toBe(true);
    expect(isCounterPaper('/api/tickets/counter/orders/0199-a/papers/more')).toBe(false);
    expect(isCounterPaper('/api/tickets/counter/orders/0199-a/printed')).toBe(false);
    expect(isCounterPaper('/api/tickets/orders/0199-a/tickets.pdf?x=/api/tickets/counter/orders/1/papers')).toBe(false);
  });

  it('are held by the pages of the counter alone', () => {
    expect(['/counter', '/counter/sales', '/counters', '/office', '/'].map(isCounterPage)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});
