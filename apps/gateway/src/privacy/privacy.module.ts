import { Module } from '@nestjs/common';
import { ErasePerson } from './erase-person.js';
import { ErasuresQueries } from './erasures.queries.js';
import { ExportPerson } from './export-person.js';
import { FollowErasuresJob } from './follow-erasures.job.js';
import { Neighbours } from './neighbours.js';
import { PrivacyController } from './privacy.controller.js';

@Module({
  controllers: [PrivacyController],
  providers: [ErasePerson, ErasuresQueries, ExportPerson, Neighbours, FollowErasuresJob],
})
export class PrivacyModule {}
