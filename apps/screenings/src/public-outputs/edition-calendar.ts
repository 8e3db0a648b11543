import { Inject, Injectable } from '@nestjs/common';
import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import type { Programme } from '#libs/contracts';
import type { Language, LocalText } from '#libs/kernel';
import { Database } from '#libs/persistence';
import { type CommonSettings, SETTINGS } from '#libs/service-defaults';
import { ProgrammeQueries } from '../programme/programme.queries.js';
import { etagOf } from '../screenings/screenings.queries.js';

const MINUTES: LocalText = { kk: 'мин', ru: 'мин', en: 'min' };

/** An edition's public screenings as a calendar that clients subscribe to. */
@Injectable()
export class EditionCalendar {
  private readonly kept = new Map<string, { of: string; etag: string; body: string }>();

  constructor(
    private readonly database: Database,
    private readonly programme: ProgrammeQueries,
    @Inject(SETTINGS) private readonly settings: CommonSettings,
  ) {}

  /**
   * One entry per screening: its UID never changes, its SEQUENCE is the screening's version, a cancelled one is told as
   * CANCELLED. The same programme gives the same bytes.
   */
  async body(editionId: string, language: Language): Promise<{ etag: string; body: string }> {
    const { etag, body } = await this.programme.bytes(editionId);
    const key = `${editionId}/${language}`;
    const known = this.kept.get(key);
    if (known?.of === etag) return known;
    const programme = JSON.parse(body.toString()) as Programme;
    const text = await this.write(programme, language);
    const kept = { of: etag, etag: etagOf(text), body: text };
    this.kept.set(key, kept);
    return kept;
  }

  /** The same entries, of these screenings alone; one that is not the edition's, or not public, is left out. */
  async some(
    editionId: string,
    language: Language,
    only: ReadonlySet<string>,
  ): Promise<{ etag: string; body: string }> {
    const programme = JSON.parse((await this.programme.bytes(editionId)).body.toString()) as Programme;
    const screenings = programme.screenings.filter((screening) => only.has(screening.id));
    const text = await this.write({ ...programme, screenings }, language);
    return { etag: etagOf(text), body: text };
  }

  private async write(programme: Programme, language: Language): Promise<string> {
    const told = new Map(
      (
        await this.database.query<{ id: string; at: Date }>(
          'SELECT id, told_at AS at FROM screening WHERE edition_id = $1 AND told_at IS NOT NULL',
          [programme.edition.id],
        )
      ).map((row) => [row.id, row.at]),
    );
    const say = (text: LocalText) => text[language];
    const calendar = ical({
      prodId: '//Seans//Programme//EN',
      method: ICalCalendarMethod.PUBLISH,
      name: say(programme.edition.name),
      timezone: null,
    });
    for (const screening of programme.screenings) {
      const venue = programme.venues.find((one) => one.id === screening.venueId);
      const hall = venue?.halls.find((one) => one.id === screening.hallId);
      const url = `${this.settings.PUBLIC_URL}/screenings/${screening.id}`;
      const notes = [
        ...screening.items.flatMap((item) => {
          const title = programme.films.find((film) => film.id === item.filmId)?.title ?? item.title;
          return title ? [`${say(title)}, ${item.minutes} ${say(MINUTES)}`] : [];
        }),
        ...(screening.ageRating ? [screening.ageRating] : []),
        ...(screening.guardianNote ? [say(screening.guardianNote)] : []),
        url,
      ];
      calendar.createEvent({
        id: `${screening.id}@seans`,
        sequence: screening.version,
        stamp: told.get(screening.id) ?? new Date(screening.startsAt),
        start: new Date(screening.startsAt),
        end: new Date(screening.endsAt),
        summary: say(screening.title),
        location: [venue && say(venue.name), hall && say(hall.name), venue?.address].filter(Boolean).join(', '),
        description: notes.join('\n'),
        url,
        status: screening.state === 'cancelled' ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
      });
    }
    return calendar.toString();
  }
}
