import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import {
  DocumentSet,
  DocumentSetFile,
  DocumentSets as DocumentSetList,
  DocumentSetOf,
  DocumentSetPreview,
  DocumentSetsOf,
  FreezeDocumentSet,
} from '#libs/contracts';
import { Database } from '#libs/persistence';
import {
  Access,
  Answers,
  type Caller,
  CallerParam,
  hasRole,
  Idempotency,
  IdempotencyKey,
  roleNeeded,
  valid,
} from '#libs/service-defaults';
import { documentSetUnknown } from './document-set.refusals.js';
import { DocumentSets } from './document-sets.js';
import { DocumentSetsQueries } from './document-sets.queries.js';
import { SetFiles } from './set-files.js';

const uuid = new ParseUUIDPipe({ exceptionFactory: () => documentSetUnknown() });
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** One form, three document sets: badges, the foreign ministry's accreditation, the table for visas. */
@Controller('document-sets')
@Access('accreditation-officer')
export class DocumentSetsController {
  constructor(
    private readonly sets: DocumentSets,
    private readonly queries: DocumentSetsQueries,
    private readonly files: SetFiles,
    private readonly database: Database,
    private readonly idempotency: Idempotency,
  ) {}

  @Get()
  @Answers('Sets of an edition, newest first.', DocumentSetList)
  list(
    @Query(valid(DocumentSetsOf)) { edition }: DocumentSetsOf,
    @CallerParam() officer: Caller,
  ): Promise<DocumentSetList> {
    requireOfficer(officer, edition);
    return this.queries.list(edition);
  }

  @Get('preview')
  @Answers('Who would be in the set now, with warnings and what is missing.', DocumentSetPreview)
  async preview(
    @Query(valid(DocumentSetOf)) { edition: editionId, kind }: DocumentSetOf,
    @CallerParam() officer: Caller,
  ): Promise<DocumentSetPreview> {
    requireOfficer(officer, editionId);
    const people = await this.sets.people(this.database.source.manager, { editionId, kind });
    return {
      editionId,
      kind,
      rules: this.sets.rules,
      people: people.map(({ data: _data, columns: _columns, ...person }) => person),
    };
  }

  @Post()
  @Answers('The set, frozen: later changes of an application are in the next one.', DocumentSet)
  async freeze(
    @Body(valid(FreezeDocumentSet)) body: FreezeDocumentSet,
    @CallerParam() officer: Caller,
    @IdempotencyKey() key: string,
  ): Promise<DocumentSet> {
    requireOfficer(officer, body.editionId);
    const call = { key, caller: officer.id, operation: 'freeze-document-set', body };
    const { id } = await this.idempotency.once(call, async (tx) => ({
      id: await this.sets.freeze(tx, { order: body, officer }),
    }));
    return this.queries.one(id, officer);
  }

  @Get(':id')
  @Answers('A set with its rows, their digests and who had to stay out.', DocumentSet)
  one(@Param('id', uuid) id: string, @CallerParam() officer: Caller): Promise<DocumentSet> {
    return this.queries.one(id, officer);
  }

  @Get(':id/file')
  @Answers('The frozen set as a spreadsheet or as pages, always as a download.')
  async file(
    @Param('id', uuid) id: string,
    @Query(valid(DocumentSetFile)) { format, table = 'people', language = 'ru' }: DocumentSetFile,
    @CallerParam() officer: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { set, people } = await this.queries.forFile(id, officer);
    const content =
      format === 'pdf' ? await this.files.pdf(set, people, language) : this.files.xlsx(set, people, table, language);
    const name = format === 'pdf' ? `${set.kind}-${id.slice(-8)}.pdf` : `${set.kind}-${table}-${id.slice(-8)}.xlsx`;
    await reply
      .header('Content-Type', format === 'pdf' ? 'application/pdf' : XLSX)
      .header('Content-Disposition', `attachment; filename="${name}"`)
      .header('X-Content-Type-Options', 'nosniff')
      .header('Cache-Control', 'private, no-store')
      .send(content);
  }
}

function requireOfficer(officer: Caller, editionId: string): void {
  if (!hasRole(officer, 'accreditation-officer', editionId)) throw roleNeeded();
}
