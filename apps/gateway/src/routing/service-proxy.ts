import replyFrom from '@fastify/reply-from';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import {
  correlation,
  outgoingTrace,
  partUnavailable,
  refusalBehind,
  routeUnknown,
  sendProblem,
  unexpected,
} from '#libs/service-defaults';
import type { EntryGate } from '../entry-queue/entry-gate.js';
import type { Sessions } from '../people/sessions.js';
import type { GatewaySettings } from '../settings.js';
import type { Callers } from './callers.js';
import { changePolicy } from './content-policy.js';
import { Crush } from './crush.js';
import {
  isCounterPaper,
  isDoorRoute,
  isProviderCallback,
  PUBLISHED,
  type PublishedService,
  servicePath,
} from './paths.js';

export interface ProxyParts {
  settings: GatewaySettings;
  sessions: Sessions;
  callers: Callers;
  gate: EntryGate;
}

/** What a request may bring along; everything else stays here, identity and cookies first of all. */
const PASSED = new Set([
  'accept',
  'accept-language',
  'content-type',
  'content-length',
  'transfer-encoding',
  'idempotency-key',
  'if-match',
  'if-none-match',
  'if-modified-since',
  'last-event-id',
  'range',
  'user-agent',
  // What providers sign their webhooks with.
  'stripe-signature',
  'webhook-id',
  'webhook-timestamp',
  'webhook-signature',
]);

/** An upload may take its time; a live stream never ends. */
const ANSWER_WITHIN_MS = 60_000;
/** Open as long as somebody looks. */
const STREAM = /\/stream(\?|$)/;
/** Connections to each service for what is asked and answered. */
const CONNECTIONS = 128;
/** And for seat maps that are watched: each keeps its connection, and must not take one from a buyer. */
const STREAMS = 512;

function passedHeaders(request: FastifyRequest): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined && PASSED.has(name)) headers[name] = value;
  }
  const device = request.headers['x-device-token'];
  if (device !== undefined && isDoorRoute(request.url)) headers['x-device-token'] = device;
  const current = correlation();
  if (current) headers['x-correlation-id'] = current.correlationId;
  return { ...headers, ...outgoingTrace() };
}

/**
 * Publishes the services under `/api/<service>`. Bodies and answers stream through untouched; the only identity that a
 * service sees is the token that is made here.
 */
export async function registerServiceProxy(fastify: FastifyInstance, parts: ProxyParts): Promise<void> {
  const { settings, sessions, callers, gate } = parts;
  const addresses: Record<PublishedService, string> = {
    screenings: settings.SCREENINGS_URL,
    tickets: settings.TICKETS_URL,
    accreditations: settings.ACCREDITATIONS_URL,
    notifications: settings.NOTIFICATIONS_URL,
  };
  const crush = new Crush(settings.MOST_UNDER_WAY);
  const answered = async (service: PublishedService, request: FastifyRequest, reply: FastifyReply) => {
    if (!STREAM.test(request.url)) reply.raw.once('close', crush.enter(request));
    return forward(service, request, reply);
  };
  const forward = async (service: PublishedService, request: FastifyRequest, reply: FastifyReply) => {
    const path = servicePath(service, request.url);
    if (path === undefined) return sendProblem(request, reply, routeUnknown());
    const headers = passedHeaders(request);
    if (isCounterPaper(request.url)) changePolicy(reply, "frame-ancestors 'none'", "frame-ancestors 'self'");
    if (!isProviderCallback(request.url) && headers['x-device-token'] === undefined) {
      const caller = await callers.of(request, reply);
      gate.check(request, caller);
      headers.authorization = `Bearer ${await sessions.tokenFor(caller, service)}`;
    }
    return reply.from(`${addresses[service]}${path}`, {
      retriesCount: 0,
      rewriteRequestHeaders: () => headers,
      rewriteHeaders: ({ 'set-cookie': _dropped, 'x-correlation-id': _ours, ...rest }) => rest,
      onError: (failed, { error }) =>
        sendProblem(
          request,
          failed as FastifyReply,
          partUnavailable({ part: service }, { cause: error, retryAfterMs: 1_000 }),
        ),
    });
  };
  const proxied = (connections: number, routes: (scope: FastifyInstance) => void) =>
    fastify.register(async (scope) => {
      // Nest sets its own handler later than this scope is made.
      scope.setErrorHandler((error, request, reply) =>
        sendProblem(request, reply, refusalBehind(error) ?? unexpected()),
      );
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
      await scope.register(replyFrom, {
        disableRequestLogging: true,
        undici: { connections, pipelining: 1, headersTimeout: ANSWER_WITHIN_MS, bodyTimeout: 0 },
      });
      routes(scope);
    });
  await proxied(CONNECTIONS, (scope) => {
    for (const service of PUBLISHED) {
      const handler = (request: FastifyRequest, reply: FastifyReply) => answered(service, request, reply);
      scope.all(`/api/${service}`, handler);
      scope.all(`/api/${service}/*`, handler);
    }
  });
  await proxied(STREAMS, (scope) => {
    scope.get('/api/tickets/screenings/:id/seats/stream', (request, reply) => forward('tickets', request, reply));
  });
}
