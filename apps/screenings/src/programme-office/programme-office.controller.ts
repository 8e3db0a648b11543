import { Body, Controller, Delete, HttpCode, Param, Put } from '@nestjs/common';
import { FilmView, PutFilm, PutSection, SectionView } from '#libs/contracts';
import {
  Access,
  Answers,
  bodyInvalid,
  type Caller,
  CallerParam,
  hasRole,
  roleNeeded,
  valid,
} from '#libs/service-defaults';
import { RecordEntry } from './record-entry.js';

const ID = /^[a-z0-9][a-z0-9-]{0,79}$/;

@Controller('editions/:id')
export class ProgrammeOfficeController {
  constructor(private readonly record: RecordEntry) {}

  @Put('sections/:entryId')
  @Access('programmer')
  @Answers('The section as everybody sees it now.', SectionView)
  section(
    @Param('id') id: string,
    @Param('entryId') entryId: string,
    @Body(valid(PutSection)) body: PutSection,
    @CallerParam() caller: Caller,
  ): Promise<SectionView> {
    requireEdition(caller, id, entryId);
    return this.record.section(id, entryId, body);
  }

  @Put('films/:entryId')
  @Access('programmer')
  @Answers('The film as everybody sees it now; screenings whose rating was pending take its rating over.', FilmView)
  film(
    @Param('id') id: string,
    @Param('entryId') entryId: string,
    @Body(valid(PutFilm)) body: PutFilm,
    @CallerParam() caller: Caller,
  ): Promise<FilmView> {
    requireEdition(caller, id, entryId);
    return this.record.film(id, entryId, body);
  }

  @Delete('sections/:entryId')
  @HttpCode(204)
  @Access('programmer')
  @Answers('The section is gone; refused while anything points to it.')
  removeSection(
    @Param('id') id: string,
    @Param('entryId') entryId: string,
    @CallerParam() caller: Caller,
  ): Promise<void> {
    requireEdition(caller, id, entryId);
    return this.record.remove(id, 'section', entryId);
  }

  @Delete('films/:entryId')
  @HttpCode(204)
  @Access('programmer')
  @Answers('The film is gone; refused while a screening shows it.')
  removeFilm(@Param('id') id: string, @Param('entryId') entryId: string, @CallerParam() caller: Caller): Promise<void> {
    requireEdition(caller, id, entryId);
    return this.record.remove(id, 'film', entryId);
  }
}

function requireEdition(caller: Caller, edition: string, entry: string): void {
  if (!hasRole(caller, 'programmer', edition)) throw roleNeeded({ edition });
  if (!ID.test(entry)) throw bodyInvalid({ in: 'param', id: entry });
}
