import { Module } from '@nestjs/common';
import { DeliveriesModule } from '../deliveries/deliveries.module.js';
import { RemindJob } from './remind.job.js';
import { TrackVisits } from './track-visits.js';

@Module({ imports: [DeliveriesModule], providers: [RemindJob, TrackVisits], exports: [RemindJob, TrackVisits] })
export class RemindersModule {}
