import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { type Observable, throwError } from 'rxjs';
import { IllegalStep, preferredLanguage, Refusal, type RefusalKind } from '#libs/kernel';
import { isConnectionTrouble, sqlState } from '#libs/persistence';
import { correlation } from './log.js';
import * as refusals from './refusals.js';

export const STATUS: Record<RefusalKind, number> = {
  malformed: 400,
  invalid: 422,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  gone: 410,
  stale: 412,
  'too-large': 413,
  unsupported: 415,
  'too-many': 429,
  unavailable: 503,
};

const BY_STATUS: Record<number, () => Refusal> = {
  400: () => refusals.bodyNotJson(),
  401: () => refusals.signInNeeded(),
  403: () => refusals.roleNeeded(),
  404: () => refusals.routeUnknown(),
  413: () => refusals.bodyTooLarge(),
  415: () => refusals.mediaTypeUnsupported(),
  429: () => refusals.tooManyRequests(),
};

/** The refusal behind any error, looking through `cause`; undefined when it is a fault of ours. */
export function refusalBehind(error: unknown): Refusal | undefined {
  for (let at = error, depth = 0; at && depth < 6; depth++) {
    if (at instanceof Refusal) return at;
    at = typeof at === 'object' && 'cause' in at ? at.cause : undefined;
  }
  if (error instanceof HttpException) return BY_STATUS[error.getStatus()]?.();
  if (typeof error === 'object' && error !== null && 'statusCode' in error && typeof error.statusCode === 'number') {
    return BY_STATUS[error.statusCode]?.();
  }
  if (isConnectionTrouble(error) || ['40001', '40P01', '55P03'].includes(sqlState(error) ?? ''))
    return refusals.partUnavailable({}, { cause: error, retryAfterMs: 1_000 });
  return undefined;
}

/** Every "no" leaves as RFC 9457 problem+json in the caller's language; unknown errors say nothing of the inside. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly log: Logger) {}

  catch(error: unknown, host: ArgumentsHost): Observable<never> | undefined {
    // A consumer's failure belongs to the consumer runtime, which decides what becomes of the event.
    if (host.getType() !== 'http') return throwError(() => error);
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const refusal = refusalBehind(error);
    if (!refusal || error instanceof IllegalStep) {
      this.log.error({ err: error, method: request.method, route: request.routeOptions?.url }, 'request failed');
    } else if (refusal.kind === 'unavailable') {
      this.log.warn({ err: refusal.cause, refusal: refusal.code }, 'part unavailable');
    }
    sendProblem(request, reply, refusal ?? refusals.unexpected(), refusal ? undefined : 500);
    return undefined;
  }
}

export function sendProblem(request: FastifyRequest, reply: FastifyReply, refusal: Refusal, status?: number): void {
  const language = preferredLanguage(request.headers['accept-language']);
  const code = status ?? STATUS[refusal.kind];
  if (reply.sent || reply.raw.headersSent) return;
  if (refusal.retryAfterMs !== undefined) {
    void reply.header('Retry-After', String(Math.max(1, Math.ceil(refusal.retryAfterMs / 1_000))));
    void reply.header('Retry-After-Ms', String(refusal.retryAfterMs));
  }
  void reply
    .status(code)
    .header('Content-Type', 'application/problem+json; charset=utf-8')
    .header('Content-Language', language)
    .header('Cache-Control', 'no-store')
    .send({
      type: `/problems/${refusal.code}`,
      title: refusal.title[language],
      status: code,
      code: refusal.code,
      correlationId: correlation()?.correlationId,
      ...(refusal.fields.length > 0 && {
        errors: refusal.fields.map((f) => ({ field: f.field, code: f.code, reason: f.reason[language] })),
      }),
      ...(Object.keys(refusal.facts).length > 0 && { facts: refusal.facts }),
    });
}
