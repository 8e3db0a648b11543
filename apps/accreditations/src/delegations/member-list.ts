import { type CsvError, parse } from 'csv-parse/sync';
import { type FieldProblem, isLanguage, type Language, type LocalText } from '#libs/kernel';

export interface ListedMember {
  /** Line of the file, the heading is 1. */
  line: number;
  name: string;
  email: string;
  language: Language;
}

const EMAIL = /^[^\s@,;<>"]+@[^\s@,;<>"]+\.[^\s@,;<>"]+$/;
const MOST_NAME = 120;

const COLUMNS: LocalText = {
  kk: 'Бірінші жолда "name" және "email" бағандары болуы керек.',
  ru: 'В первой строке нужны столбцы «name» и «email».',
  en: 'The first line must name the columns "name" and "email".',
};
const NAME: LocalText = {
  kk: 'Аты-жөні керек, ең көбі 120 таңба.',
  ru: 'Нужны имя и фамилия, не больше 120 знаков.',
  en: 'A name is needed, of at most 120 characters.',
};
const ADDRESS: LocalText = {
  kk: 'Электрондық пошта дұрыс емес.',
  ru: 'Адрес почты написан неверно.',
  en: 'The e-mail address is not right.',
};
const LANGUAGE: LocalText = {
  kk: 'Тіл: kk, ru немесе en.',
  ru: 'Язык: kk, ru или en.',
  en: 'The language is kk, ru or en.',
};
const TWICE: LocalText = {
  kk: 'Бұл адрес тізімде бұрын да бар.',
  ru: 'Этот адрес уже есть в списке выше.',
  en: 'This address stands further up in the list already.',
};
const EMPTY: LocalText = { kk: 'Тізім бос.', ru: 'Список пуст.', en: 'The list is empty.' };

/**
 * The people of a CSV list as spreadsheets write it: with a byte-order mark, commas or semicolons, quotes. Every problem is
 * named by its line.
 */
export function readMembers(csv: string, usual: Language): { members: ListedMember[]; problems: FieldProblem[] } {
  let rows: { record: Record<string, string>; info: { lines: number } }[];
  try {
    rows = parse(csv, {
      bom: true,
      columns: (heads: string[]) => heads.map((head) => head.trim().toLowerCase()),
      delimiter: [',', ';', '\t'],
      skip_empty_lines: true,
      trim: true,
      info: true,
      relax_column_count: true,
    }) as unknown as typeof rows;
  } catch (error) {
    const { code, lines } = error as CsvError & { lines?: number };
    return { members: [], problems: [problem(lines ?? 1, 'csv', 'row-unreadable', unreadable(String(code)))] };
  }
  const [first] = rows;
  if (!first) return { members: [], problems: [problem(1, 'csv', 'list-empty', EMPTY)] };
  if (!('name' in first.record) || !('email' in first.record))
    return { members: [], problems: [problem(1, 'csv', 'row-columns', COLUMNS)] };
  const problems: FieldProblem[] = [];
  const seen = new Set<string>();
  const members = rows.map(({ record, info }) => {
    const { name = '', email = '', language = '' } = record;
    const said = language.toLowerCase();
    if (name === '' || name.length > MOST_NAME) problems.push(problem(info.lines, 'name', 'row-name', NAME));
    if (!EMAIL.test(email) || email.length > 254) problems.push(problem(info.lines, 'email', 'row-email', ADDRESS));
    if (said !== '' && !isLanguage(said)) problems.push(problem(info.lines, 'language', 'row-language', LANGUAGE));
    const key = email.toLowerCase();
    if (seen.has(key)) problems.push(problem(info.lines, 'email', 'row-repeated', TWICE));
    seen.add(key);
    return { line: info.lines, name, email: key, language: isLanguage(said) ? said : usual };
  });
  return { members, problems };
}

function problem(line: number, column: string, code: string, reason: LocalText): FieldProblem {
  return { field: `csv/${line}/${column}`, code, reason };
}

function unreadable(code: string): LocalText {
  return {
    kk: `Жол CSV пішімінде емес (${code}).`,
    ru: `Строка записана не в формате CSV (${code}).`,
    en: `The line is not in the CSV format (${code}).`,
  };
}
