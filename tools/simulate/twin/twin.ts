import type { Plant } from './planted.js';
import type * as rows from './rows.js';
import { Journal, Table } from './tables.js';

/** The database function said no: the whole call is undone. Read by `refusalFromSql`, as PostgreSQL's own is. */
export class SqlRefusal extends Error {
  readonly code = 'SE001';
  readonly detail: string;

  constructor(code: string, facts: Record<string, unknown> = {}) {
    super(code);
    this.detail = JSON.stringify(facts);
  }
}

/** tickets' database in memory, with a clock of its own: what the functions of the migrations work on. */
export class Twin {
  readonly journal = new Journal();
  readonly boards = this.table<rows.BoardRow>();
  readonly orders = this.table<rows.OrderRow>();
  readonly lines = this.table<rows.LineRow>();
  readonly items = this.table<rows.ItemRow>();
  readonly tickets = this.table<rows.TicketRow>();
  readonly claims = this.table<rows.ClaimRow>();
  readonly limits = this.table<rows.LimitRow>();
  readonly limitUses = this.table<rows.LimitUseRow>();
  readonly lineLimits = this.table<rows.LineLimitRow>();
  readonly attempts = this.table<rows.AttemptRow>();
  readonly refunds = this.table<rows.RefundRow>();
  readonly ledger = this.table<rows.LedgerRow>();
  readonly holds = this.table<rows.HoldRow>();
  readonly idempotency = this.table<{ fingerprint: string; order: string }>();
  readonly providerEvents = this.table<{ answer: string }>();
  readonly holdStore = this.table<rows.HoldStoreRow>();
  /** Screenings that a rebuild or a move has locked exclusively. */
  readonly exclusive = new Set<string>();
  /** How often each state met each command. */
  readonly met = new Map<string, number>();
  private drawn = 0;
  private depth = 0;

  constructor(
    readonly now: () => number,
    readonly plants: ReadonlySet<Plant> = new Set(),
  ) {
    this.holdStore.put('', { identity: '', store: 'redis', switchedAt: 0, answeredAt: 0 });
    this.journal.commit();
  }

  /** The next number of the sequences; like PostgreSQL's it is not taken back. */
  draw(): number {
    return ++this.drawn;
  }

  id(): string {
    return `00000000-0000-4000-8000-${String(this.draw()).padStart(12, '0')}`;
  }

  meet(state: string | undefined, command: string): void {
    const key = `${command} × ${state ?? 'none'}`;
    this.met.set(key, (this.met.get(key) ?? 0) + 1);
  }

  /** All of it or nothing. */
  atomic<T>(work: () => T): T {
    const from = this.journal.mark();
    this.depth++;
    try {
      return work();
    } catch (error) {
      this.journal.rollback(from);
      throw error;
    } finally {
      if (--this.depth === 0) this.journal.commit();
    }
  }

  /** From here on everything can be taken back with {@link letGo}, what atomic calls kept included. */
  hold(): number {
    this.depth++;
    return this.journal.mark();
  }

  letGo(mark: number): void {
    this.journal.rollback(mark);
    this.depth--;
  }

  linesOf(order: string): Readonly<rows.LineRow>[] {
    return this.lines.where((line) => line.order === order).sort((a, b) => a.line - b.line);
  }

  private table<Row extends object>(): Table<Row> {
    return new Table<Row>(this.journal);
  }
}
