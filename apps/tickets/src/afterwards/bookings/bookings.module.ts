import { type DynamicModule, Module } from '@nestjs/common';
import { BadgeHoldersModule } from '../../copies/badge-holders/badge-holders.module.js';
import { ProgrammeCopyModule } from '../../copies/programme-copy/programme-copy.module.js';
import { BookingRules } from './booking-rules.js';
import { BookingsController } from './bookings.controller.js';
import { BookingsJob } from './bookings.job.js';
import { BookingsQueries } from './bookings.queries.js';
import { CancelBooking } from './cancel-booking.js';
import { GiveUpBookings } from './give-up-bookings.js';
import { MakeBooking } from './make-booking.js';

@Module({})
export class BookingsModule {
  static for(role: { jobs: boolean }): DynamicModule {
    return {
      module: BookingsModule,
      global: true,
      imports: [BadgeHoldersModule, ProgrammeCopyModule],
      controllers: [BookingsController],
      providers: [
        BookingRules,
        BookingsQueries,
        MakeBooking,
        CancelBooking,
        GiveUpBookings,
        ...(role.jobs ? [BookingsJob] : []),
      ],
      exports: [CancelBooking, BookingsQueries, GiveUpBookings],
    };
  }
}
