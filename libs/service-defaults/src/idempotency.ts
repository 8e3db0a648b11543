import { createHash } from 'node:crypto';
import { createParamDecorator, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Database, type Tx } from '#libs/persistence';
import { idempotencyKeyNeeded, idempotencyKeyReused, requestInFlight } from './refusals.js';

/** What makes a call the same call: who, by which route, with which key and which body. */
export interface IdempotentCall {
  key: string;
  /** The caller's id: two people may use the same key. */
  caller: string;
  /** The operation's name ("place-order"). */
  operation: string;
  body: unknown;
}

/** `@IdempotencyKey() key: string`: the header, refused when absent or of a silly length. */
export const IdempotencyKey = createParamDecorator((_: unknown, context: ExecutionContext): string => {
  const key = context.switchToHttp().getRequest<FastifyRequest>().headers['idempotency-key'];
  if (typeof key !== 'string' || key.length < 8 || key.length > 128) throw idempotencyKeyNeeded();
  return key;
});

export function fingerprint(body: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(body, sortedKeys) ?? 'null')
    .digest('base64url');
}

function sortedKeys(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The table that {@link Idempotency} needs; each service that uses it lists this in a migration of its own. */
export const IDEMPOTENCY_TABLE = `
  CREATE TABLE idempotency (
    operation text NOT NULL, caller text NOT NULL, key text NOT NULL,
    fingerprint text NOT NULL, answer jsonb NOT NULL, made_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (operation, caller, key))`;

/** Makes a POST safe to send twice: key, body and answer are stored in the work's own transaction. Refusals are not stored. */
@Injectable()
export class Idempotency {
  constructor(private readonly database: Database) {}

  /**
   * Does `work` once per key and answers the stored answer ever after.
   * @throws idempotency-key-reused for another body, request-in-flight while the first is still working
   */
  once<T>(call: IdempotentCall, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.database.transaction(async (tx) => {
      const print = fingerprint(call.body);
      const [row] = await tx.query<{ locked: boolean; fingerprint: string | null; answer: T }[]>(
        `SELECT pg_try_advisory_xact_lock(hashtextextended($1 || '|' || $2 || '|' || $3, 0)) AS locked,
                i.fingerprint, i.answer
           FROM (SELECT 1) one LEFT JOIN idempotency i ON i.operation = $1 AND i.caller = $2 AND i.key = $3`,
        [call.operation, call.caller, call.key],
      );
      if (row?.fingerprint) return stored(row.fingerprint, print, row.answer);
      if (!row?.locked) throw requestInFlight({}, { retryAfterMs: 200 });
      // The lock may have been given back between our snapshot and now: look again under it.
      const [again] = await tx.query<{ fingerprint: string; answer: T }[]>(
        'SELECT fingerprint, answer FROM idempotency WHERE operation = $1 AND caller = $2 AND key = $3',
        [call.operation, call.caller, call.key],
      );
      if (again) return stored(again.fingerprint, print, again.answer);
      const answer = await work(tx);
      await tx.query(
        'INSERT INTO idempotency (operation, caller, key, fingerprint, answer) VALUES ($1, $2, $3, $4, $5)',
        [call.operation, call.caller, call.key, print, JSON.stringify(answer ?? null)],
      );
      return answer;
    });
  }
}

function stored<T>(earlier: string, now: string, answer: T): T {
  if (earlier !== now) throw idempotencyKeyReused();
  return answer;
}
