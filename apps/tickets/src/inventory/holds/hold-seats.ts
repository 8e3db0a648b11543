import { Inject, Injectable } from '@nestjs/common';
import type { HeldSeats, HoldSeats as HoldSeatsBody } from '#libs/contracts';
import type { Caller } from '#libs/service-defaults';
import { hasRole, partUnavailable, SETTINGS } from '#libs/service-defaults';
import { ProgrammeCopy, type ScreeningFacts } from '../../copies/programme-copy/programme-copy.js';
import type { TicketsSettings } from '../../settings.js';
import { HoldStoreState } from '../seats/hold-store-state.js';
import { INVENTORY, type InventoryPort, type Switchboard } from '../seats/inventory.port.js';
import { RebuildSeats } from '../seats/rebuild-seats.js';
import { notOnSale, screeningUnknown, seatsTaken } from '../seats/seat.refusals.js';
import { SeatMap } from '../seats/seat-map.js';
import { type HoldAnswer, SeatStatesStore } from '../seats/seat-states.store.js';
import { Switchboards } from '../seats/switchboards.js';
import { holdGone, holdUnknown, noSeatsTogether, seatsOrBest, tooManySeats } from './hold.refusals.js';
import {
  bestTogether,
  companionsAlone,
  generalSale,
  isGeneralAdmission,
  requireHoldable,
  seatPrice,
} from './hold.rules.js';
import { type HoldToken, holdIdOf, readHoldToken, writeHoldToken } from './hold-token.js';

/** The best seats may be gone by the time they are asked for; then others are. */
const PICKS = 3;
const RETRY_MS = 500;

type Wanted = { seats: readonly string[] } | { any: number; size: number };

/** Step 1: all the seats or none, for a few minutes, in one call to the hold store. */
@Injectable()
export class HoldSeats {
  constructor(
    private readonly programme: ProgrammeCopy,
    private readonly switchboards: Switchboards,
    private readonly store: SeatStatesStore,
    private readonly rebuild: RebuildSeats,
    private readonly state: HoldStoreState,
    private readonly map: SeatMap,
    @Inject(INVENTORY) private readonly inventory: InventoryPort,
    @Inject(SETTINGS) private readonly settings: TicketsSettings,
  ) {}

  /** @throws seats-taken naming the taken seats, too-many-seats, seat-unknown, companion-alone, not-on-sale */
  async execute(caller: Caller, key: string, body: HoldSeatsBody): Promise<HeldSeats> {
    const facts = await this.programme.screening(body.screeningId);
    const board = await this.switchboards.of(body.screeningId);
    if (!facts || !board) throw screeningUnknown({ screening: body.screeningId });
    if (!board.onSale || board.paused) throw notOnSale({ screening: body.screeningId });
    const limit = hasRole(caller, 'box-office', board.editionId)
      ? this.settings.HOLD_LIMIT_COUNTER
      : this.settings.HOLD_LIMIT_ONLINE;
    const id = holdIdOf(caller.id, body.screeningId, key);
    if (body.seats && !body.best) {
      requireHoldable(facts, body.seats, limit, board.companionsReleased);
      return this.finish(facts, caller, id, await this.ask(board, caller, id, { seats: body.seats }), body.seats);
    }
    if (body.best && !body.seats) return this.holdBest(facts, board, caller, id, body.best, limit);
    throw seatsOrBest();
  }

  async extend(caller: Caller, tokenText: string): Promise<HeldSeats> {
    const token = this.read(tokenText, caller);
    const facts = await this.programme.screening(token.screening);
    const board = await this.switchboards.of(token.screening);
    if (!facts || !board) throw screeningUnknown({ screening: token.screening });
    if (board.holdStore === 'closed') throw partUnavailable({ part: 'holds' }, { retryAfterMs: RETRY_MS });
    const seconds = this.settings.HOLD_EXTENSION_SECONDS;
    const answer =
      board.holdStore === 'redis'
        ? await this.fromRedis(() =>
            this.store.extend(token.screening, { id: token.hold, buyer: caller.id, ttlMs: seconds * 1_000 }),
          )
        : await this.inventory
            .extendStoredHold(token.hold, caller.id, seconds)
            .then(
              (row): HoldAnswer | undefined =>
                row && { outcome: 'held', until: row.until.getTime(), seats: row.seats, extended: true },
            );
    if (!answer) throw holdGone();
    return this.finish(facts, caller, token.hold, answer, token.seats);
  }

  async drop(caller: Caller, tokenText: string): Promise<void> {
    const token = this.read(tokenText, caller);
    const board = await this.switchboards.of(token.screening);
    if (board?.holdStore === 'postgres') await this.inventory.dropStoredHold(token.hold, caller.id);
    else await this.fromRedis(() => this.store.drop(token.screening, token.hold, caller.id));
    this.map.touch(token.screening);
  }

  /** What a token promises, for its own buyer alone; another's is as unknown as none. */
  read(text: string, caller: Caller): HoldToken {
    const token = readHoldToken(text, this.settings.TOKEN_SECRET);
    if (!token || token.buyer !== caller.id) throw holdUnknown();
    return token;
  }

  private async holdBest(
    facts: ScreeningFacts,
    board: Switchboard,
    caller: Caller,
    id: string,
    best: { count: number; category?: string },
    limit: number,
  ): Promise<HeldSeats> {
    if (best.count > limit) throw tooManySeats({ limit });
    if (isGeneralAdmission(facts) && board.holdStore === 'redis') {
      const answer = await this.ask(board, caller, id, { any: best.count, size: facts.seats.length });
      if (answer.outcome === 'taken') throw noSeatsTogether({ count: best.count });
      return this.finish(facts, caller, id, answer, []);
    }
    const hall = generalSale(facts, board.companionsReleased);
    for (let pick = 1; ; pick++) {
      const { states } = await this.map.states(facts.data.screeningId);
      const seats = bestTogether(hall, states, best.count, best.category);
      if (!seats) throw noSeatsTogether({ count: best.count });
      const answer = await this.ask(board, caller, id, { seats });
      if (answer.outcome !== 'taken' || pick === PICKS) return this.finish(facts, caller, id, answer, seats);
      this.map.touch(facts.data.screeningId);
    }
  }

  private async ask(board: Switchboard, caller: Caller, id: string, wanted: Wanted): Promise<HoldAnswer> {
    // Choosing the best seats may have taken longer than a board may be old.
    let now = (await this.switchboards.of(board.screeningId)) ?? board;
    for (let again = 0; ; again++) {
      const answer = await this.askOnce(now, caller, id, wanted);
      if (answer.outcome !== 'epoch' || again === 2) return answer;
      if (now.holdStore === 'redis') await this.fromRedis(() => this.rebuild.execute(now.screeningId));
      now = (await this.switchboards.read(now.screeningId)) ?? now;
    }
  }

  private async askOnce(board: Switchboard, caller: Caller, id: string, wanted: Wanted): Promise<HoldAnswer> {
    const ttlMs = this.settings.HOLD_SECONDS * 1_000;
    const unknown = board.holdStore === 'redis' && !this.state.acquainted;
    if (board.holdStore === 'closed' || unknown) return { outcome: 'epoch', epoch: undefined };
    if (board.holdStore === 'redis')
      return this.fromRedis(() =>
        this.store.hold(board.screeningId, board.epoch, { id, buyer: caller.id, ttlMs }, wanted),
      );
    const seats = 'seats' in wanted ? wanted.seats : [];
    const answer = await this.inventory.holdSeats({
      screening: board.screeningId,
      id,
      buyer: caller.id,
      seats,
      seconds: this.settings.HOLD_SECONDS,
      epoch: board.epoch,
    });
    return answer.outcome === 'held' ? { ...answer, until: Date.parse(answer.until) } : answer;
  }

  /** Redis that does not answer is no reason to say that a seat is taken: ask again, in a moment it is elsewhere. */
  private async fromRedis<T>(ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      if (error instanceof Error && error.name === 'Refusal') throw error;
      throw partUnavailable({ part: 'holds' }, { cause: error, retryAfterMs: RETRY_MS });
    }
  }

  private finish(
    facts: ScreeningFacts,
    caller: Caller,
    id: string,
    answer: HoldAnswer,
    wanted: readonly string[],
  ): HeldSeats {
    const screening = facts.data.screeningId;
    if (answer.outcome === 'taken') {
      this.map.touch(screening);
      throw seatsTaken({
        seats: (answer.seats.length > 0 ? answer.seats : wanted).map((seat) => {
          const place = facts.seatById.get(seat);
          return { screening, seat, row: place?.row, number: place?.number };
        }),
      });
    }
    if (answer.outcome === 'foreign') throw holdUnknown();
    if (answer.outcome === 'epoch') throw partUnavailable({ part: 'holds' }, { retryAfterMs: RETRY_MS });
    this.map.touch(screening);
    const until = answer.until;
    const token: HoldToken = {
      hold: id,
      screening,
      plan: facts.data.planVersion,
      planId: facts.data.planId,
      buyer: caller.id,
      seats: answer.seats,
      until,
    };
    const seats = answer.seats.map((seatId) => facts.seatById.get(seatId)!);
    const alone = new Set(companionsAlone(seats));
    return {
      holdId: id,
      screeningId: screening,
      seats: seats.map((seat) => {
        return {
          id: seat.id,
          row: seat.row,
          number: seat.number,
          category: seat.category,
          price: { amount: seatPrice(facts, seat, alone.has(seat)), currency: facts.currency },
        };
      }),
      expiresAt: new Date(until).toISOString(),
      extendable: !answer.extended,
      token: writeHoldToken(token, this.settings.TOKEN_SECRET),
    };
  }
}
