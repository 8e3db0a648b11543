import { useWords } from '../../../i18n';
import { useTold } from '../told';
import type { KeptLease } from './lease-book';
import { leaseStanding } from './lease-clock.rules';
import { clocksNow } from './use-leases';

/** Whether and until when a lease can be sold from, in words. */
export function useLeaseWords() {
  const { t } = useWords();
  const { time } = useTold();
  return ({ lease, clock, over }: KeptLease): { words: string; sells: boolean } => {
    if (lease.state !== 'open') return { words: t(`lease.state-${lease.state}`), sells: false };
    const standing = leaseStanding(clock, clocksNow());
    if (over || !standing.sells) return { words: t(`lease.over-${over ?? 'time'}`), sells: false };
    return {
      words: t('lease.sells-until', { time: time(new Date(Date.now() + standing.leftMs).toISOString()) }),
      sells: true,
    };
  };
}
