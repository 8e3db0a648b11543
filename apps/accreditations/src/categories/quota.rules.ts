import type { CategoryRow, OutletRow, QuotaRule } from '#libs/contracts';

/** A place that an approval takes. */
export interface QuotaPlace {
  /** Identifies the counter. */
  id: string;
  of: QuotaRule['of'];
  outlet: string | null;
  capacity: number;
  whenFull: QuotaRule['whenFull'];
}

export function categoryQuotaId(edition: string, category: string): string {
  return `${edition}/${category}`;
}

export function outletQuotaId(edition: string, category: string, key: string): string {
  return `${edition}/${category}/${key}`;
}

/**
 * The quotas that an approval in the category goes by, the outlet's first. An outlet with a row of its own has its own
 * capacity; any other has the rule's.
 */
export function quotaPlaces(
  edition: string,
  category: CategoryRow,
  outlet: { key: string; name: string; row?: OutletRow } | undefined,
): QuotaPlace[] {
  const places: QuotaPlace[] = [];
  const byOutlet = category.quotas.find((quota) => quota.of === 'outlet');
  if (byOutlet && outlet)
    places.push({
      id: outletQuotaId(edition, category.id, outlet.key),
      of: 'outlet',
      outlet: outlet.row?.name ?? outlet.name,
      capacity: outlet.row?.capacity ?? byOutlet.capacity,
      whenFull: outlet.row?.whenFull ?? byOutlet.whenFull,
    });
  const byCategory = category.quotas.find((quota) => quota.of === 'category');
  if (byCategory)
    places.push({
      id: categoryQuotaId(edition, category.id),
      of: 'category',
      outlet: null,
      capacity: byCategory.capacity,
      whenFull: byCategory.whenFull,
    });
  return places;
}
