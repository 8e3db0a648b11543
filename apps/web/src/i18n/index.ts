import i18next from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import { isLanguage, type Language, pluralForm, preferredLanguage } from '#libs/kernel';
import { speakTo } from '../api/client';
import en from './en.json';
import kk from './kk.json';
import ru from './ru.json';

const KEPT = 'seans.language';

function firstLanguage(): Language {
  const kept = localStorage.getItem(KEPT);
  return isLanguage(kept) ? kept : preferredLanguage(navigator.languages.join(','));
}

function wear(language: Language): void {
  document.documentElement.lang = language;
  localStorage.setItem(KEPT, language);
  speakTo(language);
}

export async function startLanguages(): Promise<void> {
  const lng = firstLanguage();
  await i18next.use(initReactI18next).init({
    lng,
    fallbackLng: 'en',
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
    resources: { kk: { translation: kk }, ru: { translation: ru }, en: { translation: en } },
  });
  wear(lng);
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
    speak: (next: Language) => {
      wear(next);
      void i18n.changeLanguage(next);
    },
  };
}
