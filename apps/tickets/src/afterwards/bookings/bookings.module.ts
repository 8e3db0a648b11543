import { type DynamicModule, Module } from '@nestjs/common';
import { BadgeHoldersModule } from '../../copies/badge-holders/badge-holders.module.js';
import { ProgrammeCopyModule } from '../../copies/programme-copy/programme-copy.module.js';
import { OrdersModule } from '../../sale/orders/orders.module.js';
import { BookingRules } from './booking-rules.js';
import { BookingsController } from './bookings.controller.js';
import { BookingsJob } from './bookings.job.js';
import { BookingsQueries } from './bookings.queries.js';
import { CancelBooking } from './cancel-booking.js';
import { GiveUpBookings } from './give-up-bookings.js';
import { InvitationTicketsController } from './invitation-tickets.controller.js';
import { MakeBooking } from './make-booking.js';
import { TicketInvitation } from './ticket-invitation.js';

@Module({})
export class BookingsModule {
  static for(role: { jobs: boolean }): DynamicModule {
    return {
      module: BookingsModule,
      global: true,
      imports: [BadgeHoldersModule, ProgrammeCopyModule, OrdersModule],
      controllers: [BookingsController, InvitationTicketsController],
      providers: [
        BookingRules,
        BookingsQueries,
        MakeBooking,
        CancelBooking,
        GiveUpBookings,
        TicketInvitation,
        ...(role.jobs ? [BookingsJob] : []),
      ],
      exports: [CancelBooking, BookingsQueries, GiveUpBookings],
    };
  }
}
