import type { ClaimedSeat } from '../../../apps/tickets/src/inventory/seats/inventory.port.js';
import { SqlRefusal, type Twin } from './twin.js';

interface Wanted {
  screening: string;
  seat: string;
  line: number;
}

export const placeKey = (screening: string, seat: string) => `${screening} ${seat}`;

/** `claim_seats`: all or none; the refusal names the taken ones. */
export function claimSeats(twin: Twin, kind: string, owner: string, wanted: readonly Wanted[]): ClaimedSeat[] {
  const taken = wanted.filter(({ screening, seat }) => twin.claims.has(placeKey(screening, seat)));
  if (taken.length > 0 && !twin.plants.has('claim-without-key'))
    throw new SqlRefusal('seats-taken', { seats: taken.map(({ screening, seat }) => ({ screening, seat })) });
  return wanted.map(({ screening, seat, line }) => {
    const no = twin.draw();
    twin.claims.put(placeKey(screening, seat), { screening, seat, no, ownerKind: kind, owner, line });
    return { screening, seat, no };
  });
}

/** `release_owner`: every claim and every limit use of an owner. */
export function releaseOwner(twin: Twin, owner: string): ClaimedSeat[] {
  if (!twin.plants.has('limit-kept')) {
    for (const use of twin.limitUses.where((row) => row.owner === owner)) {
      const limit = twin.limits.get(use.limit);
      if (limit) twin.limits.change(limit.id, { used: limit.used - use.n });
      twin.limitUses.delete(`${use.limit} ${owner}`);
    }
    for (const use of twin.lineLimits.where((row) => row.owner === owner)) twin.lineLimits.delete(lineLimitKey(use));
  }
  return releaseClaims(twin, owner, undefined);
}

/** `release_lines`: what some lines of an owner claimed and counted goes back, the rest stays. */
export function releaseLines(twin: Twin, owner: string, lines: readonly number[]): ClaimedSeat[] {
  for (const counted of twin.lineLimits.where((row) => row.owner === owner && lines.includes(row.line))) {
    const { limit, n } = counted;
    twin.lineLimits.delete(lineLimitKey(counted));
    twin.limits.change(limit, { used: (twin.limits.get(limit)?.used ?? 0) - n });
    const use = twin.limitUses.get(`${limit} ${owner}`);
    if (use && use.n > n) twin.limitUses.change(`${limit} ${owner}`, { n: use.n - n });
    else twin.limitUses.delete(`${limit} ${owner}`);
  }
  return releaseClaims(twin, owner, lines);
}

export function lineLimitKey(use: { owner: string; line: number; limit: string }): string {
  return `${use.owner} ${use.line} ${use.limit}`;
}

function releaseClaims(twin: Twin, owner: string, lines: readonly number[] | undefined): ClaimedSeat[] {
  if (twin.plants.has('claim-kept')) return [];
  return twin.claims
    .where((row) => row.owner === owner && (!lines || lines.includes(row.line)))
    .map(({ screening, seat, no }) => {
      twin.claims.delete(placeKey(screening, seat));
      return { screening, seat, no };
    });
}
