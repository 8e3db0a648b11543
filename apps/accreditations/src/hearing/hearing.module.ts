import { Module } from '@nestjs/common';
import { EditionsModule } from '../editions/editions.module.js';
import { ErasureModule } from '../privacy/erasure.module.js';
import { PeopleConsumer } from './people.consumer.js';
import { ProgrammeConsumer } from './programme.consumer.js';

@Module({ imports: [EditionsModule, ErasureModule], controllers: [ProgrammeConsumer, PeopleConsumer] })
export class HearingModule {}
