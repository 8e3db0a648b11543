import type { LeaseConflictReason, LeaseState } from '#libs/contracts';
import type { LifeCycle } from '#libs/kernel';
import { notOnSale } from '../../inventory/seats/seat.refusals.js';
import { shiftClosed } from '../shifts/shift.refusals.js';
import { leasedSeatSold, leaseOver } from './lease.refusals.js';

/** Ended leases stay as they ended. A cancelled screening may end a lease at any time. */
export const LEASE_CYCLE: LifeCycle<LeaseState> = {
  open: ['revoked', 'returned', 'cancelled'],
  revoked: ['returned', 'released', 'cancelled'],
  returned: [],
  released: [],
  cancelled: [],
};

/** So long before the end a counter stops selling, and so long after it unsold tickets die: no clock is trusted closer. */
export const MARGIN_SECONDS = 120;

/** For how many whole seconds from `now` a counter may sell. */
export function sellableSeconds(endsAt: Date, now: Date): number {
  return Math.max(0, Math.floor((endsAt.getTime() - now.getTime()) / 1_000) - MARGIN_SECONDS);
}

/** Why a report can't be booked, from what refused it; undefined for what says nothing about the sale. */
export function conflictOf(refusal: {
  code: string;
  facts: Readonly<Record<string, unknown>>;
}): LeaseConflictReason | undefined {
  switch (refusal.code) {
    case leaseOver.code:
      return ENDS[String(refusal.facts.state)];
    case leasedSeatSold.code:
      return 'seat-sold';
    case shiftClosed.code:
      return 'shift-closed';
    case notOnSale.code:
      return 'screening-cancelled';
    default:
      return undefined;
  }
}

const ENDS: Readonly<Record<string, LeaseConflictReason>> = {
  returned: 'returned',
  released: 'released',
  cancelled: 'screening-cancelled',
};
