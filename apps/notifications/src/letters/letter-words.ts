import type { LocalText } from '#libs/kernel';

/** Words of every letter; compiled into the layouts. */
export const FESTIVAL: LocalText = {
  kk: 'Алматы кинофестивалі',
  ru: 'Алматинский кинофестиваль',
  en: 'Almaty Film Festival',
};

export const LEAVING: LocalText = {
  kk: 'Мұндай хаттарды енді алмау',
  ru: 'Больше не получать таких писем',
  en: 'Stop getting mails of this kind',
};
