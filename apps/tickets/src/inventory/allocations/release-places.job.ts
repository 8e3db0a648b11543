import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { Database } from '#libs/persistence';
import { LOGGER } from '#libs/service-defaults';
import { FestivalJob } from '../../copies/programme-copy/festival-job.js';
import type { ClaimedSeat } from '../seats/inventory.port.js';
import { ReconcileSeats } from '../seats/reconcile-seats.js';
import { SeatMap } from '../seats/seat-map.js';
import { callFunction } from '../seats/sql-function.js';

const EVERY_MS = 1_000;
const MOST = 20;

/** Blocks at their release time, and invitations that nobody answered: their seats are free, each in its own transaction. */
@Injectable()
export class ReleasePlaces extends FestivalJob {
  constructor(
    private readonly database: Database,
    private readonly reconcile: ReconcileSeats,
    private readonly map: SeatMap,
    @Inject(LOGGER) logger: Logger,
  ) {
    super('places not released', EVERY_MS, logger);
  }

  async look(): Promise<void> {
    const due = await this.database.query<{ id: string }>('SELECT due_blocks($1) AS id', [MOST]);
    await this.each(due, async ({ id }) => {
      await this.free('release_block($1, $2, $3)', [id, 'time', 'release-places']);
    });
    for (let n = 0; n < MOST; n++) if (!(await this.free('release_invitation()', []))) return;
  }

  private async free(invocation: string, values: unknown[]): Promise<boolean> {
    const freed = await this.database.transaction((tx) => callFunction<ClaimedSeat[] | null>(tx, invocation, values));
    if (!freed) return false;
    await this.reconcile.tell('freed', freed);
    for (const screening of new Set(freed.map((claim) => claim.screening))) this.map.touch(screening);
    return true;
  }
}
