import { Injectable } from '@nestjs/common';
import type { ScreeningState } from '#libs/contracts';
import { IllegalStep, step } from '#libs/kernel';
import { Database, sqlState, type Tx } from '#libs/persistence';
import { EditionsQueries } from '../editions/editions.queries.js';
import { refuseClash } from './refuse-clash.js';
import { requireStill } from './require-still.js';
import { ScreeningRow } from './screening.entity.js';
import { hallOverlap, screeningNotOver, screeningUnknown, stepIllegal } from './screening.refusals.js';
import { SCREENING_CYCLE } from './screening.rules.js';
import { SpeakScreenings } from './speak-screenings.js';

const EXCLUSION_VIOLATION = '23P01';

/** One step of a screening's life; being told to stand where it stands is a success. */
@Injectable()
export class StepScreening {
  constructor(
    private readonly database: Database,
    private readonly speak: SpeakScreenings,
    private readonly editions: EditionsQueries,
  ) {}

  async execute(command: { id: string; to: ScreeningState; reason?: string }): Promise<ScreeningRow> {
    try {
      return await this.database.transaction((tx) => this.within(tx, command));
    } catch (error) {
      throw sqlState(error) === EXCLUSION_VIOLATION ? hallOverlap({}, { cause: error }) : error;
    }
  }

  async within(tx: Tx, command: { id: string; to: ScreeningState; reason?: string }): Promise<ScreeningRow> {
    const row = await tx.findOne(ScreeningRow, { where: { id: command.id }, lock: { mode: 'pessimistic_write' } });
    if (!row) throw screeningUnknown({ screeningId: command.id });
    if (row.state === command.to) return row;
    try {
      step('screening', SCREENING_CYCLE, row.state, command.to);
    } catch (error) {
      if (error instanceof IllegalStep) throw stepIllegal({ from: error.from, to: error.to }, { cause: error });
      throw error;
    }
    if (command.to === 'ended' && new Date((await this.editions.clockOf(row.editionId)).now) < row.endsAt)
      throw screeningNotOver({ endsAt: row.endsAt });
    if (command.to !== 'cancelled') await requireStill(tx, row.id);
    // A draft takes no hall yet; leaving that state it must find its own free.
    if (row.state === 'draft' && command.to !== 'cancelled') await refuseClash(tx, row);
    const data = command.reason ? { ...row.data, cancelReason: command.reason } : row.data;
    await tx.update(ScreeningRow, { id: row.id }, { state: command.to, data });
    await this.speak.within(tx, row.editionId, row.id);
    return tx.findOneByOrFail(ScreeningRow, { id: row.id });
  }
}
