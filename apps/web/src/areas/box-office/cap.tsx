import styles from './counter.module.css';

/** What stands on a key, drawn as a key; whoever hears the page hears it in the key map. */
export function Cap({ children }: { children: string }) {
  return (
    <span className={styles.cap} aria-hidden="true">
      {children}
    </span>
  );
}
