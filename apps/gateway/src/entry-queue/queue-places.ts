import { Inject, Injectable } from '@nestjs/common';
import type { QueuePlace } from '#libs/contracts';
import { type Clock, newId } from '#libs/kernel';
import { Database, type Tx } from '#libs/persistence';
import { type Caller, CLOCK, SETTINGS } from '#libs/service-defaults';
import type { GatewaySettings } from '../settings.js';
import { networkFull, placeElsewhere, placeUnknown, queueUnknown } from './entry-queue.refusals.js';
import {
  admittedUpTo,
  networkDigest,
  readPlaceToken,
  secondsUntil,
  writeEntryPass,
  writePlaceToken,
} from './entry-queue.rules.js';
import { QUEUE_COLUMNS, type QueueRow } from './entry-queues.js';

interface PlaceRow {
  id: string;
  queueId: string;
  holder: string;
  place: number | null;
  generation: number;
  until: Date | null;
}

const PLACE = `id, queue_id AS "queueId", holder, place, generation, admitted_until AS until`;

/** A place, and the way in when it is its turn. */
export interface Looked {
  place: QueuePlace;
  /** Value of the cookie that opens the shop, and how long it lives. */
  pass?: { value: string; seconds: number };
}

/** Places: one per person or browser, counted by network, moved when a copied token is used elsewhere. */
@Injectable()
export class QueuePlaces {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: GatewaySettings,
  ) {}

  /** Joining twice is the same place. @throws entry-queue-unknown, queue-network-full */
  async join(queueId: string, caller: Caller, address: string): Promise<Looked> {
    const network = networkDigest(address, this.settings.AUTH_SECRET);
    return this.database.transaction(async (tx) => {
      // Joining and the draw come one after the other: nobody is drawn twice or forgotten.
      const [queue] = await tx.query<QueueRow[]>(`SELECT ${QUEUE_COLUMNS} FROM entry_queue WHERE id = $1 FOR UPDATE`, [
        queueId,
      ]);
      if (!queue || queue.state === 'closed') throw queueUnknown();
      const [known] = await tx.query<PlaceRow[]>(
        `SELECT ${PLACE} FROM queue_place WHERE queue_id = $1 AND holder = $2`,
        [queueId, caller.id],
      );
      if (known) return this.look(tx, queue, known);
      if (caller.kind !== 'person') await this.requireRoom(tx, queueId, network);
      const place = queue.state === 'open' ? queue.lastPlace + 1 : null;
      if (place) await tx.query('UPDATE entry_queue SET last_place = $2 WHERE id = $1', [queueId, place]);
      const [made] = await tx.query<PlaceRow[]>(
        `INSERT INTO queue_place (id, queue_id, holder, network, place) VALUES ($1, $2, $3, $4, $5) RETURNING ${PLACE}`,
        [newId(), queueId, caller.id, network, place],
      );
      return this.look(tx, queue, made!);
    });
  }

  /**
   * How the place stands. A token that is used in another browser moves the place there: a copy ends the other session.
   * @throws queue-place-unknown, queue-place-elsewhere
   */
  async lookAgain(token: string, caller: Caller): Promise<Looked> {
    const read = readPlaceToken(token, this.settings.AUTH_SECRET);
    if (!read) throw placeUnknown();
    return this.database.transaction(async (tx) => {
      const [row] = await tx.query<PlaceRow[]>(`SELECT ${PLACE} FROM queue_place WHERE id = $1 FOR UPDATE`, [
        read.place,
      ]);
      if (!row) throw placeUnknown();
      if (row.generation !== read.generation) throw placeElsewhere();
      const moved = row.holder === caller.id ? row : await this.move(tx, row, caller.id);
      const [queue] = await tx.query<QueueRow[]>(`SELECT ${QUEUE_COLUMNS} FROM entry_queue WHERE id = $1`, [
        row.queueId,
      ]);
      return this.look(tx, queue!, moved);
    });
  }

  private async move(tx: Tx, row: PlaceRow, holder: string): Promise<PlaceRow> {
    // Whoever takes a place over gives up the one that this browser had.
    await tx.query('DELETE FROM queue_place WHERE queue_id = $1 AND holder = $2', [row.queueId, holder]);
    await tx.query('UPDATE queue_place SET holder = $2, generation = generation + 1 WHERE id = $1', [row.id, holder]);
    return { ...row, holder, generation: row.generation + 1 };
  }

  private async requireRoom(tx: Tx, queueId: string, network: string): Promise<void> {
    const [row] = await tx.query<{ places: number }[]>(
      'SELECT count(*)::int AS places FROM queue_place WHERE queue_id = $1 AND network = $2',
      [queueId, network],
    );
    if (row!.places >= this.settings.QUEUE_PLACES_PER_NETWORK) throw networkFull();
  }

  private async look(tx: Tx, queue: QueueRow, row: PlaceRow): Promise<Looked> {
    const now = this.clock.now();
    const token = writePlaceToken({ place: row.id, generation: row.generation }, this.settings.AUTH_SECRET);
    const base = { queueId: queue.id, placeId: row.id, token, opensAt: queue.opensAt.toISOString() };
    if (queue.state === 'closed') return { place: { ...base, state: 'over' } };
    if (queue.state === 'gathering' || row.place === null || !queue.admittedAt)
      return { place: { ...base, state: 'gathering' } };
    const rate = { ...queue, admittedAt: queue.admittedAt };
    const upTo = admittedUpTo(rate, now);
    if (row.place > upTo) {
      const ahead = row.place - upTo - 1;
      return {
        place: { ...base, state: 'waiting', place: row.place, ahead, seconds: secondsUntil(row.place, rate, now) },
      };
    }
    return this.admit(tx, row, { ...base, place: row.place, ahead: 0 }, now);
  }

  /** Its time in the shop begins when it first looks, and is not made longer by looking. */
  private async admit(tx: Tx, row: PlaceRow, base: Omit<QueuePlace, 'state'>, now: Date): Promise<Looked> {
    const until = row.until ?? new Date(now.getTime() + this.settings.QUEUE_PASS_SECONDS * 1_000);
    if (!row.until) await tx.query('UPDATE queue_place SET admitted_until = $2 WHERE id = $1', [row.id, until]);
    if (until <= now) return { place: { ...base, state: 'over' } };
    const value = writeEntryPass({ holder: row.holder, until: until.getTime() }, this.settings.AUTH_SECRET);
    const seconds = Math.ceil((until.getTime() - now.getTime()) / 1_000);
    return { place: { ...base, state: 'admitted', until: until.toISOString() }, pass: { value, seconds } };
  }
}
