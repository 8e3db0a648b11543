import { setTimeout as wait } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { Database } from '#libs/persistence';
import { LOGGER, SETTINGS } from '#libs/service-defaults';
import type { TicketsSettings } from '../../settings.js';
import { AuditorMetrics } from './auditor.metrics.js';
import { type AuditSubject, INVARIANTS, type Invariant, nameOf, wholeCount } from './invariants.js';
import { SLICES } from './slices.js';

/** Keys named in the log of one finding. */
const MOST_NAMED = 10;

type Sliced = Extract<Invariant, { of: AuditSubject }>;
type Whole = Exclude<Invariant, Sliced>;

const SLICED = INVARIANTS.filter((one): one is Sliced => 'of' in one);
const WHOLE = INVARIANTS.filter((one): one is Whole => !('of' in one));
const SUBJECTS = Object.keys(SLICES) as AuditSubject[];

/**
 * Looks at the invariants again and again while the house works: at each look what was written lately, what was found
 * before and one slice further, in read-only statements with an end; sums over whole tables one at a time, in turn.
 */
@Injectable()
export class Auditor {
  /** Keys that are known to violate, by invariant; a sum's violations stand under ''. */
  private readonly found = new Map<Invariant, Map<string, number>>(INVARIANTS.map((one) => [one, new Map()]));
  private readonly cursors = new Map<AuditSubject, string>();
  private readonly swept = new Map<AuditSubject, number>();
  private turn = 0;

  constructor(
    private readonly database: Database,
    private readonly metrics: AuditorMetrics,
    @Inject(SETTINGS)
    private readonly settings: Pick<TicketsSettings, 'AUDITOR_SLICE' | 'AUDITOR_STATEMENT_MS' | 'AUDITOR_CONFIRM_MS'>,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** One look. */
  async look(): Promise<void> {
    for (const subject of SUBJECTS) await this.slice(subject);
    const whole = WHOLE[this.turn++ % WHOLE.length]!;
    await this.each(whole, () => this.sum(whole));
    this.metrics.looked(this.sweptAt());
  }

  /** Every key once, and every sum: what `look` comes to in the long run. */
  async lookAtAll(): Promise<void> {
    const began = Date.now();
    this.cursors.clear();
    do await this.look();
    while (this.turn < WHOLE.length || SUBJECTS.some((subject) => (this.swept.get(subject) ?? 0) < began));
  }

  private async slice(subject: AuditSubject): Promise<void> {
    const { after, recent, start, weight } = SLICES[subject];
    const most = Math.max(1, Math.ceil(this.settings.AUDITOR_SLICE / weight));
    const next = await this.keys(after, [this.cursors.get(subject) ?? start, most]);
    const fresh = recent ? await this.keys(recent, [most]) : [];
    const invariants = SLICED.filter((one) => one.of === subject);
    const known = invariants.flatMap((one) => [...this.found.get(one)!.keys()]);
    const keys = [...new Set([...next, ...fresh, ...known])];
    if (keys.length > 0) for (const one of invariants) await this.each(one, () => this.check(one, keys));
    if (next.length === most) this.cursors.set(subject, next.at(-1)!);
    else {
      this.cursors.delete(subject);
      this.swept.set(subject, Date.now());
    }
  }

  private async check(invariant: Sliced, keys: string[]): Promise<void> {
    const suspects = await this.violating(invariant, keys);
    const confirmed =
      suspects.size > 0 ? await this.again(() => this.violating(invariant, [...suspects.keys()])) : suspects;
    this.note(invariant, keys, confirmed);
  }

  private async sum(invariant: Whole): Promise<void> {
    const count = async () => {
      const [row] = await this.read<{ count: string }>(`SELECT (${wholeCount(invariant)}) AS count`, []);
      return Number(row!.count);
    };
    const first = await count();
    const counted = first === 0 ? 0 : await this.again(count);
    this.note(invariant, [''], new Map(counted > 0 ? [['', counted]] : []));
  }

  /** Forgets what was looked at, and keeps what is wrong with it. */
  private note(invariant: Invariant, looked: string[], wrong: ReadonlyMap<string, number>): void {
    const known = this.found.get(invariant)!;
    const news = [...wrong.keys()].filter((key) => !known.has(key));
    for (const key of looked) known.delete(key);
    for (const [key, times] of wrong) known.set(key, times);
    this.metrics.violations.set(
      { invariant: nameOf(invariant) },
      [...known.values()].reduce((sum, n) => sum + n, 0),
    );
    if (news.length > 0)
      this.logger.error(
        { invariant: nameOf(invariant), keys: news.slice(0, MOST_NAMED), of: news.length },
        'invariant violated',
      );
  }

  private async violating(invariant: Sliced, keys: string[]): Promise<Map<string, number>> {
    const { type } = SLICES[invariant.of];
    const sql = invariant.keys((column) => `${column} = ANY ($1::${type}[])`);
    const rows = await this.read<{ key: string; times: number }>(
      `SELECT key::text AS key, count(*)::int AS times FROM (${sql}) x GROUP BY 1`,
      [keys],
    );
    return new Map(rows.map(({ key, times }) => [key, times]));
  }

  private async keys(sql: string, parameters: unknown[]): Promise<string[]> {
    return (await this.read<{ key: string }>(sql, parameters)).map(({ key }) => key);
  }

  /** Nothing is told of what is on its way. */
  private async again<T>(read: () => Promise<T>): Promise<T> {
    await wait(this.settings.AUDITOR_CONFIRM_MS);
    return read();
  }

  /** A statement that writes nothing and comes to an end. */
  private read<R>(sql: string, parameters: unknown[]): Promise<R[]> {
    return this.database.transaction(async (tx) => {
      await tx.query(`SET TRANSACTION READ ONLY`);
      await tx.query(`SET LOCAL statement_timeout = ${this.settings.AUDITOR_STATEMENT_MS}`);
      return tx.query(sql, parameters);
    });
  }

  /** One that can't be looked at is counted, and the others are. */
  private async each(invariant: Invariant, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.metrics.failures.inc({ invariant: nameOf(invariant) });
      this.logger.warn({ err: error, invariant: nameOf(invariant) }, 'invariant not looked at');
    }
  }

  /** When everything had been looked at last; undefined before the first sweep is over. */
  private sweptAt(): number | undefined {
    if (this.turn < WHOLE.length || this.swept.size < SUBJECTS.length) return undefined;
    return Math.min(...this.swept.values());
  }
}
