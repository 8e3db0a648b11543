import { NavLink } from 'react-router';
import styles from './section-ways.module.css';

interface SectionWay {
  to: string;
  word: string;
  /** Only this very address, and none below it. */
  end?: boolean;
  /** How many wait there; nothing is shown for none. */
  count?: number;
}

/** The pages of one section, side by side on top of it. */
export function SectionWays({ label, ways }: { label: string; ways: SectionWay[] }) {
  return (
    <nav className={styles.ways} aria-label={label}>
      {ways.map(({ to, word, end, count }) => (
        <NavLink key={to} to={to} end={end ?? false}>
          {word}
          {count ? <span className={styles.count}>{count}</span> : null}
        </NavLink>
      ))}
    </nav>
  );
}
