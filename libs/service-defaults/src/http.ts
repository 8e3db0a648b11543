import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { Histogram, Registry } from 'prom-client';
import { newId } from '#libs/kernel';
import { currentTraceparent, withCorrelation } from './log.js';
import { keepSignedBytes } from './signed-bytes.js';

/** Largest JSON body; a programme of a whole festival is the largest thing anyone sends. */
const BODY_LIMIT = 8 * 1024 * 1024;
const CORRELATION = /^[\w-]{8,64}$/;
const TRACEPARENT = /^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;

export function makeAdapter(): FastifyAdapter {
  return new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    routerOptions: { maxParamLength: 200 },
    forceCloseConnections: 'idle',
    keepAliveTimeout: 65_000,
  });
}

/** Correlation, raw form bodies and request metrics: what every route gets below Nest, at Fastify's price. */
export function prepareHttp(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  const durations = new Histogram({
    name: 'http_request_seconds',
    help: 'Time from request to answer',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
    registers: [app.get(Registry)],
  });
  fastify.addHook('onRequest', (request, reply, done) => {
    const given = request.headers['x-correlation-id'];
    const correlationId = typeof given === 'string' && CORRELATION.test(given) ? given : newId();
    const trace = request.headers.traceparent;
    void reply.header('X-Correlation-Id', correlationId);
    withCorrelation(
      {
        correlationId,
        traceparent: currentTraceparent() ?? (typeof trace === 'string' && TRACEPARENT.test(trace) ? trace : undefined),
      },
      done,
    );
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    durations.observe(
      { method: request.method, route: request.routeOptions.url ?? 'none', status: reply.statusCode },
      reply.elapsedTime / 1_000,
    );
    done();
  });
  fastify.addHook('preParsing', keepSignedBytes);
  // Providers sign the bytes they send: a form stays text until the adapter that knows its signature reads it.
  fastify.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: 64 * 1024 },
    (_request, body, done) => done(null, body),
  );
}
