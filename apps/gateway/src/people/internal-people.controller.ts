import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import {
  NamedPeople,
  PersonContact,
  RecordedPerson,
  RecordPerson as RecordPersonBody,
  SearchPeople,
} from '#libs/contracts';
import { isId } from '#libs/kernel';
import { Access, Answers, valid } from '#libs/service-defaults';
import { PeopleQueries } from './people.queries.js';
import { personUnknown } from './people.refusals.js';
import { RecordPerson } from './record-person.js';

/** What the other services may ask of people. */
@Controller('internal/people')
@Access('service')
export class InternalPeopleController {
  constructor(
    private readonly recordPerson: RecordPerson,
    private readonly people: PeopleQueries,
  ) {}

  @Post()
  @HttpCode(200)
  @Answers('The person of this address, made when there was none.', RecordedPerson)
  async record(@Body(valid(RecordPersonBody)) body: RecordPersonBody): Promise<RecordedPerson> {
    return { personId: await this.recordPerson.execute(body) };
  }

  @Post('search')
  @HttpCode(200)
  @Answers('People of this name, in any script, without their addresses.', NamedPeople)
  async search(@Body(valid(SearchPeople)) { name }: SearchPeople): Promise<NamedPeople> {
    return { people: await this.people.named(name) };
  }

  @Get(':id')
  @Answers('How the person can be reached.', PersonContact)
  async contact(@Param('id') id: string): Promise<PersonContact> {
    if (!isId(id)) throw personUnknown();
    return this.people.contact(id);
  }
}
