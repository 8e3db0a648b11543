import { defineRefusal } from '#libs/kernel';

export const moveUnknown = defineRefusal('move-unknown', 'not-found', {
  kk: 'Мұндай ауыстыру жоқ.',
  ru: 'Такого переноса нет.',
  en: 'There is no such move.',
});
export const nothingMoves = defineRefusal('nothing-moves', 'invalid', {
  kk: 'Жаңа уақыт та, зал да, жоспар да аталмаған.',
  ru: 'Не названы ни новое время, ни зал, ни схема.',
  en: 'Neither another time, nor another hall or plan is named.',
});
export const moveStepIllegal = defineRefusal('move-step-illegal', 'conflict', {
  kk: 'Ауыстыру қазір мұндай күйде емес.',
  ru: 'Перенос сейчас не в том состоянии.',
  en: 'The move’s present state does not allow this.',
});
export const previewChanged = defineRefusal('move-preview-changed', 'stale', {
  kk: 'Сіз көргеннен кейін орындар өзгерді. Жаңа кестені қарап, қайта растаңыз.',
  ru: 'С тех пор рассадка изменилась. Посмотрите новую и подтвердите её.',
  en: 'Seats have changed since. Please look at the new preview and confirm that.',
});
export const undoOver = defineRefusal('move-undo-over', 'gone', {
  kk: 'Ауыстыруды қайтаратын 10 минут өтіп кетті.',
  ru: 'Десять минут на отмену переноса прошли.',
  en: 'The ten minutes in which the move could be undone are over.',
});
export const pricesMissing = defineRefusal('move-prices-missing', 'invalid', {
  kk: 'Жаңа жоспардың баға санаттарына баға қойылмаған.',
  ru: 'Для ценовых категорий новой схемы не названы цены.',
  en: 'The price categories of the new plan have no prices.',
});
