import { type Language, venueInstant } from '#libs/kernel';

/** Noon of a day at the venue: a place on a time axis that no zone moves to another day. */
export function noonOf(day: string, zone: string): Date {
  return venueInstant(`${day}T12:00`, zone);
}

/** "14": the day at the venue. */
export function dayWord(at: Date, zone: string, language: Language): string {
  return new Intl.DateTimeFormat(language === 'en' ? 'en' : 'ru', { day: 'numeric', timeZone: zone }).format(at);
}
