import { Body, Controller, Delete, Get, Headers, HttpCode, Param, Put } from '@nestjs/common';
import { EventView, FilmView, OfficeProgramme, PutEvent, PutFilm, PutSection, SectionView } from '#libs/contracts';
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
import { OfficeProgrammeQueries } from './office-programme.queries.js';
import { RecordEntry, type Seen } from './record-entry.js';

const ID = /^[a-z0-9][a-z0-9-]{0,79}$/;

@Controller('editions/:id')
export class ProgrammeOfficeController {
  constructor(
    private readonly record: RecordEntry,
    private readonly programme: OfficeProgrammeQueries,
  ) {}

  @Get('office-programme')
  @Access('programmer', 'house-manager')
  @Answers(
    'The programme with drafts, plans, price lists, open moves and what is in each other’s way.',
    OfficeProgramme,
  )
  read(@Param('id') id: string, @CallerParam() caller: Caller): Promise<OfficeProgramme> {
    if (!hasRole(caller, 'programmer', id) && !hasRole(caller, 'house-manager', id)) throw roleNeeded({ edition: id });
    return this.programme.of(id);
  }

  @Put('sections/:entryId')
  @Access('programmer')
  @Answers('The section as everybody sees it now.', SectionView)
  section(
    @Param('id') id: string,
    @Param('entryId') entryId: string,
    @Body(valid(PutSection)) body: PutSection,
    @CallerParam() caller: Caller,
    @Headers() headers: Conditions,
  ): Promise<SectionView> {
    requireEdition(caller, id, entryId);
    return this.record.section(id, entryId, body, seenIn(headers));
  }

  @Put('films/:entryId')
  @Access('programmer')
  @Answers('The film as everybody sees it now; screenings whose rating was pending take its rating over.', FilmView)
  film(
    @Param('id') id: string,
    @Param('entryId') entryId: string,
    @Body(valid(PutFilm)) body: PutFilm,
    @CallerParam() caller: Caller,
    @Headers() headers: Conditions,
  ): Promise<FilmView> {
    requireEdition(caller, id, entryId);
    return this.record.film(id, entryId, body, seenIn(headers));
  }

  @Put('events/:entryId')
  @Access('programmer')
  @Answers('The event as everybody sees it now.', EventView)
  event(
    @Param('id') id: string,
    @Param('entryId') entryId: string,
    @Body(valid(PutEvent)) body: PutEvent,
    @CallerParam() caller: Caller,
    @Headers() headers: Conditions,
  ): Promise<EventView> {
    requireEdition(caller, id, entryId);
    return this.record.event(id, entryId, body, seenIn(headers));
  }

  @Delete('events/:entryId')
  @HttpCode(204)
  @Access('programmer')
  @Answers('The event is gone.')
  removeEvent(
    @Param('id') id: string,
    @Param('entryId') entryId: string,
    @CallerParam() caller: Caller,
  ): Promise<void> {
    requireEdition(caller, id, entryId);
    return this.record.remove(id, 'event', entryId);
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

interface Conditions {
  'if-match'?: string;
  'if-none-match'?: string;
}

/** `If-Match` with a tag: changes what was seen. `If-None-Match: *`: makes what is new. */
function seenIn(headers: Conditions): Seen {
  return { tag: headers['if-match'], nothing: headers['if-none-match'] === '*' };
}

function requireEdition(caller: Caller, edition: string, entry: string): void {
  if (!hasRole(caller, 'programmer', edition)) throw roleNeeded({ edition });
  if (!ID.test(entry)) throw bodyInvalid({ in: 'param', id: entry });
}
