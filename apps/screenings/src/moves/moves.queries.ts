import { Injectable } from '@nestjs/common';
import type { ScreeningMove } from '#libs/contracts';
import { Database } from '#libs/persistence';
import { type MoveEnd, MoveRow } from './move.entity.js';
import { moveUnknown } from './move.refusals.js';
import { OVER } from './move.rules.js';

@Injectable()
export class MovesQueries {
  constructor(private readonly database: Database) {}

  /** @throws move-unknown */
  async one(id: string): Promise<ScreeningMove> {
    const row = await this.database.source.manager.findOneBy(MoveRow, { id });
    if (!row) throw moveUnknown({ moveId: id });
    return viewMove(row);
  }

  /** The newest first. */
  async ofScreening(screeningId: string): Promise<ScreeningMove[]> {
    const rows = await this.database.source.manager.find(MoveRow, { where: { screeningId }, order: { id: 'DESC' } });
    return rows.map(viewMove);
  }

  /** Moves of an edition that nobody has finished. */
  async openOf(editionId: string): Promise<ScreeningMove[]> {
    const rows = await this.database.source.manager
      .createQueryBuilder(MoveRow, 'move')
      .where('move.screening_id IN (SELECT id FROM screening WHERE edition_id = :editionId)', { editionId })
      .andWhere('move.state NOT IN (:...over)', { over: OVER })
      .orderBy('move.id')
      .getMany();
    return rows.map(viewMove);
  }

  /** Moves for which something is due: a command to repeat, an undo whose time is over, a request nobody confirmed. */
  async due(): Promise<{ id: string; what: 'ask' | 'settle' | 'abandon' }[]> {
    return this.database.query(
      `SELECT id, CASE WHEN state IN ('requested', 'previewed') AND expires_at <= clock_timestamp() THEN 'abandon'
                       WHEN state = 'seated' THEN 'settle' ELSE 'ask' END AS what
         FROM screening_move
        WHERE (state IN ('requested', 'previewed') AND expires_at <= clock_timestamp())
           OR (state = 'seated' AND undo_until <= clock_timestamp())
           OR (state IN ('requested', 'confirmed', 'settling', 'undoing', 'abandoning') AND next_try_at <= clock_timestamp())
        ORDER BY next_try_at LIMIT 20`,
    );
  }
}

function viewMove(row: MoveRow): ScreeningMove {
  const { id, screeningId, state, preview, trouble } = row;
  return {
    id,
    screeningId,
    state,
    from: viewEnd(row.from),
    to: viewEnd(row.to),
    preview,
    expiresAt: row.expiresAt.toISOString(),
    undoUntil: row.undoUntil?.toISOString() ?? null,
    trouble,
  };
}

function viewEnd({ hallId, planId, planVersion, startsAt, endsAt }: MoveEnd): ScreeningMove['from'] {
  return { hallId, planId, planVersion, startsAt, endsAt };
}
