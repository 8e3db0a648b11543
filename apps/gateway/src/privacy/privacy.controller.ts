import { Body, Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { EraseMe, ErasePersonBody, Erasure, Erasures, PersonExport } from '#libs/contracts';
import { isId } from '#libs/kernel';
import { Access, Answers, type Caller, CallerParam, valid } from '#libs/service-defaults';
import { PeopleQueries } from '../people/people.queries.js';
import { personUnknown } from '../people/people.refusals.js';
import { normaliseEmail } from '../people/record-person.js';
import { Sessions } from '../people/sessions.js';
import { ErasePerson } from './erase-person.js';
import { ErasuresQueries } from './erasures.queries.js';
import { ExportPerson } from './export-person.js';

/** What a person may ask of everything that is known: to see it, and to be forgotten. */
@Controller('api/people')
export class PrivacyController {
  constructor(
    private readonly erase: ErasePerson,
    private readonly erasures: ErasuresQueries,
    private readonly exports: ExportPerson,
    private readonly people: PeopleQueries,
    private readonly sessions: Sessions,
  ) {}

  @Get('me/export')
  @Access('person')
  @Answers('Everything that is known of the caller, as a file.', PersonExport)
  async export(@CallerParam() caller: Caller, @Res({ passthrough: true }) reply: FastifyReply): Promise<PersonExport> {
    void reply.header('Cache-Control', 'no-store').header('Content-Disposition', 'attachment; filename="my-data.json"');
    return this.exports.execute(caller.id);
  }

  @Post('me/erasure')
  @HttpCode(202)
  @Access('person')
  @Answers('The caller is being forgotten; the session is over.', Erasure)
  async eraseMe(
    @Body(valid(EraseMe)) _confirmed: EraseMe,
    @CallerParam() caller: Caller,
    @Req() request: FastifyRequest,
  ): Promise<Erasure> {
    await this.erase.execute({ personId: caller.id, askedBy: caller.id, reason: null });
    this.sessions.forget(request.headers.cookie);
    return this.erasures.one(caller.id);
  }

  @Post('erasures')
  @HttpCode(202)
  @Access('admin')
  @Answers('The person of this address is being forgotten.', Erasure)
  async eraseOther(
    @Body(valid(ErasePersonBody)) body: ErasePersonBody,
    @CallerParam() admin: Caller,
  ): Promise<Erasure> {
    const { personId } = await this.people.byEmail(normaliseEmail(body.email));
    await this.erase.execute({ personId, askedBy: admin.id, reason: body.reason });
    return this.erasures.one(personId);
  }

  @Get('erasures')
  @Access('admin')
  @Answers('The newest erasures, and what of them is pending.', Erasures)
  async list(): Promise<Erasures> {
    return { erasures: await this.erasures.newest() };
  }

  @Get('erasures/:id')
  @Access('admin')
  @Answers('How far an erasure is.', Erasure)
  async one(@Param('id') id: string): Promise<Erasure> {
    if (!isId(id)) throw personUnknown();
    return this.erasures.one(id);
  }
}
