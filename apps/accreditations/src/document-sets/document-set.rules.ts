import { createHash } from 'node:crypto';
import type { CategoryRow, DocumentSetKind, EvidenceRule, FormField, SetRules, SetWarning } from '#libs/contracts';
import { conditionHolds, countingAnswers, DAY, type LocalText } from '#libs/kernel';

/** Fields whose meaning the sets' own checks know; whatever else the form has is only copied. */
const PASSPORT_SURNAME = 'passport-surname';
const PASSPORT_GIVEN = 'passport-given';
const PASSPORT_EXPIRES = 'passport-expires';
const ARRIVAL = 'arrival';
const DEPARTURE = 'departure';

export interface SetColumn {
  id: string;
  kind: FormField['kind'];
  label: LocalText;
  choices: { id: string; name: LocalText }[];
}

export interface SetPaper {
  kind: string;
  name: LocalText;
  sha256: string;
  issuedOn: string | null;
  /** Null where the kind asks for no translation. */
  translation: boolean | null;
}

/** One person of a set, as it is frozen. */
export interface SetData {
  name: string;
  category: string;
  categoryName: LocalText;
  values: Record<string, string>;
  equipment: { item: string; serial: string; value: number }[];
  crew: { name: string; job: string }[];
  papers: SetPaper[];
  warnings: SetWarning[];
}

/** The fields of a category that a set takes, among those that are asked for. */
export function fieldsOf(category: CategoryRow, kind: DocumentSetKind, counting: Readonly<Record<string, string>>) {
  return category.form.filter((field) => field.sets?.includes(kind) && conditionHolds(field.when, counting));
}

/**
 * Whether a person belongs to the set: the category makes it, the answers ask for at least one of the fields that stand
 * in the form for its sake, and a yes-or-no field of the set's own name is not answered with no.
 */
export function belongsTo(
  category: CategoryRow,
  kind: DocumentSetKind,
  answers: Readonly<Record<string, string>>,
): boolean {
  if (!(category.sets ?? ['badge']).includes(kind)) return false;
  const counting = countingAnswers(category.form, answers);
  const conditional = category.form.filter((field) => field.sets?.includes(kind) && field.when);
  if (conditional.length > 0 && !conditional.some((field) => conditionHolds(field.when, counting))) return false;
  const wanted = category.form.find((field) => field.id === kind && field.kind === 'yes-no');
  return !wanted || counting[wanted.id] === 'yes';
}

/** Fields that the set needs and that are empty. */
export function missingFor(
  category: CategoryRow,
  kind: DocumentSetKind,
  answers: Readonly<Record<string, string>>,
): string[] {
  const counting = countingAnswers(category.form, answers);
  return fieldsOf(category, kind, counting)
    .filter((field) => field.required && !counting[field.id])
    .map((field) => field.id);
}

/** The name as it is printed in the passport, letter for letter; else the name of the badge. */
export function nameOf(answers: Readonly<Record<string, string>>): string {
  const passport = [answers[PASSPORT_SURNAME], answers[PASSPORT_GIVEN]].filter(Boolean).join(' ');
  return passport || (answers.name ?? '');
}

interface Checked {
  kind: DocumentSetKind;
  values: Readonly<Record<string, string>>;
  papers: readonly SetPaper[];
  rules: SetRules;
  /** The day at the venue, "2019-08-20". */
  today: string;
  /** The edition's last day, for whom no departure is known. */
  lastDay: string;
}

/** What an officer should know before the set goes out; nothing of it keeps anybody out. */
export function warningsOf({ kind, values, papers, rules, today, lastDay }: Checked): SetWarning[] {
  const found: SetWarning[] = [];
  const arrival = values[ARRIVAL];
  if (kind === 'visa' && arrival && daysUntil(today, arrival) < rules.visaLeadDays) {
    const days = daysUntil(today, arrival);
    found.push({
      code: 'visa-too-late',
      field: ARRIVAL,
      text: {
        kk: `Келуіне ${days} күн қалды, шақыруға кемінде ${rules.visaLeadDays} күн керек.`,
        ru: `До приезда ${days} дн., для приглашения нужно не меньше ${rules.visaLeadDays}.`,
        en: `${days} days until the arrival; an invitation takes at least ${rules.visaLeadDays}.`,
      },
    });
  }
  const expires = values[PASSPORT_EXPIRES];
  if (kind !== 'badge' && expires && expires <= today)
    found.push({
      code: 'passport-expired',
      field: PASSPORT_EXPIRES,
      text: { kk: 'Паспорттың мерзімі өткен.', ru: 'Срок паспорта истёк.', en: 'The passport has expired.' },
    });
  else if (kind !== 'badge' && expires && expires < plusMonths(values[DEPARTURE] ?? lastDay, rules.passportMonths))
    found.push({
      code: 'passport-ends-early',
      field: PASSPORT_EXPIRES,
      text: {
        kk: `Паспорт кеткеннен кейін ${rules.passportMonths} ай жарамды болуы керек.`,
        ru: `Паспорт должен действовать ещё ${rules.passportMonths} мес. после отъезда.`,
        en: `The passport must be valid for ${rules.passportMonths} months after the departure.`,
      },
    });
  if (kind !== 'badge')
    for (const paper of papers.filter((one) => one.translation === false))
      found.push({
        code: 'translation-missing',
        field: paper.kind,
        text: {
          kk: `${paper.name.kk}: куәландырылған аударма белгіленбеген.`,
          ru: `${paper.name.ru}: заверенный перевод не отмечен.`,
          en: `${paper.name.en}: not marked as a certified translation.`,
        },
      });
  return found;
}

/** A kind that asks for a translation and has no word of one counts as without. */
export function translationOf(rule: EvidenceRule | undefined, said: boolean | null): boolean | null {
  return rule?.translation ? (said ?? false) : null;
}

function daysUntil(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY);
}

/** The same day some months later; the last of the month where there is no such day. */
export function plusMonths(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10);
}

/** SHA-256 over JSON with sorted keys: the same for the same content, however a database keeps it. */
export function digestOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value, sorted)).digest('hex');
}

function sorted(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
