import type { VerdictIcon } from '#libs/admission-code';
import type { VerdictTone } from '../engine/shown';
import styles from './verdict.module.css';

/** Circle, octagon, triangle: told apart without colour and from afar. */
const BODIES: Record<VerdictTone, string> = {
  green: 'M50 4a46 46 0 1 1 0 92a46 46 0 0 1 0-92z',
  red: 'M31 4H69L96 31V69L69 96H31L4 69V31Z',
  amber: 'M50 6L97 92H3Z',
};

const CROSS = 'M33 33L67 67M67 33L33 67';
const MARK = 'M50 38V64M50 75V78';
const SIGNS: Record<VerdictTone, Partial<Record<VerdictIcon, string>> & { else: string }> = {
  green: {
    back: 'M28 54H66M28 54L42 40M28 54L42 68M66 54V34',
    out: 'M28 50H70M70 50L54 34M70 50L54 66',
    else: 'M28 52L44 68L74 34',
  },
  red: {
    clock: 'M50 26V52L68 64',
    else: CROSS,
  },
  amber: { else: MARK },
};

export function VerdictShape({ tone, icon }: { tone: VerdictTone; icon: VerdictIcon }) {
  return (
    <svg className={styles.shape} viewBox="0 0 100 100" aria-hidden="true">
      <path d={BODIES[tone]} />
      <path className={styles.sign} d={SIGNS[tone][icon] ?? SIGNS[tone].else} />
    </svg>
  );
}
