import { useQuery } from '@tanstack/react-query';
import { editionsQuery } from '../../api/screenings.api';
import { useWords } from '../../i18n';

/** The edition that the office works on: the newest, with its zone and the words in the person's language. */
export function useEdition() {
  const { language } = useWords();
  const { data } = useQuery(editionsQuery);
  const edition = data?.[0];
  return { id: edition?.id ?? '', zone: edition?.timezone ?? 'UTC', edition, language };
}
