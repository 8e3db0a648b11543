import { Injectable } from '@nestjs/common';
import type { Block } from '#libs/contracts';
import { Database } from '#libs/persistence';
import { blockUnknown } from './block.refusals.js';
import { releaseTime } from './block.rules.js';

interface BlockRow {
  id: string;
  screening: string;
  purpose: string;
  note: string | null;
  state: Block['state'];
  releaseAt: Date | null;
  minutesBefore: number | null;
  startsAt: Date;
  allocation: string | null;
  seats: string[];
  version: number;
}

const SELECT = `
  SELECT b.id, b.screening_id AS screening, b.purpose, b.note, b.state, b.release_at AS "releaseAt", b.minutes_before AS "minutesBefore",
         s.starts_at AS "startsAt", b.allocation, b.version,
         ARRAY(SELECT seat_id FROM seat_claim WHERE owner_id = b.id ORDER BY line_no) AS seats
    FROM block b JOIN screening_copy s USING (screening_id)`;

@Injectable()
export class BlocksQueries {
  constructor(private readonly database: Database) {}

  async one(id: string): Promise<Block> {
    const [row] = await this.database.query<BlockRow>(`${SELECT} WHERE b.id = $1`, [id]);
    if (!row) throw blockUnknown();
    return shape(row);
  }

  async ofScreening(screening: string): Promise<Block[]> {
    const rows = await this.database.query<BlockRow>(`${SELECT} WHERE b.screening_id = $1 ORDER BY b.made_at, b.id`, [
      screening,
    ]);
    return rows.map(shape);
  }
}

function shape(row: BlockRow): Block {
  return {
    id: row.id,
    screeningId: row.screening,
    purpose: row.purpose,
    note: row.note,
    state: row.state,
    releaseAt: releaseTime(row, row.startsAt)?.toISOString() ?? null,
    minutesBefore: row.minutesBefore,
    allocation: row.allocation?.slice(row.screening.length + 1) ?? null,
    seats: row.seats,
    version: row.version,
  };
}
