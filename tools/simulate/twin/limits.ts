import type { LimitDocument } from '../../../apps/tickets/src/inventory/seats/inventory.port.js';
import { lineLimitKey } from './claims.js';
import { SqlRefusal, type Twin } from './twin.js';

/** `take_limits`: a place per line from the first limits in rank order that have room, or n units of one. */
export function takeLimits(twin: Twin, owner: string, wanted: readonly LimitDocument[]): void {
  for (const entry of wanted) {
    if (entry.n !== undefined) {
      const [limit = ''] = entry.candidates;
      if (roomOf(twin, limit) < entry.n) throw full(entry);
      take(twin, limit, owner, entry.lines[0] ?? 0, entry.n);
      continue;
    }
    for (const line of entry.lines) {
      const limit = entry.candidates.find((candidate) => roomOf(twin, candidate) > 0);
      if (limit === undefined) throw full(entry);
      take(twin, limit, owner, line, 1);
    }
  }
}

function roomOf(twin: Twin, id: string): number {
  const limit = twin.limits.get(id);
  if (!limit) return 0;
  return twin.plants.has('limit-unchecked') ? Number.POSITIVE_INFINITY : limit.capacity - limit.used;
}

function take(twin: Twin, limit: string, owner: string, line: number, n: number): void {
  twin.limits.change(limit, { used: (twin.limits.get(limit)?.used ?? 0) + n });
  const key = `${limit} ${owner}`;
  twin.limitUses.put(key, { limit, owner, n: (twin.limitUses.get(key)?.n ?? 0) + n });
  twin.lineLimits.put(lineLimitKey({ owner, line, limit }), { owner, line, limit, n });
}

function full(entry: LimitDocument): SqlRefusal {
  return new SqlRefusal('allocation-full', { allocations: entry.candidates });
}
