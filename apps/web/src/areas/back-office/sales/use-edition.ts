import { useQuery } from '@tanstack/react-query';
import { type Language, venueInstant } from '#libs/kernel';
import { editionsQuery } from '../../../api/screenings.api';
import { useWords } from '../../../i18n';

/** The edition that the office works on: the newest, with its zone and the words in the person's language. */
export function useEdition() {
  const { language } = useWords();
  const { data } = useQuery(editionsQuery);
  const edition = data?.[0];
  return { id: edition?.id ?? '', zone: edition?.timezone ?? 'UTC', edition, language };
}

/** Noon of a day at the venue: a place on a time axis that no zone moves to another day. */
export function noonOf(day: string, zone: string): Date {
  return venueInstant(`${day}T12:00`, zone);
}

/** "14", or the day with its month where it is the first that is shown. */
export function dayWord(at: Date, zone: string, language: Language): string {
  return new Intl.DateTimeFormat(language === 'en' ? 'en' : 'ru', { day: 'numeric', timeZone: zone }).format(at);
}
