import compress from '@fastify/compress';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { routeUnknown, sendProblem } from '#libs/service-defaults';
import { foreignOrigin } from '../people/people.refusals.js';
import type { Sessions } from '../people/sessions.js';
import { cookieValue, type Visitors } from '../people/visitors.js';
import type { GatewaySettings } from '../settings.js';
import type { Callers } from './callers.js';
import { mayUseCookies, ownOrigins } from './origin-check.js';
import { isDoorRoute, isProviderCallback } from './paths.js';

const MINUTE_MS = 60_000;
/** For operators and neighbours, inside the network. */
const INSIDE = /^\/(internal|metrics|health|openapi\.json)(\/|\?|$)/;

/** Routes of the gateway itself that know their caller. */
const OWN_GUARDED = /^\/api\/(audit|dev|entry-queues|people|staff)(\/|\?|$)/;

export interface GuardParts {
  settings: GatewaySettings;
  sessions: Sessions;
  callers: Callers;
  visitors: Visitors;
}

/** What stands before every route: headers, limits, the origin of what changes something, compression. */
export async function registerGuards(fastify: FastifyInstance, parts: GuardParts): Promise<void> {
  const { settings, sessions, callers, visitors } = parts;
  const secure = settings.PUBLIC_URL.startsWith('https:');
  const sessionCookie = `${secure ? '__Secure-' : ''}seans.session_token`;
  const origins = ownOrigins(settings.PUBLIC_URL, settings.GATEWAY_URL, settings.SEANS_ENV !== 'production');
  const paymentPages = (settings.PAYMENT_PAGE_ORIGIN ?? settings.FREEDOMPAY_URL)
    .split(/\s+/)
    .map((address) => new URL(address).origin);
  await fastify.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        mediaSrc: ["'self'", 'blob:'],
        workerSrc: ["'self'"],
        manifestSrc: ["'self'"],
        // The buyer goes on to the payment page, also by a form of ours.
        formAction: ["'self'", ...paymentPages],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
        objectSrc: ["'none'"],
        ...(secure && { upgradeInsecureRequests: [] }),
      },
    },
    crossOriginEmbedderPolicy: false,
    referrerPolicy: { policy: 'same-origin' },
    hsts: secure,
  });
  await fastify.register(rateLimit, {
    global: true,
    max: settings.RATE_PER_MINUTE,
    timeWindow: MINUTE_MS,
    keyGenerator: (request) =>
      deviceOf(request) ??
      cookieValue(request.headers.cookie, sessionCookie) ??
      visitors.read(request.headers.cookie) ??
      `network ${request.ip}`,
    allowList: (request) =>
      isProviderCallback(request.url) || /^\/(livez|readyz|metrics|health\/|assets\/|internal\/)/.test(request.url),
  });
  // Only what is text and whole: streams of events must not wait in a buffer, files are compressed when they are built.
  await fastify.register(compress, {
    global: true,
    encodings: ['gzip'],
    threshold: 2_048,
    customTypes: /^application\/(problem\+)?json/,
  });
  fastify.addHook('onRequest', async (request, reply) => {
    // What came through a proxy came from outside: figures and the neighbours' routes are not for it.
    if (request.headers['x-forwarded-for'] !== undefined && INSIDE.test(request.url)) {
      sendProblem(request, reply, routeUnknown());
      return reply;
    }
    if (isProviderCallback(request.url)) return;
    const { cookie, origin } = request.headers;
    const fetchSite = request.headers['sec-fetch-site'];
    const question = {
      method: request.method,
      cookie,
      origin,
      fetchSite: typeof fetchSite === 'string' ? fetchSite : undefined,
    };
    if (mayUseCookies(question, origins)) return;
    sendProblem(request, reply, foreignOrigin());
    return reply;
  });
  // Nothing from outside may claim to be somebody; on our own guarded routes the cookie becomes a token of ours.
  fastify.addHook('onRequest', async (request, reply) => {
    if (request.url.startsWith('/internal/')) return;
    delete request.headers.authorization;
    if (!isDoorRoute(request.url)) delete request.headers['x-device-token'];
    if (!OWN_GUARDED.test(request.url)) return;
    const token = await sessions.tokenFor(await callers.of(request, reply), 'gateway');
    request.headers.authorization = `Bearer ${token}`;
  });
}

/** Fifty gates may stand behind one network address. */
function deviceOf(request: FastifyRequest): string | undefined {
  const token = request.headers['x-device-token'];
  return isDoorRoute(request.url) && typeof token === 'string' ? `device ${token}` : undefined;
}
