import { Inject, Injectable } from '@nestjs/common';
import { type Clock, festivalTime } from '#libs/kernel';
import { Database } from '#libs/persistence';
import { CLOCK } from '#libs/service-defaults';
import { smsOpensAt } from './quiet-hours.rules.js';

/** Keeps short messages to the hours in which they disturb nobody, by the clock and the holidays of their edition. */
@Injectable()
export class QuietHours {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Milliseconds of machine time until a message about `data` may go out; 0 means now. */
  async left(data: unknown): Promise<number> {
    const edition = (data as { editionId?: unknown }).editionId;
    const [row] = await this.database.query<{ offset_ms: string; holidays: string[] }>(
      'SELECT offset_ms, holidays FROM edition_copy WHERE edition_id = $1',
      [typeof edition === 'string' ? edition : ''],
    );
    const now = festivalTime(this.clock.now(), Number(row?.offset_ms ?? 0));
    return smsOpensAt(now, row?.holidays ?? []).getTime() - now.getTime();
  }
}
