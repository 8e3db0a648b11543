import { Inject, Injectable } from '@nestjs/common';
import type { EntryQueueView, PutEntryQueue, QueueDraw } from '#libs/contracts';
import type { Clock, LocalText } from '#libs/kernel';
import { Database, type Tx } from '#libs/persistence';
import { CLOCK } from '#libs/service-defaults';
import { queueUnderWay, queueUnknown } from './entry-queue.refusals.js';
import {
  admittedUpTo,
  commitmentOf,
  DRAW_RULE,
  drawOrder,
  type EntryQueueState,
  newSeed,
} from './entry-queue.rules.js';

export interface QueueRow {
  id: string;
  editionId: string;
  name: LocalText;
  opensAt: Date;
  seed: string;
  commitment: string;
  state: EntryQueueState;
  drawn: number;
  lastPlace: number;
  perMinute: number;
  admitted: number;
  admittedAt: Date | null;
}

export const QUEUE_COLUMNS = `id, edition_id AS "editionId", name, opens_at AS "opensAt", seed, commitment, state, drawn,
  last_place AS "lastPlace", per_minute AS "perMinute", admitted, admitted_at AS "admittedAt"`;

/** Queues themselves: made, opened by a draw, slowed or closed. */
@Injectable()
export class EntryQueues {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Those that still stand, the next to open first. */
  async standing(): Promise<EntryQueueView[]> {
    const rows = await this.database.hot<QueueRow & { places: number }>(
      'entry-queues',
      `SELECT ${QUEUE_COLUMNS}, (SELECT count(*)::int FROM queue_place p WHERE p.queue_id = q.id) AS places
         FROM entry_queue q WHERE state <> 'closed' ORDER BY opens_at`,
      [],
    );
    return rows.map((row) => viewOf(row, row.places));
  }

  /** Made or changed; told twice it stands as it was told. @throws entry-queue-under-way for its name or hour */
  async put(id: string, actor: string, body: PutEntryQueue): Promise<EntryQueueView> {
    return this.database.transaction(async (tx) => {
      const known = await this.locked(tx, id);
      if (!known) return this.make(tx, id, actor, body);
      const gathering = known.state === 'gathering';
      const other = body.editionId !== known.editionId || new Date(body.opensAt).getTime() !== known.opensAt.getTime();
      if (!gathering && other && !body.closed) throw queueUnderWay({ state: known.state });
      const state = body.closed ? 'closed' : known.state;
      // What the old rate has let in stays in; the new one counts from now.
      const admitted = known.admittedAt
        ? admittedUpTo({ ...known, admittedAt: known.admittedAt }, this.clock.now())
        : 0;
      const slower = known.state === 'open' && body.perMinute !== known.perMinute;
      await tx.query(
        `UPDATE entry_queue SET edition_id = $2, name = $3, opens_at = $4, per_minute = $5, state = $6,
                admitted = CASE WHEN $7 THEN $8 ELSE admitted END,
                admitted_at = CASE WHEN $7 THEN clock_timestamp() ELSE admitted_at END WHERE id = $1`,
        [
          id,
          gathering ? body.editionId : known.editionId,
          JSON.stringify(body.name),
          gathering ? body.opensAt : known.opensAt,
          body.perMinute,
          state,
          slower,
          admitted,
        ],
      );
      return this.view(tx, id);
    });
  }

  /** Draws the queues whose hour has come. Whoever has a place takes part; a crash in between draws the same again. */
  async open(): Promise<void> {
    const due = await this.database.query<{ id: string }>(
      `SELECT id FROM entry_queue WHERE state = 'gathering' AND opens_at <= clock_timestamp()`,
    );
    for (const { id } of due) await this.database.transaction((tx) => this.draw(tx, id));
  }

  /** @throws entry-queue-unknown, also before the draw: the seed is not out */
  async drawOf(id: string): Promise<QueueDraw> {
    const [queue] = await this.database.query<QueueRow>(`SELECT ${QUEUE_COLUMNS} FROM entry_queue WHERE id = $1`, [id]);
    if (!queue || queue.drawn + queue.lastPlace === 0) throw queueUnknown();
    const rows = await this.database.query<{ id: string }>(
      'SELECT id FROM queue_place WHERE queue_id = $1 AND place <= $2 ORDER BY place',
      [id, queue.drawn],
    );
    const { commitment, seed, drawn, lastPlace } = queue;
    return { commitment, seed, rule: DRAW_RULE, drawn: rows.map((row) => row.id), later: lastPlace - drawn };
  }

  private async make(tx: Tx, id: string, actor: string, body: PutEntryQueue): Promise<EntryQueueView> {
    const seed = newSeed();
    await tx.query(
      `INSERT INTO entry_queue (id, edition_id, name, opens_at, seed, commitment, per_minute, made_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [id, body.editionId, JSON.stringify(body.name), body.opensAt, seed, commitmentOf(seed), body.perMinute, actor],
    );
    return this.view(tx, id);
  }

  private async draw(tx: Tx, id: string): Promise<void> {
    const queue = await this.locked(tx, id);
    if (queue?.state !== 'gathering') return;
    const rows = await tx.query<{ id: string }[]>('SELECT id FROM queue_place WHERE queue_id = $1', [id]);
    const order = drawOrder(
      queue.seed,
      rows.map((row) => row.id),
    );
    await tx.query(
      `UPDATE queue_place p SET place = o.place FROM unnest($1::uuid[]) WITH ORDINALITY AS o(id, place) WHERE p.id = o.id`,
      [order],
    );
    await tx.query(
      `UPDATE entry_queue SET state = 'open', drawn = $2, last_place = $2, admitted_at = clock_timestamp() WHERE id = $1`,
      [id, order.length],
    );
  }

  private async locked(tx: Tx, id: string): Promise<QueueRow | undefined> {
    const [row] = await tx.query<QueueRow[]>(`SELECT ${QUEUE_COLUMNS} FROM entry_queue WHERE id = $1 FOR UPDATE`, [id]);
    return row;
  }

  private async view(tx: Tx, id: string): Promise<EntryQueueView> {
    const [row] = await tx.query<(QueueRow & { places: number })[]>(
      `SELECT ${QUEUE_COLUMNS}, (SELECT count(*)::int FROM queue_place p WHERE p.queue_id = q.id) AS places
         FROM entry_queue q WHERE id = $1`,
      [id],
    );
    return viewOf(row!, row!.places);
  }
}

function viewOf(row: QueueRow, places: number): EntryQueueView {
  const { id, editionId, name, perMinute, state, commitment } = row;
  return { id, editionId, name, opensAt: row.opensAt.toISOString(), perMinute, state, commitment, places };
}
