import { Injectable } from '@nestjs/common';
import { newId } from '#libs/kernel';
import { Relay } from '#libs/messaging';
import { Database, type Tx } from '#libs/persistence';
import { FestivalClock } from '../../copies/programme-copy/festival-clock.js';
import type { ScreeningFacts } from '../../copies/programme-copy/programme-copy.js';
import { allocationCandidates } from '../../inventory/allocations/allocation.rules.js';
import { nearFocus } from '../../inventory/seats/best-seats.rules.js';
import type { ClaimedSeat } from '../../inventory/seats/inventory.port.js';
import { ReconcileSeats } from '../../inventory/seats/reconcile-seats.js';
import { SeatMap } from '../../inventory/seats/seat-map.js';
import { callFunction } from '../../inventory/seats/sql-function.js';
import { SHOP_CLASSES } from '../../sale/orders/order.rules.js';
import { type EntryRow, tellEntry, WaitlistQueries } from './waitlist.queries.js';
import { isOffered, type KnownWaitlistRules, nextOffers } from './waitlist.rules.js';
import { WaitlistRules } from './waitlist-rules.js';

const MINUTE_SECONDS = 60;
/** How far down the line one look goes. */
const LOOK = 200;

type Waiting = Pick<EntryRow, 'id' | 'edition' | 'person' | 'language' | 'screening' | 'seats'>;

/** What became of one look at one line. */
interface Served {
  claims: ClaimedSeat[];
  freed: ClaimedSeat[];
}

/** Turns seats of the pool into offers, in the order of the line; passes lapsed ones on; ends the line before the start. */
@Injectable()
export class ServeWaitlist {
  constructor(
    private readonly database: Database,
    private readonly festival: FestivalClock,
    private readonly waitlist: WaitlistQueries,
    private readonly rules: WaitlistRules,
    private readonly reconcile: ReconcileSeats,
    private readonly map: SeatMap,
    private readonly relay: Relay,
  ) {}

  /** One look at one screening's line: one process at a time, everything or nothing. */
  async execute(screening: string): Promise<void> {
    const facts = await this.waitlist.facts(screening);
    const rules = await this.rules.of(facts.data.editionId);
    const at = await this.festival.now(facts.data.editionId);
    const served = await this.database.transaction((tx) => this.within(tx, facts, rules, at));
    await this.told(screening, served);
  }

  async lapse(offer: string, row: Waiting): Promise<void> {
    const told = await this.waitlist.telling(row);
    const freed = await this.database.transaction((tx) =>
      callFunction<ClaimedSeat[]>(tx, 'lapse_offer($1, $2)', [offer, told]),
    );
    await this.told(row.screening, { claims: [], freed });
  }

  private async within(tx: Tx, facts: ScreeningFacts, rules: KnownWaitlistRules, at: Date): Promise<Served> {
    const { screeningId } = facts.data;
    const [turn] = await tx.query<{ mine: boolean }[]>(
      `SELECT pg_try_advisory_xact_lock(hashtextextended('waitlist:' || $1, 0)) AS mine`,
      [screeningId],
    );
    if (!turn?.mine) return { claims: [], freed: [] };
    await tx.query('SELECT lock_screenings($1)', [[screeningId]]);
    const [state] = await tx.query<{ open: boolean }[]>('SELECT people_wait($1) AS open', [screeningId]);
    const waiting = await this.line(tx, screeningId);
    if (!state?.open) return this.close(tx, facts, waiting);
    const pool = await this.pool(tx, screeningId);
    const offerable = pool.filter((id) => isOffered(facts, id));
    const limits = allocationCandidates(facts.data, SHOP_CLASSES, at);
    const offers = limits ? nextOffers(waiting, offerable, rules, (free, n) => pickOf(facts, free, n)) : [];
    const claims: ClaimedSeat[] = [];
    for (const { entry, seats } of offers) {
      const made = await this.offer(tx, facts, entry, { seats, limits: limits ?? [], rules });
      if (made) claims.push(...made);
      // The shares of the public have too little room for this one.
      else if (!rules.passOver) break;
    }
    const useful = limits && (await hasRoom(tx, limits)) ? offerable : [];
    const useless = pool.filter((id) => !useful.includes(id));
    const freed =
      useless.length > 0 ? await callFunction<ClaimedSeat[]>(tx, 'empty_pool($1, $2)', [screeningId, useless]) : [];
    return { claims, freed };
  }

  /** Nobody waits, or it is too late: what the pool has goes on sale. */
  private async close(tx: Tx, facts: ScreeningFacts, waiting: Waiting[]): Promise<Served> {
    for (const entry of waiting) await callFunction(tx, 'close_entry($1, $2)', [entry.id, tellEntry(entry, facts)]);
    const freed = await callFunction<ClaimedSeat[]>(tx, 'empty_pool($1, $2)', [facts.data.screeningId, null]);
    return { claims: [], freed };
  }

  private line(tx: Tx, screening: string): Promise<Waiting[]> {
    return tx.query<Waiting[]>(
      `SELECT id, edition_id AS edition, person_id AS person, language, screening_id AS screening, seats FROM waitlist_entry
        WHERE screening_id = $1 AND state = 'waiting' ORDER BY place LIMIT $2 FOR UPDATE SKIP LOCKED`,
      [screening, LOOK],
    );
  }

  private async pool(tx: Tx, screening: string): Promise<string[]> {
    const rows = await tx.query<{ seat: string }[]>(
      `SELECT seat_id AS seat FROM seat_claim WHERE screening_id = $1 AND owner_kind = 'pool' ORDER BY seat_id COLLATE "C"`,
      [screening],
    );
    return rows.map(({ seat }) => seat);
  }

  private async offer(
    tx: Tx,
    facts: ScreeningFacts,
    entry: Waiting,
    given: { seats: string[]; limits: string[]; rules: KnownWaitlistRules },
  ): Promise<ClaimedSeat[] | null> {
    const seats = given.seats.map((id) => facts.seatById.get(id)!);
    return callFunction<ClaimedSeat[] | null>(tx, 'make_offer($1)', [
      {
        id: newId(),
        entry: entry.id,
        seats: given.seats,
        limits: given.limits,
        seconds: given.rules.offerMinutes * MINUTE_SECONDS,
        told: {
          ...tellEntry(entry, facts),
          seats: seats.map(({ row, number }) => ({ row, seat: number })),
        },
      },
    ]);
  }

  private async told(screening: string, { claims, freed }: Served): Promise<void> {
    this.relay.wake();
    await this.reconcile.tell('claimed', claims);
    await this.reconcile.tell('freed', freed);
    this.map.touch(screening);
  }
}

function pickOf(facts: ScreeningFacts, free: readonly string[], count: number): string[] {
  const states = facts.seats.map((seat) => (free.includes(seat.id) ? 'f' : 's')).join('');
  return nearFocus(facts, states, count);
}

/**
 * Whether the public's shares have room for anybody at all. Where they are full, a seat that became free is of use only
 * to others, whose shares have room: it goes on sale, and nobody of them is refused for the sake of the line.
 */
async function hasRoom(tx: Tx, limits: string[]): Promise<boolean> {
  if (limits.length === 0) return true;
  const rows = await tx.query<unknown[]>('SELECT 1 FROM usage_limit WHERE id = ANY ($1) AND used < capacity LIMIT 1', [
    limits,
  ]);
  return rows.length > 0;
}
