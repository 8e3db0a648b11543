import type { LocalText } from '#libs/kernel';
import type { PlanProblem } from './seat-plan.rules.js';

/** Why a plan can't be sold from, in words. */
export const PLAN_REASONS: Record<PlanProblem['code'], LocalText> = {
  'plan-malformed': { kk: 'Орын жоспары дұрыс емес.', ru: 'Схема зала испорчена.', en: 'The seat plan is malformed.' },
  'plan-too-large': {
    kk: 'Орын саны дұрыс емес.',
    ru: 'Негодное число мест.',
    en: 'The plan has no seats or too many.',
  },
  'seat-repeated': {
    kk: 'Орын екі рет кездеседі.',
    ru: 'Место встречается дважды.',
    en: 'A seat stands in the plan twice.',
  },
  'seat-without-number': { kk: 'Орынның нөмірі жоқ.', ru: 'У места нет номера.', en: 'A seat has no number.' },
  'place-repeated': {
    kk: 'Қатарда бір нөмір екі рет бар.',
    ru: 'Номер в ряду повторяется.',
    en: 'A number stands in the row twice.',
  },
  'row-empty': { kk: 'Қатарда орын жоқ.', ru: 'В ряду нет мест.', en: 'A row has no seats.' },
  'row-repeated': {
    kk: 'Қатар екі рет кездеседі.',
    ru: 'Ряд встречается дважды.',
    en: 'A row stands in the plan twice.',
  },
  'category-unknown': {
    kk: 'Мұндай баға санаты жоқ.',
    ru: 'Такой ценовой категории нет.',
    en: 'There is no such price category.',
  },
  'wheelchair-unknown': {
    kk: 'Арба орны жоспарда жоқ.',
    ru: 'Места для коляски нет в схеме.',
    en: 'A wheelchair place is not in the plan.',
  },
  'companion-without-seat': {
    kk: 'Серік орнының арба орны жоқ.',
    ru: 'У места спутника нет места для коляски.',
    en: 'A companion place has no wheelchair place.',
  },
  'row-unnamed': { kk: 'Қатардың аты жоқ.', ru: 'У ряда нет имени.', en: 'A row has no name.' },
  'seat-id-too-long': {
    kk: 'Орынның белгісі тым ұзын.',
    ru: 'Слишком длинное обозначение места.',
    en: 'A seat’s id is too long.',
  },
  'seat-outside': {
    kk: 'Орын жоспардың сыртында тұр.',
    ru: 'Место стоит за краем схемы.',
    en: 'A seat stands outside the plan.',
  },
  'seats-collide': {
    kk: 'Екі орын бір нүктеде тұр.',
    ru: 'Два места стоят в одной точке.',
    en: 'Two seats stand on the same spot.',
  },
  'category-repeated': {
    kk: 'Баға санаты екі рет кездеседі.',
    ru: 'Ценовая категория повторяется.',
    en: 'A price category stands in the plan twice.',
  },
  'wheelchair-repeated': {
    kk: 'Арба орны екі рет аталған.',
    ru: 'Место для коляски названо дважды.',
    en: 'A wheelchair place is named twice.',
  },
};

/** The text with what it is about ("14-2") put behind. */
export function withAbout(text: LocalText, about?: string): LocalText {
  if (!about) return text;
  return { kk: `${text.kk} (${about})`, ru: `${text.ru} (${about})`, en: `${text.en} (${about})` };
}

/** What a problem is about: its seat, else the facts. */
export function aboutOf(problem: PlanProblem): string | undefined {
  return problem.seat ?? (problem.facts ? Object.values(problem.facts).join(' ') : undefined);
}
