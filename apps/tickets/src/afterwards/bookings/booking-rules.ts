import { Inject, Injectable } from '@nestjs/common';
import type { BookingRules as BookingRulesBody } from '#libs/contracts';
import { Database } from '#libs/persistence';
import { type Caller, SETTINGS } from '#libs/service-defaults';
import { PLACE_KEEPERS, requireRoleIn } from '../../inventory/allocations/managers.js';
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
    const [row] = await this.database.hot<{ rules: BookingRulesBody }>(
      'booking-rules',
      'SELECT rules FROM booking_rules WHERE edition_id = $1',
      [edition],
    );
    return knownRules(row?.rules ?? {}, {
      dailyQuota: this.settings.BOOKINGS_A_DAY,
      cancelMinutes: this.settings.BOOKING_CANCEL_MINUTES,
    });
  }

  async set(caller: Caller, edition: string, rules: BookingRulesBody): Promise<KnownBookingRules> {
    requireRoleIn(caller, edition, PLACE_KEEPERS);
    await this.database.transaction(async (tx) => {
      await tx.query(
        `INSERT INTO booking_rules (edition_id, rules, changed_by) VALUES ($1, $2, $3)
         ON CONFLICT (edition_id) DO UPDATE SET rules = excluded.rules, changed_by = excluded.changed_by`,
        [edition, rules, caller.id],
      );
      await tx.query(
        `INSERT INTO audit_entry (actor, action, subject, facts) VALUES ($1, 'booking-rules.set', $2, $3)`,
        [caller.id, edition, rules],
      );
    });
    return this.of(edition);
  }
}
