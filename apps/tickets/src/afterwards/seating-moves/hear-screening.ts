import { Injectable } from '@nestjs/common';
import type { Received, ScreeningRecorded } from '#libs/contracts';
import { MINUTE } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import type { ScreeningData } from '../../copies/programme-copy/programme-copy.js';
import { RecordProgramme } from '../../copies/programme-copy/record-programme.js';
import { LONG_MS } from './seating-move.rules.js';
import { SeatingMoves } from './seating-moves.store.js';
import { openRefunds } from './settle-seating.js';
import { TellVisits } from './tell-visits.js';

/** The copy of a screening, and what its change means for whoever holds a seat: delayed, rated, cancelled. */
@Injectable()
export class HearScreening {
  constructor(
    private readonly record: RecordProgramme,
    private readonly moves: SeatingMoves,
    private readonly visits: TellVisits,
  ) {}

  /** Whether the telling was news: an older or a repeated one changes nothing. */
  async within(tx: Tx, told: Received<typeof ScreeningRecorded>): Promise<boolean> {
    const { data } = told;
    await this.moves.lock(tx, data.screeningId);
    const [copy]: { data: ScreeningData }[] = await tx.query(
      'SELECT data FROM screening_copy WHERE screening_id = $1',
      [data.screeningId],
    );
    const applied = await this.record.screening(tx, told);
    if (applied && copy) await this.tellChange(tx, copy.data, data);
    return applied;
  }

  private async tellChange(tx: Tx, before: ScreeningData, data: ScreeningData): Promise<void> {
    if (data.state === 'cancelled') {
      if (before.state !== 'cancelled') await this.cancel(tx, data.screeningId);
      return;
    }
    if (data.delay && data.delay.minutes > (before.delay?.minutes ?? 0)) {
      const news = await this.visits.delayed(tx, data);
      if (news && data.delay.minutes * MINUTE > LONG_MS)
        await openRefunds(tx, data.screeningId, new Date(data.delay.from), 'screening-delayed');
    }
    if (data.ageRating && before.ageRatingPending && !data.ageRatingPending)
      await this.visits.rated(tx, data, data.ageRating);
  }

  /** A move that was under way has no end to come to; everything else is the run's. */
  private async cancel(tx: Tx, screening: string): Promise<void> {
    await tx.query(
      `UPDATE seating_move SET state = CASE state WHEN 'seated' THEN 'settled' ELSE 'abandoned' END, ended_at = clock_timestamp()
        WHERE screening_id = $1 AND state IN ('previewed', 'seated')`,
      [screening],
    );
    await tx.query('INSERT INTO cancelled_screening (screening_id) VALUES ($1) ON CONFLICT DO NOTHING', [screening]);
  }
}
