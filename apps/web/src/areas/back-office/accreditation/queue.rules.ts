import type { ApplicationState } from '#libs/contracts';
import type { QueueFilter } from '../../../api/accreditations-review.api';

export const SHOWN_STATES: ApplicationState[] = [
  'submitted',
  'under-review',
  'information-requested',
  'appealed',
  'waitlisted',
  'offered',
  'awaiting-payment',
  'approved',
  'rejected',
  'revoked',
];
const NAMES = ['state', 'category', 'outlet', 'country', 'reviewer', 'search', 'papers'] as const;

/** The filter that stands in the address, so that a filtered queue can be sent to a colleague. */
export function filterIn(params: URLSearchParams): QueueFilter {
  return Object.fromEntries(NAMES.flatMap((name) => (params.get(name) ? [[name, params.get(name)]] : [])));
}

export function addressOf(filter: QueueFilter): Record<string, string> {
  return Object.fromEntries(NAMES.flatMap((name) => (filter[name] ? [[name, filter[name]]] : [])));
}

/** The row that j and k go to; from nowhere the first. */
export function neighbour(ids: readonly string[], at: string | null, step: 1 | -1): string | undefined {
  const index = at === null ? -1 : ids.indexOf(at);
  if (index < 0) return ids[0];
  return ids[Math.min(ids.length - 1, Math.max(0, index + step))];
}
