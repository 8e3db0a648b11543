import { Controller, Get, Param } from '@nestjs/common';
import { PersonRecords, Traces } from '#libs/contracts';
import { Access, Answers } from '#libs/service-defaults';
import { PrivacyQueries } from './privacy.queries.js';

/** What the gateway asks when a person wants to see everything, or to be forgotten. */
@Controller('internal/people')
@Access('service')
export class PrivacyController {
  constructor(private readonly privacy: PrivacyQueries) {}

  @Get(':id/traces')
  @Answers('What of a person is still there.', Traces)
  traces(@Param('id') id: string): Promise<Traces> {
    return this.privacy.traces(id);
  }

  @Get(':id/export')
  @Answers('Everything that notifications knows of a person.', PersonRecords)
  records(@Param('id') id: string): Promise<PersonRecords> {
    return this.privacy.records(id);
  }
}
