import { Inject, Injectable } from '@nestjs/common';
import type { CounterLease, LeaseConflict, LeaseRow, LeaseState } from '#libs/contracts';
import { isId, KZT, type LocalText } from '#libs/kernel';
import { Database } from '#libs/persistence';
import { type Caller, SETTINGS } from '#libs/service-defaults';
import { ProgrammeCopy, type ScreeningFacts } from '../../copies/programme-copy/programme-copy.js';
import { requireRoleIn } from '../../inventory/allocations/managers.js';
import { screeningUnknown } from '../../inventory/seats/seat.refusals.js';
import { AdmissionCodes } from '../../sale/issued-tickets/admission-codes.js';
import type { TicketsSettings } from '../../settings.js';
import { ShiftsQueries } from '../shifts/shifts.queries.js';
import { leaseUnknown } from './lease.refusals.js';
import { sellableSeconds } from './lease.rules.js';
import { type LeasedPrice, priceOf } from './leased-price.rules.js';

export interface OneLease {
  id: string;
  shift: string;
  edition: string;
  screening: string;
  till: string;
  clerk: string;
  state: LeaseState;
  madeAt: Date;
  endsAt: Date;
  heardAt: Date;
  endedBy: string | null;
  /** By the clock that ends it. */
  now: Date;
}

export interface LeasedSeatRow {
  line: number;
  serial: string;
  /** Where its claim is now; null once it is no longer the lease's. */
  seat: string | null;
  row: string;
  number: string;
  category: string;
  kinds: LeasedPrice[];
  order: string | null;
}

type ConflictRow = Omit<LeaseConflict, 'total' | 'soldAt' | 'reportedAt' | 'settledAt' | 'startsAt'> & {
  total: number;
  fingerprint: string;
  startsAt: Date;
  soldAt: Date;
  reportedAt: Date;
  settledAt: Date | null;
  edition: string;
};

const LEASE = `
  SELECT l.id, l.shift_id AS shift, l.edition_id AS edition, l.screening_id AS screening, h.till, h.clerk, l.state, l.made_at AS "madeAt",
         l.ends_at AS "endsAt", l.heard_at AS "heardAt", l.ended_by AS "endedBy", clock_timestamp() AS now
    FROM counter_lease l JOIN counter_shift h ON h.id = l.shift_id`;

const CONFLICT = `
  SELECT c.id, c.lease_id AS "leaseId", h.till, h.clerk, l.edition_id AS edition, l.screening_id AS "screeningId", s.data->'title' AS title,
         s.starts_at AS "startsAt", c.reason, c.seats, c.total::float8 AS total, c.in_drawer AS "inDrawer", c.sold_at AS "soldAt",
         c.reported_at AS "reportedAt", c.settled_by AS "settledBy", c.settled_at AS "settledAt", c.note, c.fingerprint
    FROM counter_lease_conflict c JOIN counter_lease l ON l.id = c.lease_id JOIN counter_shift h ON h.id = l.shift_id
    JOIN screening_copy s ON s.screening_id = l.screening_id`;

const MOST = 300;

/** Leased seats as their counter and a house manager see them. */
@Injectable()
export class LeasesQueries {
  constructor(
    private readonly database: Database,
    private readonly shifts: ShiftsQueries,
    private readonly programme: ProgrammeCopy,
    private readonly codes: AdmissionCodes,
    @Inject(SETTINGS) private readonly settings: TicketsSettings,
  ) {}

  /** @throws lease-unknown */
  async row(id: string): Promise<OneLease> {
    const [row] = isId(id) ? await this.database.query<OneLease>(`${LEASE} WHERE l.id = $1`, [id]) : [];
    if (!row) throw leaseUnknown();
    return row;
  }

  /** The lease of one of the caller's shifts. @throws lease-unknown, shift-not-yours */
  async own(caller: Caller, id: string): Promise<OneLease> {
    const lease = await this.row(id);
    await this.shifts.own(caller, lease.shift);
    return lease;
  }

  seats(lease: string): Promise<LeasedSeatRow[]> {
    return this.database.query<LeasedSeatRow>(
      `SELECT s.line_no::int AS line, s.serial, c.seat_id AS seat, s.row_label AS row, s.seat_label AS number, s.category, s.kinds, s.order_id AS order
         FROM counter_lease_seat s LEFT JOIN seat_claim c ON c.owner_id = s.lease_id AND c.line_no = s.line_no
        WHERE s.lease_id = $1 ORDER BY s.line_no`,
      [lease],
    );
  }

  /** With the tickets themselves: for the counter that leased them, and nobody else. */
  async view(lease: OneLease): Promise<CounterLease> {
    const [facts, seats] = await Promise.all([this.facts(lease.screening), this.seats(lease.id)]);
    const { data } = facts;
    const at = (seat: LeasedSeatRow) => placeNow(facts, seat);
    return {
      ...this.told(lease, data.title, new Date(data.startsAt)),
      timezone: data.timezone,
      venue: data.venue.name,
      hall: data.hall.name,
      sellForSeconds: lease.state === 'open' ? sellableSeconds(lease.endsAt, lease.now) : 0,
      cashStep: this.settings.COUNTER_CASH_STEP,
      seats: await Promise.all(
        seats.map(async (seat) => ({
          line: seat.line,
          ...at(seat),
          category: seat.category,
          code: await this.codes.forTicket(lease.edition, lease.screening, seat.serial),
          shortCode: seat.serial.slice(-6).toUpperCase(),
          kinds: seat.kinds.map((one) => ({
            kind: one.kind,
            name: one.name,
            price: { amount: priceOf(one), currency: KZT },
            proof: one.proof,
          })),
          soldAs: seat.order,
        })),
      ),
    };
  }

  /** What runs or has not come back first, then the newest. */
  async list(caller: Caller, edition: string): Promise<LeaseRow[]> {
    requireRoleIn(caller, edition, ['box-office', 'house-manager']);
    const rows = await this.database.query<
      OneLease & { title: LocalText; startsAt: Date; seats: number; sold: number }
    >(
      `SELECT l.*, s.data->'title' AS title, s.starts_at AS "startsAt", n.seats, n.sold
         FROM (${LEASE} WHERE l.edition_id = $1) l JOIN screening_copy s ON s.screening_id = l.screening
         CROSS JOIN LATERAL (SELECT count(*)::int AS seats, count(order_id)::int AS sold FROM counter_lease_seat WHERE lease_id = l.id) n
        ORDER BY l.state NOT IN ('open', 'revoked'), l."madeAt" DESC LIMIT ${MOST}`,
      [edition],
    );
    return rows.map((row) => ({
      ...this.told(row, row.title, row.startsAt),
      clerk: row.clerk,
      seats: row.seats,
      sold: row.sold,
      endedBy: row.endedBy,
    }));
  }

  /** Unsettled ones first, then the newest. */
  async conflicts(caller: Caller, edition: string): Promise<LeaseConflict[]> {
    requireRoleIn(caller, edition, ['box-office', 'house-manager', 'finance']);
    const rows = await this.database.query<ConflictRow>(
      `${CONFLICT} WHERE l.edition_id = $1 ORDER BY c.settled_at IS NOT NULL, c.reported_at DESC LIMIT ${MOST}`,
      [edition],
    );
    return rows.map(shapeConflict);
  }

  /** With the edition that it happened in and the report that it came from. */
  async conflict(id: string): Promise<{ conflict: LeaseConflict; edition: string; fingerprint: string } | undefined> {
    const [row] = isId(id) ? await this.database.query<ConflictRow>(`${CONFLICT} WHERE c.id = $1`, [id]) : [];
    return row && { conflict: shapeConflict(row), edition: row.edition, fingerprint: row.fingerprint };
  }

  async facts(screening: string): Promise<ScreeningFacts> {
    const facts = await this.programme.screening(screening);
    if (!facts) throw screeningUnknown({ screening });
    return facts;
  }

  private told(lease: OneLease, title: LocalText, startsAt: Date) {
    return {
      id: lease.id,
      shiftId: lease.shift,
      till: lease.till,
      screeningId: lease.screening,
      title,
      startsAt: startsAt.toISOString(),
      state: lease.state,
      madeAt: lease.madeAt.toISOString(),
      endsAt: lease.endsAt.toISOString(),
      heardAt: lease.heardAt.toISOString(),
    };
  }
}

/** Row and number as they are now: a move of the screening may have changed them since the lease was made. */
export function placeNow(facts: ScreeningFacts, seat: LeasedSeatRow): { row: string; seat: string } {
  const now = seat.seat === null ? undefined : facts.seatById.get(seat.seat);
  return now ? { row: now.row, seat: now.number } : { row: seat.row, seat: seat.number };
}

function shapeConflict({ edition: _, fingerprint: __, ...row }: ConflictRow): LeaseConflict {
  return {
    ...row,
    total: { amount: row.total, currency: KZT },
    startsAt: row.startsAt.toISOString(),
    soldAt: row.soldAt.toISOString(),
    reportedAt: row.reportedAt.toISOString(),
    settledAt: row.settledAt?.toISOString() ?? null,
  };
}
