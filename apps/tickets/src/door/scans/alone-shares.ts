import { Injectable } from '@nestjs/common';
import { Database } from '#libs/persistence';
import type { ScreeningData } from '../../copies/programme-copy/programme-copy.js';
import { allocationCandidates } from '../../inventory/allocations/allocation.rules.js';
import { EntryModes } from '../../inventory/allocations/entry-modes.js';
import type { AloneShare } from './holder.rules.js';

/** What a badge of these classes enters from without booking. */
@Injectable()
export class AloneShares {
  constructor(
    private readonly database: Database,
    private readonly modes: EntryModes,
  ) {}

  /** Undefined where its classes need a booking or a ticket. */
  async of(data: ScreeningData, classes: readonly string[], at: Date): Promise<AloneShare | undefined> {
    if ((await this.modes.of(data.editionId, data.screeningId, classes)) !== 'badge-alone') return undefined;
    const candidates = allocationCandidates(data, classes, at);
    if (!candidates) return { allowed: false, left: null };
    const [row] = await this.database.hot<{ left: number | null }>('share-left', 'SELECT share_left($1) AS left', [
      candidates,
    ]);
    return { allowed: true, left: row!.left };
  }

  /** Takes a place of the share, once per badge and screening. False when there is none. */
  async take(data: ScreeningData, serial: string, classes: readonly string[], at: Date): Promise<boolean> {
    const candidates = allocationCandidates(data, classes, at);
    if (!candidates) return false;
    const [row] = await this.database.hot<{ entered: boolean }>(
      'enter-on-badge',
      'SELECT enter_on_badge($1, $2, $3) AS entered',
      [data.screeningId, serial, candidates],
    );
    return row!.entered;
  }
}
