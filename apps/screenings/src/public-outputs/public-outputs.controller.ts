import { Controller, Get, Headers, Inject, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CalendarQuery, FeedQuery, type Programme } from '#libs/contracts';
import { Access, Answers, type CommonSettings, SETTINGS, valid } from '#libs/service-defaults';
import { ProgrammeQueries } from '../programme/programme.queries.js';
import { screeningUnknown } from '../screenings/screening.refusals.js';
import { etagOf, hasTag, ScreeningsQueries } from '../screenings/screenings.queries.js';
import { EditionCalendar } from './edition-calendar.js';
import { screeningEvent } from './screening-event.rules.js';

/** What others read of the programme: calendars and search engines. */
@Controller()
export class PublicOutputsController {
  constructor(
    private readonly calendar: EditionCalendar,
    private readonly programme: ProgrammeQueries,
    private readonly screenings: ScreeningsQueries,
    @Inject(SETTINGS) private readonly settings: CommonSettings,
  ) {}

  @Get('editions/:id/calendar.ics')
  @Access('public')
  @Answers('The edition’s public screenings as an iCalendar feed, or some of them alone; with an ETag.')
  async feed(
    @Param('id') id: string,
    @Query(valid(FeedQuery)) query: FeedQuery,
    @Headers('if-none-match') known: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const language = query.language ?? 'en';
    const { etag, body } = query.only
      ? await this.calendar.some(id, language, new Set(query.only.split(',')))
      : await this.calendar.body(id, language);
    send(reply, 'text/calendar; charset=utf-8', body, etag, known);
  }

  @Get('screenings/:id/schema.org')
  @Access('public')
  @Answers('The screening as schema.org’s ScreeningEvent in JSON-LD, with an ETag.')
  async event(
    @Param('id') id: string,
    @Query(valid(CalendarQuery)) query: CalendarQuery,
    @Headers('if-none-match') known: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const screening = await this.screenings.one(id, false);
    const { body } = await this.programme.bytes(screening.editionId);
    const { films, venues } = JSON.parse(body.toString()) as Programme;
    const venue = venues.find((one) => one.id === screening.venueId);
    if (!venue) throw screeningUnknown({ screeningId: id });
    const shown = screening.items.flatMap((item) => films.find((film) => film.id === item.filmId) ?? []);
    const url = `${this.settings.PUBLIC_URL}/screenings/${id}`;
    const text = JSON.stringify(
      screeningEvent({ screening, films: shown, venue, url, language: query.language ?? 'en' }),
    );
    send(reply, 'application/ld+json; charset=utf-8', text, etagOf(text), known);
  }
}

function send(reply: FastifyReply, type: string, body: string, etag: string, known: string | undefined): void {
  void reply.header('ETag', etag).header('Cache-Control', 'public, no-cache');
  if (hasTag(known, etag)) void reply.status(304).send();
  else void reply.header('Content-Type', type).send(body);
}
