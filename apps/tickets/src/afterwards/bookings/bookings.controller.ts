import { Body, Controller, Delete, Get, Param, Post, Put } from '@nestjs/common';
import { Type } from 'typebox';
import { Booking, BookingRules as BookingRulesBody, MakeBooking as MakeBookingBody } from '#libs/contracts';
import { isId } from '#libs/kernel';
import { Access, Answers, type Caller, CallerParam, IdempotencyKey, valid } from '#libs/service-defaults';
import { bookingUnknown } from './booking.refusals.js';
import { BookingRules } from './booking-rules.js';
import { BookingsQueries } from './bookings.queries.js';
import { CancelBooking } from './cancel-booking.js';
import { MakeBooking } from './make-booking.js';

@Controller()
export class BookingsController {
  constructor(
    private readonly makeBooking: MakeBooking,
    private readonly cancelBooking: CancelBooking,
    private readonly bookings: BookingsQueries,
    private readonly rules: BookingRules,
  ) {}

  @Post('bookings')
  @Access('person')
  @Answers('A free seat is booked on the badge', Booking)
  make(
    @CallerParam() caller: Caller,
    @IdempotencyKey() key: string,
    @Body(valid(MakeBookingBody)) body: MakeBookingBody,
  ): Promise<Booking> {
    return this.makeBooking.execute(caller, key, body);
  }

  @Get('bookings')
  @Access('person')
  @Answers("The caller's bookings", Type.Array(Booking))
  mine(@CallerParam() caller: Caller): Promise<Booking[]> {
    return this.bookings.mine(caller);
  }

  @Delete('bookings/:id')
  @Access('person')
  @Answers('The booking is cancelled and its seat free', Booking)
  cancel(@CallerParam() caller: Caller, @Param('id') id: string): Promise<Booking> {
    if (!isId(id)) throw bookingUnknown();
    return this.cancelBooking.execute(caller, id);
  }

  @Get('editions/:id/booking-rules')
  @Access('public')
  @Answers('How accredited people book here', BookingRulesBody)
  bookingRules(@Param('id') edition: string): Promise<BookingRulesBody> {
    return this.rules.of(edition);
  }

  @Put('editions/:id/booking-rules')
  @Access('programmer', 'house-manager')
  @Answers('How accredited people book here', BookingRulesBody)
  setBookingRules(
    @CallerParam() caller: Caller,
    @Param('id') edition: string,
    @Body(valid(BookingRulesBody)) body: BookingRulesBody,
  ): Promise<BookingRulesBody> {
    return this.rules.set(caller, edition, body);
  }
}
