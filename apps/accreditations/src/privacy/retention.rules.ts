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

/**
 * By each field's and paper's own `keepDays`, else the category's: days after the edition's last day. What has neither is
 * kept until its person asks to be forgotten.
 * @param lastDay "2019-09-20", of the edition
 * @param today the day at the venue by festival time
 */
export function keptNoLonger(
  category: Pick<CategoryRow, 'form' | 'evidence' | 'keepDays'>,
  lastDay: string,
  today: string,
): KeptNoLonger {
  const past = Math.floor((Date.parse(today) - Date.parse(lastDay)) / DAY);
  const over = (days: number | undefined) => days !== undefined && past > days;
  const fields = category.form.filter(({ keepDays }) => over(keepDays ?? category.keepDays)).map(({ id }) => id);
  const kinds = category.evidence.filter(({ keepDays }) => over(keepDays ?? category.keepDays)).map(({ kind }) => kind);
  return { fields, kinds, name: fields.includes('name') };
}
