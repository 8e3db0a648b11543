import type { CategoryRow, OutletRow, QuotaRule, QuotaScope } from '#libs/contracts';

/** Whose place is counted. */
export interface QuotaSubject {
  of: QuotaScope;
  /** The outlet as it is written, or the country's code; null where the whole category counts. */
  subject: string | null;
}

/** A place that an approval takes. */
export interface QuotaPlace extends QuotaSubject {
  /** Identifies the counter. */
  id: string;
  capacity: number;
  whenFull: QuotaRule['whenFull'];
}

export interface OutletOf {
  key: string;
  name: string;
  row?: OutletRow;
}

/** What of an application decides whose places it takes. */
export interface Counted {
  outlet: OutletOf | undefined;
  medium: string | undefined;
  country: string | undefined;
}

/**
 * A counter's name. Outlet keys hold letters, digits and spaces only, so that `#` and `@` part what follows them.
 */
export function quotaId(
  edition: string,
  category: string,
  of: QuotaScope,
  { outlet, medium, country }: { outlet?: string; medium?: string; country?: string } = {},
): string {
  const whole = `${edition}/${category}`;
  if (of === 'category') return whole;
  if (of === 'country') return `${whole}@${country}`;
  return of === 'outlet' ? `${whole}/${outlet}` : `${whole}/${outlet}#${medium}`;
}

/** The fields that a quota counts by. */
export const COUNTED_FIELDS: Record<QuotaScope, readonly string[]> = {
  category: [],
  outlet: ['outlet'],
  'outlet-medium': ['outlet', 'medium'],
  country: ['country'],
};

/**
 * The quotas that an approval in the category goes by, in the order of the file. An outlet with a row of its own has
 * its own capacity; any other has the rule's. What an application does not say is not counted.
 */
export function quotaPlaces(edition: string, category: CategoryRow, counted: Counted): QuotaPlace[] {
  const { outlet, medium, country } = counted;
  return category.quotas.flatMap((rule): QuotaPlace[] => {
    const { of } = rule;
    const id = quotaId(edition, category.id, of, { outlet: outlet?.key, medium, country });
    if (of === 'category') return [{ id, of, subject: null, capacity: rule.capacity, whenFull: rule.whenFull }];
    if (of === 'country')
      return country === undefined
        ? []
        : [{ id, of, subject: country, capacity: rule.capacity, whenFull: rule.whenFull }];
    if (!outlet || (of === 'outlet-medium' && medium === undefined)) return [];
    const subject = outlet.row?.name ?? outlet.name;
    const own = of === 'outlet' ? outlet.row?.capacity : medium && outlet.row?.media?.[medium];
    return [
      {
        id,
        of,
        subject: of === 'outlet' ? subject : `${subject}, ${medium}`,
        capacity: typeof own === 'number' ? own : rule.capacity,
        whenFull: outlet.row?.whenFull ?? rule.whenFull,
      },
    ];
  });
}
