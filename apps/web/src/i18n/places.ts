import type { Language } from '#libs/kernel';

/** Browsers name no country in Kazakh; these are the festival's. Others are called as in Russian, which Kazakh texts mostly follow. */
const COUNTRIES: Record<string, string> = {
  AE: 'БАӘ',
  AM: 'Армения',
  AR: 'Аргентина',
  AT: 'Австрия',
  AU: 'Аустралия',
  AZ: 'Әзербайжан',
  BE: 'Бельгия',
  BG: 'Болгария',
  BR: 'Бразилия',
  BY: 'Беларусь',
  CA: 'Канада',
  CH: 'Швейцария',
  CN: 'Қытай',
  CZ: 'Чехия',
  DE: 'Германия',
  DK: 'Дания',
  EE: 'Эстония',
  EG: 'Мысыр',
  ES: 'Испания',
  FI: 'Финляндия',
  FR: 'Франция',
  GB: 'Ұлыбритания',
  GE: 'Грузия',
  GR: 'Грекия',
  HU: 'Мажарстан',
  IL: 'Израиль',
  IN: 'Үндістан',
  IR: 'Иран',
  IT: 'Италия',
  JP: 'Жапония',
  KG: 'Қырғызстан',
  KR: 'Оңтүстік Корея',
  KZ: 'Қазақстан',
  LT: 'Литва',
  LV: 'Латвия',
  MA: 'Марокко',
  MN: 'Моңғолия',
  NL: 'Нидерланд',
  NO: 'Норвегия',
  NZ: 'Жаңа Зеландия',
  OM: 'Оман',
  PL: 'Польша',
  PS: 'Палестина',
  PT: 'Португалия',
  QA: 'Катар',
  RO: 'Румыния',
  RS: 'Сербия',
  RU: 'Ресей',
  SE: 'Швеция',
  SK: 'Словакия',
  TJ: 'Тәжікстан',
  TM: 'Түрікменстан',
  TR: 'Түркия',
  UA: 'Украина',
  US: 'АҚШ',
  UZ: 'Өзбекстан',
};
const TONGUES: Record<string, string> = {
  ar: 'араб',
  az: 'әзербайжан',
  bg: 'болгар',
  cs: 'чех',
  de: 'неміс',
  en: 'ағылшын',
  es: 'испан',
  fa: 'парсы',
  fr: 'француз',
  he: 'иврит',
  it: 'италиян',
  ja: 'жапон',
  ka: 'грузин',
  kk: 'қазақ',
  ko: 'корей',
  lt: 'литва',
  lv: 'латыш',
  mi: 'маори',
  nl: 'нидерланд',
  pl: 'поляк',
  pt: 'португал',
  ru: 'орыс',
  sk: 'словак',
  tr: 'түрік',
  uk: 'украин',
  uz: 'өзбек',
  zh: 'қытай',
};
/** Short names of subtitle languages: "рус. · каз." */
const SHORT: Record<Language, Record<string, string>> = {
  kk: { kk: 'қаз.', ru: 'орыс.', en: 'ағыл.' },
  ru: { kk: 'каз.', ru: 'рус.', en: 'англ.' },
  en: { kk: 'Kazakh', ru: 'Russian', en: 'English' },
};

const kept = new Map<string, Intl.DisplayNames>();
/** Made once: a list of all countries asks 250 times. */
function displayNames(language: 'ru' | 'en', type: 'region' | 'language'): Intl.DisplayNames {
  const key = `${language} ${type}`;
  const names = kept.get(key) ?? new Intl.DisplayNames([language], { type });
  kept.set(key, names);
  return names;
}

function named(code: string, language: Language, type: 'region' | 'language', kazakh: Record<string, string>): string {
  if (language === 'kk' && kazakh[code]) return kazakh[code];
  const own: Record<string, Record<string, string>> = {
    ru: { PS: 'Палестина', CZ: 'Чехия' },
    en: { PS: 'Palestine', CZ: 'Czechia', TR: 'Turkey' },
  };
  const known = language === 'kk' ? 'ru' : language;
  return own[known]?.[code] ?? displayNames(known, type).of(code) ?? code;
}

export const countryName = (code: string, language: Language) => named(code, language, 'region', COUNTRIES);
export const tongueName = (code: string, language: Language) => named(code, language, 'language', TONGUES);
export const shortTongue = (code: string, language: Language) => SHORT[language][code] ?? tongueName(code, language);
