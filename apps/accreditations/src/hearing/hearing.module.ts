import { Module } from '@nestjs/common';
import { EditionsModule } from '../editions/editions.module.js';
import { ProgrammeConsumer } from './programme.consumer.js';

@Module({ imports: [EditionsModule], controllers: [ProgrammeConsumer] })
export class HearingModule {}
