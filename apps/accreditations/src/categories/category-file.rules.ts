import type { AccreditationFile, CategoryFileRow } from '#libs/contracts';
import { type FieldProblem, fieldsOfCondition, type LocalText, searchFold } from '#libs/kernel';
import { COUNTED_FIELDS } from './quota.rules.js';

function problem(field: string, code: string, reason: LocalText): FieldProblem {
  return { field, code, reason };
}

const TWICE: LocalText = { kk: 'Қайталанып тұр.', ru: 'Встречается дважды.', en: 'Stands here twice.' };

function repeated(values: readonly string[], pointer: (index: number) => string): FieldProblem[] {
  return values.flatMap((value, index) =>
    values.indexOf(value) < index ? [problem(pointer(index), 'row-repeated', TWICE)] : [],
  );
}

const AFTER: LocalText = {
  kk: 'Шарт осыдан бұрынғы өрістерге ғана қарай алады.',
  ru: 'Условие смотрит только на поля, которые стоят раньше.',
  en: 'A condition looks at fields that stand before it.',
};

/** Conditions that look at a field that the form lacks or asks for later: they could never be judged in one pass. */
function problemsOfConditions(row: CategoryFileRow, at: string): FieldProblem[] {
  const ids = row.form.map((field) => field.id);
  return [
    ...row.form.flatMap((field, index) =>
      fieldsOfCondition(field.when).some((id) => !ids.slice(0, index).includes(id))
        ? [problem(`${at}/form/${index}/when`, 'row-condition', AFTER)]
        : [],
    ),
    ...row.evidence.flatMap((rule, index) =>
      fieldsOfCondition(rule.when).some((id) => !ids.includes(id))
        ? [problem(`${at}/evidence/${index}/when`, 'row-condition', AFTER)]
        : [],
    ),
  ];
}

function problemsOfCategory(row: CategoryFileRow, at: string): FieldProblem[] {
  const found = [
    ...repeated(
      row.form.map((field) => field.id),
      (index) => `${at}/form/${index}/id`,
    ),
    ...repeated(
      row.evidence.map((rule) => rule.kind),
      (index) => `${at}/evidence/${index}/kind`,
    ),
    ...repeated(
      row.quotas.map((quota) => quota.of),
      (index) => `${at}/quotas/${index}/of`,
    ),
    ...problemsOfConditions(row, at),
  ];
  if (!row.form.some((field) => field.id === 'name' && field.required))
    found.push(
      problem(`${at}/form`, 'row-name-missing', {
        kk: 'Міндетті "name" өрісі керек: ол бейджге басылады.',
        ru: 'Нужно обязательное поле «name»: оно печатается на бейдже.',
        en: 'A required field "name" is needed: it is printed on the badge.',
      }),
    );
  const asked = new Map(row.form.map((field) => [field.id, field]));
  row.quotas.forEach((quota, index) => {
    for (const field of COUNTED_FIELDS[quota.of])
      if (!asked.has(field) || (field === 'country' && asked.get(field)?.kind !== 'country'))
        found.push(
          problem(`${at}/quotas/${index}/of`, 'row-quota-field', {
            kk: `Бұл квотаға «${field}» өрісі керек.`,
            ru: `Этой квоте нужно поле «${field}».`,
            en: `This quota needs the field "${field}".`,
          }),
        );
  });
  if (row.opensAt !== undefined && row.closesAt !== undefined && row.opensAt >= row.closesAt)
    found.push(
      problem(`${at}/closesAt`, 'row-dates', {
        kk: 'Қабылдау басталмай жабылады.',
        ru: 'Приём закрывается раньше, чем открывается.',
        en: 'It closes before it opens.',
      }),
    );
  row.form.forEach((field, index) => {
    if (field.kind === 'choice' && !field.choices)
      found.push(
        problem(`${at}/form/${index}/choices`, 'row-choices-missing', {
          kk: 'Таңдау нұсқалары керек.',
          ru: 'Нужны варианты выбора.',
          en: 'A choice needs its options.',
        }),
      );
  });
  row.evidence.forEach((rule, index) => {
    if (rule.minCount > rule.maxCount || (rule.required && rule.minCount === 0))
      found.push(
        problem(`${at}/evidence/${index}/minCount`, 'row-count', {
          kk: 'Міндетті құжаттың саны 1-ден кем емес, ең көп саннан артық емес.',
          ru: 'Обязательных файлов не меньше 1 и не больше maxCount.',
          en: 'A required kind needs at least 1 file and no more than maxCount.',
        }),
      );
  });
  return found;
}

/** What the shapes can't say: rows that stand twice, point nowhere or contradict themselves; by pointer. */
export function problemsOfFile(file: AccreditationFile): FieldProblem[] {
  const categories = new Map(file.categories.toReversed().map((row) => [row.id, row]));
  const functions = new Set(file.functions.map((row) => row.id));
  const found = [
    ...repeated(
      file.functions.map((row) => row.id),
      (index) => `functions/${index}/id`,
    ),
    ...file.categories.flatMap((row, index) =>
      functions.has(row.function)
        ? []
        : [
            problem(`categories/${index}/function`, 'row-function', {
              kk: 'Мұндай функция жоқ.',
              ru: 'Такой функции нет.',
              en: 'There is no such function.',
            }),
          ],
    ),
    ...repeated(
      file.categories.map((row) => row.id),
      (index) => `categories/${index}/id`,
    ),
    ...file.categories.flatMap((row, index) => problemsOfCategory(row, `categories/${index}`)),
  ];
  const keys = new Map<string, number>();
  file.outlets.forEach((row, index) => {
    if (!categories.get(row.category)?.quotas.some((quota) => quota.of.startsWith('outlet')))
      found.push(
        problem(`outlets/${index}/category`, 'row-category', {
          kk: 'Басылым квотасы бар мұндай санат жоқ.',
          ru: 'Нет такой категории с квотой изданий.',
          en: 'There is no such category with a quota by outlet.',
        }),
      );
    for (const name of [row.name, ...(row.aliases ?? [])]) {
      const key = `${row.category}/${searchFold(name)}`;
      const earlier = keys.get(key);
      if (earlier !== undefined) found.push(problem(`outlets/${index}/name`, 'row-repeated', TWICE));
      keys.set(key, index);
    }
  });
  return found;
}
