import type { AccreditationFile, CategoryRow } from '#libs/contracts';
import { type FieldProblem, type LocalText, searchFold } from '#libs/kernel';

function problem(field: string, code: string, reason: LocalText): FieldProblem {
  return { field, code, reason };
}

const TWICE: LocalText = { kk: 'Қайталанып тұр.', ru: 'Встречается дважды.', en: 'Stands here twice.' };

function repeated(values: readonly string[], pointer: (index: number) => string): FieldProblem[] {
  return values.flatMap((value, index) =>
    values.indexOf(value) < index ? [problem(pointer(index), 'row-repeated', TWICE)] : [],
  );
}

function problemsOfCategory(row: CategoryRow, at: string): FieldProblem[] {
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
  ];
  if (!row.form.some((field) => field.id === 'name' && field.required))
    found.push(
      problem(`${at}/form`, 'row-name-missing', {
        kk: 'Міндетті "name" өрісі керек: ол бейджге басылады.',
        ru: 'Нужно обязательное поле «name»: оно печатается на бейдже.',
        en: 'A required field "name" is needed: it is printed on the badge.',
      }),
    );
  if (row.quotas.some((quota) => quota.of === 'outlet') && !row.form.some((field) => field.id === 'outlet'))
    found.push(
      problem(`${at}/quotas`, 'row-outlet-missing', {
        kk: 'Басылым квотасына "outlet" өрісі керек.',
        ru: 'Квоте издания нужно поле «outlet».',
        en: 'A quota by outlet needs the field "outlet".',
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
  const found = [
    ...repeated(
      file.categories.map((row) => row.id),
      (index) => `categories/${index}/id`,
    ),
    ...file.categories.flatMap((row, index) => problemsOfCategory(row, `categories/${index}`)),
  ];
  const keys = new Map<string, number>();
  file.outlets.forEach((row, index) => {
    if (!categories.get(row.category)?.quotas.some((quota) => quota.of === 'outlet'))
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
