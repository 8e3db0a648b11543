import { useWords } from '../../../i18n';
import { Icon } from '../../../ui/icon';
import type { Scanner } from '../engine/scanner';
import type { ScannerState } from '../engine/state';
import styles from './gate.module.css';
import { Languages } from './languages';

/** The device is dead: what it held is gone, and what it had scanned is on its way to the house. */
export function EndedScreen({ scanner, state }: { scanner: Scanner; state: ScannerState }) {
  const { t, count } = useWords();
  return (
    <main className={styles.page} data-middle id="main">
      <Icon name="lock" />
      <div role="alert">
        <h1>{t(`scan.ended-${state.endedBy ?? 'revoked'}`)}</h1>
      </div>
      <p>{t('scan.ended-wiped')}</p>
      {state.waiting > 0 ? (
        <p>{count('scan.ended-waiting', state.waiting)}</p>
      ) : (
        <button type="button" className={styles.verb} data-first onClick={() => scanner.pairAgain()}>
          {t('scan.pair-again')}
        </button>
      )}
      <Languages />
    </main>
  );
}
