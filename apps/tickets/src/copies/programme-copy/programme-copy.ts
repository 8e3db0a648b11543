import { Injectable } from '@nestjs/common';
import type { EventData, ScreeningRecorded } from '#libs/contracts';
import { Database } from '#libs/persistence';

export type ScreeningData = EventData<typeof ScreeningRecorded>;

export interface PlanSeat {
  id: string;
  row: string;
  number: string;
  category: string;
  kind: 'seat' | 'wheelchair' | 'companion';
  companionOf?: string;
  x?: number;
  y?: number;
}

/** What tickets knows of a screening, ready for decisions. */
export interface ScreeningFacts {
  data: ScreeningData;
  version: number;
  /** In the order of the seat map's state string. */
  seats: PlanSeat[];
  seatById: ReadonlyMap<string, PlanSeat>;
  /** Minor units by price category; a seat whose category has no price is not sold. */
  prices: ReadonlyMap<string, number>;
  currency: string;
}

interface Kept {
  facts: ScreeningFacts;
  checkedAt: number;
}

/** How old a fact may be before it is compared with the database again, in the background. */
const FRESH_MS = 1_000;

/** Reads of the programme's copy. Hot paths never wait for them but the first time. */
@Injectable()
export class ProgrammeCopy {
  private readonly kept = new Map<string, Kept>();
  private readonly plans = new Map<string, PlanSeat[]>();

  constructor(private readonly database: Database) {}

  async screening(id: string): Promise<ScreeningFacts | undefined> {
    const known = this.kept.get(id);
    if (!known) return this.load(id);
    if (Date.now() - known.checkedAt > FRESH_MS) {
      known.checkedAt = Date.now();
      this.refresh(id, known).catch(() => undefined);
    }
    return known.facts;
  }

  /** After the consumer changed a screening in this process. */
  forget(id: string): void {
    this.kept.delete(id);
  }

  async editionScreenings(edition: string): Promise<ScreeningFacts[]> {
    const rows = await this.database.hot<{ id: string }>(
      'edition-screenings',
      'SELECT screening_id AS id FROM screening_copy WHERE edition_id = $1 ORDER BY starts_at, screening_id',
      [edition],
    );
    const facts = await Promise.all(rows.map((row) => this.screening(row.id)));
    return facts.filter((fact) => fact !== undefined);
  }

  private async refresh(id: string, known: Kept): Promise<void> {
    const [row] = await this.database.hot<{ version: string }>(
      'screening-version',
      'SELECT version FROM screening_copy WHERE screening_id = $1',
      [id],
    );
    if (!row || Number(row.version) !== known.facts.version) await this.load(id);
  }

  private async load(id: string): Promise<ScreeningFacts | undefined> {
    const [row] = await this.database.hot<{ data: ScreeningData; version: string }>(
      'screening-copy',
      'SELECT data, version FROM screening_copy WHERE screening_id = $1',
      [id],
    );
    if (!row) {
      this.kept.delete(id);
      return undefined;
    }
    const seats = await this.planSeats(row.data.planId, row.data.planVersion);
    if (!seats) return undefined;
    const facts: ScreeningFacts = {
      data: row.data,
      version: Number(row.version),
      seats,
      seatById: new Map(seats.map((seat) => [seat.id, seat])),
      prices: new Map(row.data.prices.map((price) => [price.category, price.amount])),
      currency: row.data.prices[0]?.currency ?? 'KZT',
    };
    this.kept.set(id, { facts, checkedAt: Date.now() });
    return facts;
  }

  /** A version of a plan never changes, so it is read once. */
  private async planSeats(planId: string, version: number): Promise<PlanSeat[] | undefined> {
    const key = `${planId} ${version}`;
    const known = this.plans.get(key);
    if (known) return known;
    const [row] = await this.database.hot<{ seats: PlanSeat[] }>(
      'plan-seats',
      'SELECT seats FROM plan_copy WHERE plan_id = $1 AND plan_version = $2',
      [planId, version],
    );
    if (row) this.plans.set(key, row.seats);
    return row?.seats;
  }
}
