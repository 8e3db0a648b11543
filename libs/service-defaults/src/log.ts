import { AsyncLocalStorage } from 'node:async_hooks';
import type { LoggerService } from '@nestjs/common';
import { context, propagation, ROOT_CONTEXT } from '@opentelemetry/api';
import { type Logger, pino } from 'pino';

/** What a log line, an event and a call to another service carry along of the request that caused them. */
export interface Correlation {
  correlationId: string;
  traceparent?: string;
}

const storage = new AsyncLocalStorage<Correlation>();

export function correlation(): Correlation | undefined {
  return storage.getStore();
}

export function withCorrelation<T>(value: Correlation, work: () => T): T {
  return storage.run(value, work);
}

/** W3C traceparent of the span that is open now; undefined where nothing is traced. */
export function currentTraceparent(): string | undefined {
  const carrier: Record<string, string> = {};
  propagation.inject(context.active(), carrier);
  return carrier.traceparent;
}

/** The header that a call to a neighbour carries on; none where the tracer itself adds one. */
export function outgoingTrace(): { traceparent?: string } {
  const traceparent = storage.getStore()?.traceparent;
  return traceparent && !currentTraceparent() ? { traceparent } : {};
}

/** Runs `work` as a part of the trace that a message carried: what it asks of PostgreSQL shows under the sender's span. */
export function continueTrace<T>(traceparent: string | undefined, work: () => T): T {
  return traceparent ? context.with(propagation.extract(ROOT_CONTEXT, { traceparent }), work) : work();
}

/**
 * JSON lines without personal data: no bodies, no headers, no query strings; ids only.
 * What could carry an address or a credential by accident is removed by name.
 */
export function makeLogger(service: string, level: string): Logger {
  return pino({
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    mixin: () => {
      const current = storage.getStore();
      return current ? { correlationId: current.correlationId } : {};
    },
    redact: {
      paths: [
        'email',
        'name',
        'token',
        'secret',
        'code',
        'password',
        'authorization',
        'cookie',
        '*.email',
        '*.token',
        '*.secret',
        '*.password',
      ],
      censor: '[removed]',
    },
  });
}

/** Lets Nest speak through the same logger; its start-up chatter is for debugging only. */
export class NestLog implements LoggerService {
  constructor(private readonly lines: Logger) {}
  verbose(message: unknown, context?: string): void {
    this.lines.trace({ context }, String(message));
  }
  debug(message: unknown, context?: string): void {
    this.lines.debug({ context }, String(message));
  }
  /** Nest's own start-up lines: detail, here. */
  log(message: unknown, context?: string): void {
    this.lines.debug({ context }, String(message));
  }
  warn(message: unknown, context?: string): void {
    this.lines.warn({ context }, String(message));
  }
  error(message: unknown, stack?: string, context?: string): void {
    this.lines.error({ context, stack }, String(message));
  }
  fatal(message: unknown, context?: string): void {
    this.lines.fatal({ context }, String(message));
  }
}
