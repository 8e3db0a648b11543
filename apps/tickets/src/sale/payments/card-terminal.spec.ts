import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { TerminalDoor } from '../../../../../tools/payment-sandbox/terminal-door.js';
import { CardTerminal } from './card-terminal.js';
import type { PageRequest } from './payment-provider.js';

describe('a card terminal', () => {
  const door = new TerminalDoor();
  let server: Server;
  let terminal: CardTerminal;

  beforeAll(async () => {
    server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
      await door.handle(request, response, request.url ?? '/', Buffer.concat(chunks).toString());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    terminal = new CardTerminal({
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      timeoutMs: 1_000,
    });
  });
  beforeEach(() => {
    door.faults = {};
    door.payments.clear();
  });
  afterAll(() => server.close());

  const request = (id: string): PageRequest => ({
    id,
    orderId: 'order',
    provider: 'terminal',
    amount: { amount: 250_000, currency: 'KZT' },
    providerPaymentId: '1',
    livesUntil: new Date(),
    description: '',
    language: 'ru',
    lifeSeconds: 60,
    urls: { check: undefined, result: '', success: '', failure: '' },
  });

  it('takes the money once however often it is asked', async () => {
    for (const _ of [1, 2]) expect(await terminal.open(request('a'))).toMatchObject({ outcome: 'open' });
    expect(await terminal.status(request('a'))).toEqual({
      outcome: 'paid',
      amount: { amount: 250_000, currency: 'KZT' },
      refunded: 0,
    });
    expect(door.payments.size).toBe(1);
  });

  it('that declines is refused; its word is final', async () => {
    door.faults = { decline: 1 };
    expect(await terminal.open(request('b'))).toEqual({ outcome: 'refused', reason: 'declined' });
    expect(await terminal.status(request('b'))).toEqual({ outcome: 'failed' });
    expect(await terminal.close(request('b'))).toEqual({ outcome: 'closed' });
  });

  it('that does not answer is unknown, never declined', async () => {
    door.faults = { away: 4 };
    expect(await terminal.open(request('c'))).toEqual({ outcome: 'unknown' });
    expect(await terminal.status(request('c'))).toEqual({ outcome: 'unknown' });
    expect(await terminal.close(request('c'))).toEqual({ outcome: 'unknown' });
    expect(await terminal.refund(request('c'), 1, 1)).toBe('unknown');
  });

  it('that never heard of a payment makes no end of it until it is told to', async () => {
    expect(await terminal.status(request('d'))).toEqual({ outcome: 'pending' });
    expect(await terminal.close(request('d'))).toEqual({ outcome: 'closed' });
    expect(await terminal.open(request('d'))).toEqual({ outcome: 'refused', reason: 'cancelled' });
  });

  it('that has taken the money says so to who wants to end it, and sends it back', async () => {
    door.faults = { silent: 1 };
    expect(await terminal.open(request('e'))).toEqual({ outcome: 'unknown' });
    expect(await terminal.close(request('e'))).toMatchObject({ outcome: 'paid' });
    for (const _ of [1, 2]) expect(await terminal.refund(request('e'), 100_000, 100_000)).toBe('accepted');
    expect(await terminal.status(request('e'))).toMatchObject({ refunded: 100_000 });
  });
});
