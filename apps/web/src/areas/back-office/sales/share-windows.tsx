import { scaleTime } from 'd3-scale';
import type { AllocationUse } from '#libs/contracts';
import { formatShortDayTime } from '#libs/kernel';
import { useWords } from '../../../i18n';
import { useEdition } from '../use-edition';
import styles from './sales.module.css';

const WIDTH = 600;
const DAY_MS = 86_400_000;

/** Allocations over time: a bar from the moment each opens to the moment it closes. */
export function ShareWindows({ use, name }: { use: AllocationUse; name(classes: string[]): string }) {
  const { t, language } = useWords();
  const { zone } = useEdition();
  const known = use.allocations.flatMap((share) => [share.opensAt, share.closesAt]).flatMap((at) => at ?? []);
  if (known.length === 0) return null;
  const times = known.map((at) => Date.parse(at));
  const first = Math.min(...times) - DAY_MS / 4;
  const last = Math.max(...times) + DAY_MS / 4;
  const x = scaleTime([first, last], [0, WIDTH]);
  const when = (at: string | undefined) => (at ? formatShortDayTime(new Date(at), zone, language) : t('sales.always'));
  return (
    <ul className={styles.windows} aria-label={t('sales.windows')}>
      {use.allocations.map((share) => {
        const from = share.opensAt ? x(new Date(share.opensAt)) : 0;
        const to = share.closesAt ? x(new Date(share.closesAt)) : WIDTH;
        return (
          <li key={share.id}>
            <span>{name(share.classes)}</span>
            <svg viewBox={`0 0 ${WIDTH} 12`} preserveAspectRatio="none" aria-hidden="true">
              <rect className={styles.track} y="5" width={WIDTH} height="2" />
              <rect className={styles.span} x={from} y="1" width={Math.max(to - from, 2)} height="10" rx="2" />
            </svg>
            <span className="small quiet">
              {when(share.opensAt)} – {when(share.closesAt)}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
