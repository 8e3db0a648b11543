import type { FormField } from '#libs/contracts';
import {
  conditionHolds,
  countingAnswers,
  type FieldProblem,
  isCountry,
  isKazakhNumber,
  type LocalText,
} from '#libs/kernel';
import { isCrew, isEquipment } from './lists.rules.js';

type Against = [code: string, reason: LocalText];

const PHONE = /^\+?[\d\s()-]{6,32}$/;
/** Letters as a passport prints them, with what may stand between them. */
const PASSPORT_NAME = /^\p{Script=Latin}+(?:[ '’.-]+\p{Script=Latin}+)*\.?$/u;

function format(kk: string, ru: string, en: string): Against {
  return ['field-format', { kk, ru, en }];
}

/** A real day of the calendar, "2019-09-14". */
export function isDay(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const day = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value);
}

/** Twelve digits with their check digit, of which the first six are a day of birth; a business number has none. */
export function isIin(value: string): boolean {
  const [month, day] = [Number(value.slice(2, 4)), Number(value.slice(4, 6))];
  return isKazakhNumber(value) && month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

const KINDS: Record<FormField['kind'], (value: string, field: FormField) => Against | undefined> = {
  text: () => undefined,
  'long-text': () => undefined,
  choice: (value, field) =>
    field.choices?.some((choice) => choice.id === value)
      ? undefined
      : ['field-choice', { kk: 'Тізімнен таңдаңыз.', ru: 'Выберите из списка.', en: 'Please choose from the list.' }],
  'yes-no': (value) =>
    value === 'yes' || value === 'no'
      ? undefined
      : ['field-choice', { kk: 'Иә немесе жоқ.', ru: 'Да или нет.', en: 'Yes or no.' }],
  phone: (value) =>
    PHONE.test(value)
      ? undefined
      : format(
          'Нөмірді +7 701 000 00 00 түрінде жазыңыз.',
          'Напишите номер как +7 701 000 00 00.',
          'Please write the number like +7 701 000 00 00.',
        ),
  url: (value) =>
    /^https?:$/.test(URL.parse(value)?.protocol ?? '')
      ? undefined
      : format(
          'Мекенжай https:// деп басталсын.',
          'Адрес должен начинаться с https://.',
          'The address must begin with https://.',
        ),
  date: (value) =>
    isDay(value)
      ? undefined
      : format(
          'Күнді 2019-09-14 түрінде жазыңыз.',
          'Напишите дату как 2019-09-14.',
          'Please write the date like 2019-09-14.',
        ),
  number: (value) =>
    /^-?\d{1,12}([.,]\d{1,6})?$/.test(value)
      ? undefined
      : format('Сан жазыңыз.', 'Напишите число.', 'Please write a number.'),
  country: (value) =>
    isCountry(value)
      ? undefined
      : [
          'field-country',
          {
            kk: 'Елді тізімнен таңдаңыз (екі әріптік код, мысалы KZ).',
            ru: 'Выберите страну из списка (код из двух букв, например KZ).',
            en: 'Please choose a country from the list (its two-letter code, like KZ).',
          },
        ],
  iin: (value) =>
    isIin(value)
      ? undefined
      : [
          'field-iin',
          {
            kk: 'ЖСН 12 цифрдан тұрады; бақылау цифры сәйкес емес.',
            ru: 'ИИН — 12 цифр; контрольная цифра не сходится.',
            en: 'An IIN has 12 digits; the check digit of this one does not fit.',
          },
        ],
  'passport-name': (value) =>
    PASSPORT_NAME.test(value)
      ? undefined
      : [
          'field-passport-name',
          {
            kk: 'Паспорттағыдай латын әріптерімен жазыңыз.',
            ru: 'Напишите латиницей, как в паспорте.',
            en: 'Please write it in Latin letters, as the passport does.',
          },
        ],
  equipment: (value) =>
    isEquipment(value)
      ? undefined
      : [
          'field-list',
          {
            kk: 'Әр жолда атауы, сериялық нөмірі және құны болсын.',
            ru: 'В каждой строке нужны название, серийный номер и стоимость.',
            en: 'Each row needs an item, a serial number and a value.',
          },
        ],
  crew: (value) =>
    isCrew(value)
      ? undefined
      : [
          'field-list',
          {
            kk: 'Әр жолда есімі мен қызметі болсын.',
            ru: 'В каждой строке нужны имя и работа.',
            en: 'Each row needs a name and a job.',
          },
        ],
};

function reasonAgainst(field: FormField, value: string): Against | undefined {
  if (value.length > field.maxLength)
    return [
      'field-too-large',
      {
        kk: `Ең көбі ${field.maxLength} таңба.`,
        ru: `Не больше ${field.maxLength} знаков.`,
        en: `At most ${field.maxLength} characters.`,
      },
    ];
  return KINDS[field.kind](value, field);
}

/** Answers to questions that the form never had; a draft refuses nothing else. */
export function unknownAnswers(form: readonly FormField[], answers: Readonly<Record<string, string>>): FieldProblem[] {
  const known = new Set(form.map((field) => field.id));
  return Object.keys(answers)
    .filter((id) => !known.has(id))
    .map((id) => ({
      field: `fields/${id}`,
      code: 'field-unknown',
      reason: { kk: 'Мұндай өріс жоқ.', ru: 'Такого поля нет.', en: 'There is no such field.' },
    }));
}

/** Everything that is wrong or missing in the answers to a form, by field; what is not asked for is never wrong. */
export function problemsOfAnswers(
  form: readonly FormField[],
  answers: Readonly<Record<string, string>>,
): FieldProblem[] {
  const counting = countingAnswers(form, answers);
  return form.flatMap((field) => {
    if (!conditionHolds(field.when, counting)) return [];
    const value = counting[field.id];
    if (value === undefined)
      return field.required
        ? [
            {
              field: `fields/${field.id}`,
              code: 'field-missing',
              reason: { kk: 'Бұл өріс керек.', ru: 'Это поле обязательно.', en: 'This field is needed.' },
            },
          ]
        : [];
    const against = reasonAgainst(field, value);
    return against ? [{ field: `fields/${field.id}`, code: against[0], reason: against[1] }] : [];
  });
}

/** A draft as it is kept: as it was typed, without what was emptied. */
export function keptAnswers(answers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(answers).filter(([, value]) => value !== ''));
}
