import { Module } from '@nestjs/common';
import { ScreeningsModule } from '../screenings/screenings.module.js';
import { DriveMove } from './drive-move.js';
import { MovesController } from './moves.controller.js';
import { MovesJob } from './moves.job.js';
import { MovesQueries } from './moves.queries.js';
import { RequestMove } from './request-move.js';
import { TicketsSeating } from './tickets-seating.js';

@Module({
  imports: [ScreeningsModule],
  controllers: [MovesController],
  providers: [RequestMove, DriveMove, TicketsSeating, MovesQueries, MovesJob],
  exports: [MovesQueries],
})
export class MovesModule {}
