import { Controller, Get, Header, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Availability, SeatStates } from '#libs/contracts';
import { Access, Answers } from '#libs/service-defaults';
import { ProgrammeCopy } from '../../copies/programme-copy/programme-copy.js';
import { SeatMap } from './seat-map.js';
import { SeatStreams } from './seat-streams.js';

@Controller()
export class SeatsController {
  constructor(
    private readonly map: SeatMap,
    private readonly programme: ProgrammeCopy,
    private readonly streams: SeatStreams,
  ) {}

  @Get('screenings/:id/seats')
  @Access('public')
  @Answers('The state of every seat, in the order of the plan', SeatStates)
  async seats(@Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    const body = await this.map.body(id);
    void reply.header('Content-Type', 'application/json; charset=utf-8').header('Cache-Control', 'no-store').send(body);
  }

  @Get('screenings/:id/seats/stream')
  @Access('public')
  @Answers('The map once as event "map" (SeatStates), then what changes as "seats" (SeatChanges); text/event-stream')
  async stream(@Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    const first = await this.streams.first(id);
    reply.hijack();
    this.streams.open(first, reply.raw);
  }

  @Get('editions/:id/availability')
  @Access('public')
  @Header('Cache-Control', 'public, max-age=2')
  @Answers('Free seats of every screening of an edition', Availability)
  async availability(@Param('id') edition: string): Promise<Availability> {
    const screenings: Availability['screenings'] = {};
    for (const facts of await this.programme.editionScreenings(edition)) {
      const map = await this.map.states(facts.data.screeningId);
      screenings[facts.data.screeningId] = { free: map.free, seats: facts.seats.length, onSale: map.onSale };
    }
    return { screenings };
  }
}
