import { setTimeout as wait } from 'node:timers/promises';
import Fastify, { type FastifyInstance } from 'fastify';
import { keepSignedBytes, signedBytes } from './signed-bytes.js';

describe('the bytes of a webhook', () => {
  let app: FastifyInstance;

  beforeEach(() => {
    app = Fastify();
    app.addHook('preParsing', keepSignedBytes);
  });
  afterEach(() => app.close());

  const send = (url: string, payload: string) =>
    app.inject({ method: 'POST', url, payload, headers: { 'content-type': 'application/json; charset=utf-8' } });

  it('are kept as they came beside the parsed body, and for no other route', async () => {
    const told = '{ "amount":  250000 , "title": "Әке" }';
    app.post('/*', (request) => ({ body: request.body, bytes: signedBytes(request).toString() }));
    const [webhook, other] = [await send('/payments/stripe/webhook?x=1', told), await send('/orders', told)];
    expect(webhook.json()).toEqual({ body: { amount: 250_000, title: 'Әке' }, bytes: told });
    expect(other.json().bytes).toBe('');
  });

  it('reach a proxy that begins to listen only later', async () => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    app.post('/webhook', async (request) => {
      await wait(30);
      const chunks: Buffer[] = [];
      for await (const chunk of request.body as AsyncIterable<Buffer>) chunks.push(chunk);
      return { seen: Buffer.concat(chunks).toString() };
    });
    expect((await send('/webhook', '{"a": 1}')).json()).toEqual({ seen: '{"a": 1}' });
  });

  it('are refused when there are too many, or none that parse', async () => {
    app.post('/webhook', () => ({}));
    expect((await send('/webhook', `"${'x'.repeat(1_100_000)}"`)).statusCode).toBe(413);
    expect((await send('/webhook', '{')).statusCode).toBe(400);
  });
});
