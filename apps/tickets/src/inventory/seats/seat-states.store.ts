import type { Redis, Result } from 'ioredis';
import * as scripts from './seat-states.lua.js';

/** One claim's mark on a seat. */
export interface Mark {
  seat: string;
  no: number;
}

/** A hold that outlives a rebuild: it was kept in PostgreSQL while Redis was away. */
export interface LivingHold {
  id: string;
  /** Milliseconds since 1970. */
  until: number;
  extended: boolean;
  buyer: string;
  seats: string[];
}

export type HoldAnswer =
  | { outcome: 'held'; until: number; seats: string[]; extended: boolean }
  | { outcome: 'taken'; seats: string[] }
  /** Redis knows another epoch, or nothing at all: the state must be compared with PostgreSQL first. */
  | { outcome: 'epoch'; epoch: number | undefined }
  | { outcome: 'foreign' };

export interface SeatState {
  epoch: number | undefined;
  /** Redis' clock, milliseconds. */
  now: number;
  claims: Map<string, number>;
  /** Seats held at `now`, with the moment their hold ends. */
  holds: Map<string, number>;
}

type Command = (...args: (string | number)[]) => Result<unknown, { type: 'default' }>;
type Scripted = Redis &
  Record<
    'seansHold' | 'seansProlong' | 'seansDrop' | 'seansMark' | 'seansUnmark' | 'seansRebuild' | 'seansRead',
    Command
  >;

const NAMES = {
  seansHold: scripts.HOLD,
  seansProlong: scripts.PROLONG,
  seansDrop: scripts.DROP,
  seansMark: scripts.MARK,
  seansUnmark: scripts.UNMARK,
  seansRebuild: scripts.REBUILD,
  seansRead: scripts.READ,
};

/** What shows that Redis takes writes stays so long. */
const WRITABLE_MS = 5_000;

/** The one owner of seat states in Redis. Every method is one call. */
export class SeatStatesStore {
  private readonly redis: Scripted;
  private readonly keys = new Map<string, string[]>();
  /** Which connection this is, counted: another one may lead to another server. */
  connection = 0;

  constructor(
    redis: Redis,
    private readonly prefix = 'seans:',
  ) {
    for (const [name, lua] of Object.entries(NAMES)) redis.defineCommand(name, { numberOfKeys: 5, lua });
    this.redis = redis as Scripted;
    redis.on('close', () => {
      this.connection += 1;
    });
  }

  /** All or nothing; the same id gets the same answer, another id replaces the buyer's hold. */
  async hold(
    screening: string,
    epoch: number,
    hold: { id: string; buyer: string; ttlMs: number },
    wanted: { seats: readonly string[] } | { any: number; size: number },
  ): Promise<HoldAnswer> {
    const what = 'seats' in wanted ? ['seats', ...wanted.seats] : ['any', wanted.any, wanted.size];
    const answer = (await this.redis.seansHold(
      ...this.keysOf(screening),
      epoch,
      hold.id,
      hold.buyer,
      hold.ttlMs,
      ...what,
    )) as string[];
    return readHoldAnswer(answer);
  }

  /** Gives a living hold its one extension; undefined when the hold is gone. */
  async extend(screening: string, hold: { id: string; buyer: string; ttlMs: number }): Promise<HoldAnswer | undefined> {
    const answer = (await this.redis.seansProlong(
      ...this.keysOf(screening),
      hold.id,
      hold.buyer,
      hold.ttlMs,
      '1',
    )) as string[];
    return answer[0] === 'gone' ? undefined : readHoldAnswer(answer);
  }

  /** Moves the end of a living hold to now (development only: the demo does not wait five minutes). */
  async end(screening: string, id: string, buyer: string): Promise<boolean> {
    const answer = (await this.redis.seansProlong(...this.keysOf(screening), id, buyer, 0, '0')) as string[];
    return answer[0] === 'held';
  }

  async drop(screening: string, id: string, buyer: string): Promise<boolean> {
    return (await this.redis.seansDrop(...this.keysOf(screening), id, buyer)) === 1;
  }

  /** Shows seats as claimed. False when Redis is in another epoch: the reconciler will see to it. */
  async mark(screening: string, epoch: number, marks: readonly Mark[]): Promise<boolean> {
    if (marks.length === 0) return true;
    return Number(await this.redis.seansMark(...this.keysOf(screening), epoch, ...pairs(marks))) >= 0;
  }

  async unmark(screening: string, epoch: number, marks: readonly Mark[]): Promise<boolean> {
    if (marks.length === 0) return true;
    return Number(await this.redis.seansUnmark(...this.keysOf(screening), epoch, ...pairs(marks))) >= 0;
  }

  /** Replaces the whole state when Redis' epoch is lower; false when somebody else already did. */
  async rebuild(
    screening: string,
    epoch: number,
    claims: readonly Mark[],
    holds: readonly LivingHold[],
  ): Promise<boolean> {
    const kept = holds.flatMap((h) => [h.id, h.until, h.extended ? '1' : '0', h.buyer, h.seats.join(',')]);
    return (
      (await this.redis.seansRebuild(...this.keysOf(screening), epoch, holds.length, ...kept, ...pairs(claims))) === 1
    );
  }

  async read(screening: string): Promise<SeatState> {
    const [epoch, now, fields] = (await this.redis.seansRead(...this.keysOf(screening))) as [string, string, string[]];
    const state: SeatState = {
      epoch: epoch ? Number(epoch) : undefined,
      now: Number(now),
      claims: new Map(),
      holds: new Map(),
    };
    for (let i = 0; i < fields.length; i += 2) {
      const value = fields[i + 1]!;
      if (value.startsWith('c:')) state.claims.set(fields[i]!, Number(value.slice(2)));
      else {
        const until = Number(value.slice(value.lastIndexOf(':') + 1));
        if (until > state.now) state.holds.set(fields[i]!, until);
      }
    }
    return state;
  }

  /**
   * Who this server is: another run or another replication history means that what it holds may be old.
   * @throws where it takes no writes, because it is full or somebody's replica: then it can keep no hold
   */
  async identity(): Promise<string> {
    const [info] = await Promise.all([
      this.redis.info(),
      this.redis.set(`${this.prefix}writable`, '1', 'PX', WRITABLE_MS),
    ]);
    const of = (name: string) => new RegExp(`^${name}:(\\S+)`, 'm').exec(info)?.[1] ?? '';
    return `${of('run_id')} ${of('master_replid')}`;
  }

  private keysOf(screening: string): string[] {
    let keys = this.keys.get(screening);
    if (!keys) {
      const tag = `${this.prefix}{${screening}}:`;
      keys = ['epoch', 'seats', 'holds', 'buyers', 'expiry'].map((name) => tag + name);
      this.keys.set(screening, keys);
    }
    return keys;
  }
}

function pairs(marks: readonly Mark[]): (string | number)[] {
  return marks.flatMap((mark) => [mark.seat, mark.no]);
}

function readHoldAnswer(answer: string[]): HoldAnswer {
  switch (answer[0]) {
    case 'held':
    case 'extended-before':
      return {
        outcome: 'held',
        until: Number(answer[1]),
        seats: (answer[2] ?? '').split(','),
        extended: answer[0] === 'extended-before' || answer[3] === '1',
      };
    case 'taken':
      return { outcome: 'taken', seats: answer.slice(1) };
    case 'foreign':
      return { outcome: 'foreign' };
    default:
      return { outcome: 'epoch', epoch: answer[1] ? Number(answer[1]) : undefined };
  }
}
