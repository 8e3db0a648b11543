import { Body, Controller, Get, Headers, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ImportProgramme as ImportProgrammeBody, ImportQuery, ImportReport, Programme } from '#libs/contracts';
import { Access, Answers, type Caller, CallerParam, hasRole, roleNeeded, valid } from '#libs/service-defaults';
import { hasTag } from '../screenings/screenings.queries.js';
import { ImportProgramme } from './import-programme.js';
import { ProgrammeQueries } from './programme.queries.js';

@Controller('editions')
export class ProgrammeController {
  constructor(
    private readonly programme: ProgrammeQueries,
    private readonly importProgramme: ImportProgramme,
  ) {}

  @Get(':id/programme')
  @Access('public')
  @Answers('The whole public programme, with a strong ETag.', Programme)
  async read(
    @Param('id') id: string,
    @Headers('if-none-match') known: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { etag, body } = await this.programme.bytes(id);
    void reply.header('ETag', etag).header('Cache-Control', 'public, no-cache');
    if (hasTag(known, etag)) void reply.status(304).send();
    else void reply.header('Content-Type', 'application/json; charset=utf-8').send(body);
  }

  @Post(':id/import')
  @HttpCode(200)
  @Access('admin', 'programmer')
  @Answers('What was created, changed and left as it was; all rows or none.', ImportReport)
  import(
    @Param('id') id: string,
    @Query(valid(ImportQuery)) query: ImportQuery,
    @Body(valid(ImportProgrammeBody)) body: ImportProgrammeBody,
    @CallerParam() caller: Caller,
  ): Promise<ImportReport> {
    if (!hasRole(caller, 'programmer', id)) throw roleNeeded({ edition: id });
    return this.importProgramme.execute({ editionId: id, files: body.files, dryRun: query.dryRun ?? false });
  }
}
