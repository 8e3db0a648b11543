import i18next from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import { isLanguage, type Language, pluralForm, preferredLanguage } from '#libs/kernel';
import { speakTo } from '../api/client';

const KEPT = 'seans.language';

type Words = Record<string, string>;
const FILES = {
  ...import.meta.glob<Words>('./common/*.json', { import: 'default' }),
  ...import.meta.glob<Words>('../areas/**/words/*.json', { import: 'default' }),
};

/** Whose words: everybody's, or one area's. Only the language in use is fetched. */
export type WordsOf =
  | 'common'
  | 'shop'
  | 'accreditation'
  | 'back-office'
  | `back-office/${string}`
  | 'box-office'
  | 'scanner'
  | 'design';
const heard = new Set<WordsOf>();

async function fetchWords(of: WordsOf, language: Language): Promise<void> {
  const file = of === 'common' ? `./common/${language}.json` : `../areas/${of}/words/${language}.json`;
  const words = await FILES[file]!();
  i18next.addResourceBundle(language, 'translation', words, true, true);
}

/** A page together with the words of its area; for `lazy()`. */
export async function withWords<T>(of: WordsOf, page: Promise<T>): Promise<T> {
  heard.add(of);
  const [loaded] = await Promise.all([page, fetchWords(of, i18next.language as Language)]);
  return loaded;
}

function firstLanguage(): Language {
  const kept = localStorage.getItem(KEPT);
  return isLanguage(kept) ? kept : preferredLanguage(navigator.languages.join(','));
}

function wear(language: Language): void {
  document.documentElement.lang = language;
  localStorage.setItem(KEPT, language);
  // The page's first words come from the server, which reads no storage.
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser yet
  document.cookie = `${KEPT}=${language}; Path=/; Max-Age=31536000; SameSite=Lax`;
  speakTo(language);
}

export async function startLanguages(): Promise<void> {
  const lng = firstLanguage();
  await i18next.use(initReactI18next).init({
    lng,
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
    resources: {},
  });
  await withWords('common', Promise.resolve());
  wear(lng);
}

async function speak(next: Language): Promise<void> {
  await Promise.all([...heard].map((of) => fetchWords(of, next)));
  wear(next);
  await i18next.changeLanguage(next);
}

/** The language of the page, its words, and the switch; changing it keeps what is on the page. */
export function useWords() {
  const { t, i18n } = useTranslation();
  const language = i18n.language as Language;
  return {
    t: (key: string, values: Record<string, string | number> = {}): string => t(key, values),
    language,
    /** A message with a number: its keys end in `_one`, `_few`, `_many`; Kazakh needs only `_one`. */
    count: (key: string, n: number, values: Record<string, string | number> = {}): string => {
      const form = pluralForm(n, language);
      const known = i18n.exists(`${key}_${form}`) ? form : 'many';
      return t(`${key}_${known}`, { n, ...values });
    },
    speak: (next: Language) => void speak(next),
  };
}
