import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ExtendHold } from '#libs/contracts';
import { isId } from '#libs/kernel';
import { Database } from '#libs/persistence';
import { Access, Answers, type CommonSettings, notFound, SETTINGS, valid } from '#libs/service-defaults';
import { readHoldToken } from '../inventory/holds/hold-token.js';
import { SeatMap } from '../inventory/seats/seat-map.js';
import { SeatStatesStore } from '../inventory/seats/seat-states.store.js';
import type { TicketsSettings } from '../settings.js';

/**
 * Development only: brings a machine-time deadline to now, so that a demonstration need not wait for minutes. What
 * follows is the ordinary work of the ordinary jobs.
 */
@Controller('dev')
export class AgeingController {
  constructor(
    private readonly database: Database,
    private readonly store: SeatStatesStore,
    private readonly map: SeatMap,
    @Inject(SETTINGS) private readonly settings: TicketsSettings & CommonSettings,
  ) {}

  @Post('orders/:id/age')
  @HttpCode(204)
  @Access('admin')
  @Answers("The order's time to pay is over now")
  async order(@Param('id') id: string): Promise<void> {
    this.requireDevelopment();
    if (!isId(id)) throw notFound();
    await this.database.query(
      `WITH aged AS (UPDATE orders SET pay_until = clock_timestamp(), next_look_at = clock_timestamp()
                      WHERE id = $1 AND state IN ('awaiting-payment', 'expiring') RETURNING id)
       UPDATE payment_attempt SET lives_until = clock_timestamp() WHERE order_id IN (SELECT id FROM aged)`,
      [id],
    );
  }

  @Post('holds/age')
  @HttpCode(204)
  @Access('admin')
  @Answers("The hold's time is over now")
  async hold(@Body(valid(ExtendHold)) body: ExtendHold): Promise<void> {
    this.requireDevelopment();
    const token = readHoldToken(body.token, this.settings.TOKEN_SECRET);
    if (!token) throw notFound();
    await this.store.end(token.screening, token.hold, token.buyer);
    this.map.touch(token.screening);
  }

  private requireDevelopment(): void {
    if (this.settings.SEANS_ENV === 'production') throw notFound();
  }
}
