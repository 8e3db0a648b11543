import type { FormField } from '#libs/contracts';
import type { FieldProblem, LocalText } from '#libs/kernel';

const PHONE = /^\+?[\d\s()-]{6,32}$/;

function reasonAgainst(field: FormField, value: string): [code: string, reason: LocalText] | undefined {
  if (value.length > field.maxLength)
    return [
      'field-too-large',
      {
        kk: `Ең көбі ${field.maxLength} таңба.`,
        ru: `Не больше ${field.maxLength} знаков.`,
        en: `At most ${field.maxLength} characters.`,
      },
    ];
  if (field.kind === 'choice' && !field.choices?.some((choice) => choice.id === value))
    return [
      'field-choice',
      { kk: 'Тізімнен таңдаңыз.', ru: 'Выберите из списка.', en: 'Please choose from the list.' },
    ];
  if (field.kind === 'phone' && !PHONE.test(value))
    return [
      'field-format',
      {
        kk: 'Нөмірді +7 701 000 00 00 түрінде жазыңыз.',
        ru: 'Напишите номер как +7 701 000 00 00.',
        en: 'Please write the number like +7 701 000 00 00.',
      },
    ];
  if (field.kind === 'url' && !/^https?:$/.test(URL.parse(value)?.protocol ?? ''))
    return [
      'field-format',
      {
        kk: 'Мекенжай https:// деп басталсын.',
        ru: 'Адрес должен начинаться с https://.',
        en: 'The address must begin with https://.',
      },
    ];
  return undefined;
}

/**
 * Everything that is wrong with the answers to a form, by field.
 * @param complete also name what is required and empty; a draft may be incomplete
 */
export function problemsOfAnswers(
  form: readonly FormField[],
  answers: Readonly<Record<string, string>>,
  complete: boolean,
): FieldProblem[] {
  const found: FieldProblem[] = [];
  const known = new Set(form.map((field) => field.id));
  for (const id of Object.keys(answers))
    if (!known.has(id))
      found.push({
        field: `fields/${id}`,
        code: 'field-unknown',
        reason: { kk: 'Мұндай өріс жоқ.', ru: 'Такого поля нет.', en: 'There is no such field.' },
      });
  for (const field of form) {
    const value = (answers[field.id] ?? '').trim();
    if (value === '') {
      if (complete && field.required)
        found.push({
          field: `fields/${field.id}`,
          code: 'field-missing',
          reason: { kk: 'Бұл өріс керек.', ru: 'Это поле обязательно.', en: 'This field is needed.' },
        });
      continue;
    }
    const against = reasonAgainst(field, value);
    if (against) found.push({ field: `fields/${field.id}`, code: against[0], reason: against[1] });
  }
  return found;
}

/** The answers as they are kept: trimmed, without empty ones. */
export function tidyAnswers(answers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(answers)
      .map(([id, value]) => [id, value.trim()] as const)
      .filter(([, value]) => value !== ''),
  );
}
