import type { CategoryFileRow, CategoryRow, FunctionRow, Terms } from '#libs/contracts';
import type { Language } from '#libs/kernel';

/** What people have where a category names no days. */
export const USUAL_TERMS: Terms = {
  informationDays: 3,
  paymentDays: 3,
  offerHours: 24,
  appealDays: 3,
  decisionDays: 7,
};

export function termsOf(category: Pick<CategoryRow, 'terms'>): Terms {
  return category.terms ?? USUAL_TERMS;
}

/** Whether one may hand in now, by festival time. */
export function whyShut(
  category: Pick<CategoryRow, 'opensAt' | 'closesAt'>,
  at: Date,
): 'not-open-yet' | 'closed' | undefined {
  if (category.opensAt !== undefined && at < new Date(category.opensAt)) return 'not-open-yet';
  if (category.closesAt !== undefined && at >= new Date(category.closesAt)) return 'closed';
  return undefined;
}

/** A category with what its function gives: the one table from category to function to rights. */
export function withFunction(row: CategoryFileRow, of: FunctionRow): CategoryRow {
  const { windows, dailyQuota, overlap, warnings, blockHours } = of;
  return {
    ...row,
    functionName: of.name,
    classes: of.classes,
    areas: of.areas,
    rights: {
      ...(windows && { windows }),
      ...(dailyQuota !== undefined && { dailyQuota }),
      ...(overlap !== undefined && { overlap }),
      ...(warnings !== undefined && { warnings }),
      ...(blockHours !== undefined && { blockHours }),
    },
  };
}

/**
 * A category with what further functions open: their classes and areas too, and their names beside its own. Quotas of the
 * day, windows and no-show rules stay those of the category's function.
 */
export function widened(
  category: CategoryRow,
  more: readonly Pick<CategoryRow, 'functionName' | 'classes' | 'areas'>[],
): CategoryRow {
  const all = [category, ...more];
  const joined = (language: Language) => [...new Set(all.map((one) => one.functionName[language]))].join(' · ');
  return {
    ...category,
    classes: [...new Set(all.flatMap(({ classes }) => classes))],
    areas: [...new Set(all.flatMap(({ areas }) => areas))].sort(),
    functionName: { kk: joined('kk'), ru: joined('ru'), en: joined('en') },
  };
}
