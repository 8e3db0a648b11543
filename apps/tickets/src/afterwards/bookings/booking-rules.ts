import { Inject, Injectable } from '@nestjs/common';
import type { BookingRules as BookingRulesBody } from '#libs/contracts';
import { Database } from '#libs/persistence';
import { type Caller, SETTINGS } from '#libs/service-defaults';
import { readEditionRules, setEditionRules } from '../../inventory/allocations/edition-rules.js';
import type { TicketsSettings } from '../../settings.js';
import { type KnownBookingRules, knownRules } from './booking.rules.js';

/** How accredited people book in an edition, as data; what is not said is the festival's default. */
@Injectable()
export class BookingRules {
  constructor(
    private readonly database: Database,
    @Inject(SETTINGS) private readonly settings: TicketsSettings,
  ) {}

  async of(edition: string): Promise<KnownBookingRules> {
    return knownRules(await readEditionRules<BookingRulesBody>(this.database, 'booking_rules', edition), {
      dailyQuota: this.settings.BOOKINGS_A_DAY,
      cancelMinutes: this.settings.BOOKING_CANCEL_MINUTES,
    });
  }

  async set(caller: Caller, edition: string, rules: BookingRulesBody): Promise<KnownBookingRules> {
    await setEditionRules(this.database, 'booking_rules', caller, edition, rules);
    return this.of(edition);
  }
}
