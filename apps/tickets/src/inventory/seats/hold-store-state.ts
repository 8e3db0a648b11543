import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { Database } from '#libs/persistence';
import { LOGGER } from '#libs/service-defaults';
import { SeatStatesStore } from './seat-states.store.js';
import { Switchboards } from './switchboards.js';

/** Redis must have answered nobody for so long before its holds are given up. */
const SILENCE = '2 seconds';
/** A board of another process may be a second old, and a call to Redis lasts 1.5 s at most: after that no hold can be granted there. */
const CLOSING = '2.6 seconds';
const BETWEEN_SWITCHES = '10 seconds';

/**
 * Step 8: where holds are kept, for all processes alike. `redis → closed → postgres → redis`; from `closed` an answer of
 * Redis to anybody leads back with nothing lost. Each step is a compare-and-set, so it is of no matter who makes it.
 */
@Injectable()
export class HoldStoreState {
  private met = -1;

  constructor(
    private readonly database: Database,
    private readonly store: SeatStatesStore,
    private readonly switchboards: Switchboards,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Whether it is known who answers on this connection; a server that is not may know old things under the right epoch. */
  get acquainted(): boolean {
    return this.met === this.store.connection;
  }

  /** Asks who Redis is; false when it does not answer. */
  async meet(): Promise<boolean> {
    const { connection } = this.store;
    const identity = await this.store.identity().catch(() => undefined);
    if (identity === undefined) return false;
    await this.answered(identity);
    if (!this.acquainted) this.switchboards.forgetAll();
    this.met = connection;
    return true;
  }

  /** Redis answered, and this is who it is: a different run or replication history bumps every epoch, once. */
  private async answered(identity: string): Promise<void> {
    const changed = await this.database.query<{ first: boolean; other: boolean; reopened: boolean }>(
      `WITH before AS (SELECT identity, store FROM hold_store_state FOR UPDATE),
            seen AS (UPDATE hold_store_state s SET identity = $1, answered_at = clock_timestamp(),
                            store = CASE WHEN b.store = 'closed' THEN 'redis' ELSE b.store END
                       FROM before b
                     RETURNING b.identity = '' AS first, b.identity <> $1 AS other, b.store = 'closed' AS reopened),
            raised AS (UPDATE inventory i
                          SET epoch = epoch + (s.other AND NOT s.first)::int,
                              hold_store = CASE WHEN s.reopened THEN 'redis' ELSE hold_store END
                         FROM seen s WHERE (s.other AND NOT s.first) OR s.reopened RETURNING 1)
       SELECT first, other, reopened FROM seen WHERE other OR reopened`,
      [identity],
    );
    const [told] = changed;
    if (!told) return;
    if (told.reopened) this.logger.warn('Redis answers again: holds stay where they were');
    if (told.other && !told.first) this.logger.warn('another Redis than before: every seat state is rebuilt');
    this.switchboards.forgetAll();
  }

  /** Redis keeps silent to this process: when it does to all, holds are closed, and a moment later kept in PostgreSQL. */
  async silent(): Promise<void> {
    await this.step(
      'closed',
      `store = 'redis' AND answered_at < clock_timestamp() - interval '${SILENCE}'
       AND switched_at < clock_timestamp() - interval '${BETWEEN_SWITCHES}'`,
    );
    await this.step(
      'postgres',
      `store = 'closed' AND switched_at < clock_timestamp() - interval '${CLOSING}' AND answered_at < switched_at`,
    );
  }

  /** Redis answers steadily: the holds go back there. */
  async steady(): Promise<void> {
    await this.step('redis', `store = 'postgres' AND switched_at < clock_timestamp() - interval '${BETWEEN_SWITCHES}'`);
  }

  /** The epoch stays while holds are closed: Redis may still turn out to have kept them. */
  private async step(to: 'redis' | 'closed' | 'postgres', when: string): Promise<void> {
    const made = await this.database.query(
      `WITH switched AS (UPDATE hold_store_state SET store = $1, switched_at = clock_timestamp() WHERE ${when} RETURNING 1),
            raised AS (UPDATE inventory SET hold_store = $1, epoch = epoch + ($1 <> 'closed')::int
                        WHERE EXISTS (SELECT 1 FROM switched) RETURNING 1)
       SELECT 1 FROM switched`,
      [to],
    );
    if (made.length === 0) return;
    this.logger.warn({ store: to }, 'holds are kept elsewhere now');
    this.switchboards.forgetAll();
  }
}
