import type { CategoryRow } from '#libs/contracts';
import { DAY } from '#libs/kernel';

/** What of a category's applications is kept no longer on a day. */
export interface KeptNoLonger {
  /** Ids of form fields. */
  fields: string[];
  /** Kinds of papers. */
  kinds: string[];
  /** The name goes, and with it everything by which a person is found or shown. */
  name: boolean;
}

/** What stands in applications beyond what their category knows: people moved in from others, forms changed. */
export interface Foreign {
  /** Of the edition. */
  categories: readonly Pick<CategoryRow, 'form' | 'evidence' | 'keepDays'>[];
  /** Ids and kinds that were found. */
  fields: readonly string[];
  kinds: readonly string[];
}

const NO_OTHERS: Foreign = { categories: [], fields: [], kinds: [] };

/**
 * By each field's and paper's own `keepDays`, else the category's: days after the edition's last day. What has neither is
 * kept until its person asks to be forgotten. What the category does not know goes by the longest days of the edition's
 * categories.
 * @param lastDay "2019-09-20", of the edition
 * @param today the day at the venue by festival time
 */
export function keptNoLonger(
  category: Pick<CategoryRow, 'form' | 'evidence' | 'keepDays'>,
  lastDay: string,
  today: string,
  { categories, ...found }: Foreign = NO_OTHERS,
): KeptNoLonger {
  const past = Math.floor((Date.parse(today) - Date.parse(lastDay)) / DAY);
  const over = (days: number | undefined) => days !== undefined && past > days;
  const fields = category.form.filter(({ keepDays }) => over(keepDays ?? category.keepDays)).map(({ id }) => id);
  const kinds = category.evidence.filter(({ keepDays }) => over(keepDays ?? category.keepDays)).map(({ kind }) => kind);
  const longest = (days: (one: Foreign['categories'][number]) => number | undefined) => {
    const known = categories.map((one) => days(one) ?? one.keepDays).filter((one) => one !== undefined);
    return known.length > 0 ? Math.max(...known) : undefined;
  };
  for (const id of found.fields) {
    if (category.form.some((field) => field.id === id)) continue;
    if (over(longest(({ form }) => form.find((field) => field.id === id)?.keepDays))) fields.push(id);
  }
  for (const kind of found.kinds) {
    if (category.evidence.some((rule) => rule.kind === kind)) continue;
    if (over(longest(({ evidence }) => evidence.find((rule) => rule.kind === kind)?.keepDays))) kinds.push(kind);
  }
  return { fields, kinds, name: fields.includes('name') };
}
