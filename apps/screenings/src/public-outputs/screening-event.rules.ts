import type { FilmView, ScreeningView, VenueView } from '#libs/contracts';
import { type Language, type LocalText, venueLocal, zoneOffset } from '#libs/kernel';

/** schema.org's vocabulary (https://schema.org/ScreeningEvent) of one screening, for search engines. */
export interface ScreeningFacts {
  screening: ScreeningView;
  films: readonly FilmView[];
  venue: VenueView;
  /** Address of the page where seats are chosen. */
  url: string;
  language: Language;
}

/** "2019-09-16T19:30:00+06:00": the hour on the venue's wall with what it is ahead of UTC. */
export function offsetInstant(instant: Date, zone: string): string {
  const minutes = Math.round(zoneOffset(instant, zone) / 60_000);
  const sign = minutes < 0 ? '-' : '+';
  const two = (n: number) => `${Math.floor(Math.abs(n))}`.padStart(2, '0');
  return `${venueLocal(instant, zone)}:00${sign}${two(minutes / 60)}:${two(Math.abs(minutes) % 60)}`;
}

/** 123 → "PT2H3M". */
function duration(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  return `PT${hours > 0 ? `${hours}H` : ''}${minutes % 60 > 0 || hours === 0 ? `${minutes % 60}M` : ''}`;
}

function status(screening: ScreeningView): string {
  if (screening.state === 'cancelled') return 'https://schema.org/EventCancelled';
  return screening.movedFrom || screening.delay
    ? 'https://schema.org/EventRescheduled'
    : 'https://schema.org/EventScheduled';
}

function availability(screening: ScreeningView): string {
  if (screening.state === 'on-sale') return 'https://schema.org/InStock';
  return screening.state === 'announced' ? 'https://schema.org/PreOrder' : 'https://schema.org/OutOfStock';
}

const text = (value: LocalText, language: Language) => value[language];

function movieOf(film: FilmView, language: Language) {
  return {
    '@type': 'Movie',
    name: text(film.title, language),
    ...(film.original ? { alternateName: film.original } : {}),
    director: film.directors[language].map((name) => ({ '@type': 'Person', name })),
    duration: duration(film.minutes),
    dateCreated: `${film.year}`,
    ...(film.countries ? { countryOfOrigin: film.countries.map((name) => ({ '@type': 'Country', name })) } : {}),
    ...(film.languages ? { inLanguage: film.languages } : {}),
    ...(film.ageRating ? { contentRating: film.ageRating } : {}),
    ...(film.identifier ? { identifier: film.identifier } : {}),
    description: text(film.logline, language),
  };
}

/** The JSON-LD of a screening; what is not known is left out, nothing is guessed. */
export function screeningEvent({ screening, films, venue, url, language }: ScreeningFacts): Record<string, unknown> {
  const zone = screening.timezone;
  const at = (instant: string) => offsetInstant(new Date(instant), zone);
  const hall = venue.halls.find((one) => one.id === screening.hallId);
  const earlier = screening.movedFrom?.startsAt ?? screening.delay?.from;
  const works = films.map((film) => movieOf(film, language));
  return {
    '@context': 'https://schema.org',
    '@type': works.length > 0 ? 'ScreeningEvent' : 'Event',
    '@id': url,
    name: text(screening.title, language),
    url,
    startDate: at(screening.startsAt),
    endDate: at(screening.endsAt),
    doorTime: at(screening.doorsOpenAt),
    ...(earlier ? { previousStartDate: at(earlier) } : {}),
    eventStatus: status(screening),
    eventAttendanceMode: 'https://schema.org/OfflineEventAttendanceMode',
    ...(screening.ageRating ? { typicalAgeRange: screening.ageRating.replace('+', '-') } : {}),
    ...(screening.languages.length > 0 ? { inLanguage: screening.languages } : {}),
    ...(screening.subtitles.length > 0 ? { subtitleLanguage: screening.subtitles } : {}),
    ...(works.length > 0 ? { workPresented: works.length === 1 ? works[0] : works } : {}),
    maximumAttendeeCapacity: screening.seats,
    location: {
      '@type': works.length > 0 ? 'MovieTheater' : 'Place',
      name: hall ? `${text(venue.name, language)}, ${text(hall.name, language)}` : text(venue.name, language),
      address: venue.address,
      ...(venue.lat !== null && venue.lon !== null
        ? { geo: { '@type': 'GeoCoordinates', latitude: venue.lat, longitude: venue.lon } }
        : {}),
    },
    offers: screening.prices.map((price) => ({
      '@type': 'Offer',
      name: text(price.name, language),
      price: (price.amount / 100).toFixed(2),
      priceCurrency: price.currency,
      availability: availability(screening),
      url,
    })),
  };
}
