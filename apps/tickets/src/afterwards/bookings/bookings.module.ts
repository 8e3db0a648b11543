import { Module } from '@nestjs/common';
import { BadgeHoldersModule } from '../../copies/badge-holders/badge-holders.module.js';
import { ProgrammeCopyModule } from '../../copies/programme-copy/programme-copy.module.js';
import { BookingsController } from './bookings.controller.js';
import { BookingsQueries } from './bookings.queries.js';
import { CancelBooking } from './cancel-booking.js';
import { MakeBooking } from './make-booking.js';

@Module({
  imports: [BadgeHoldersModule, ProgrammeCopyModule],
  controllers: [BookingsController],
  providers: [BookingsQueries, MakeBooking, CancelBooking],
  exports: [CancelBooking, BookingsQueries],
})
export class BookingsModule {}
