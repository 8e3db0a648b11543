import { useWords } from '../../../i18n';
import { Icon } from '../../../ui/icon';
import type { ScannerState } from '../engine/state';
import styles from './gate.module.css';

interface Props {
  state: ScannerState;
  /** Minutes. */
  listAge: number | null;
  onLeavePractice(): void;
}

/** What the operator must know before the next guest: no network, a full disk, practice, a no of the house. */
export function Banner({ state, listAge, onLeavePractice }: Props) {
  const { t } = useWords();
  return (
    <div aria-live="polite">
      {state.trouble && (
        <div className={styles.banner} data-tone="error" role="alert">
          <Icon name="warning" />
          <p>
            <strong>{t(`scan.${state.trouble}`)}</strong>
            {t(`scan.${state.trouble}-detail`)}
          </p>
        </div>
      )}
      {state.refused && (
        <div className={styles.banner} data-tone="error" role="alert">
          <Icon name="warning" />
          <p>
            <strong>{state.refused}</strong>
          </p>
        </div>
      )}
      {state.practice ? (
        <div className={styles.banner} data-tone="practice">
          <Icon name="info" />
          <p>
            <strong>{t('scan.practice')}</strong>
            {t('scan.practice-detail')} <a href="#practice-codes">{t('scan.samples')}</a>
          </p>
          <span />
          <button type="button" className={styles.verb} onClick={onLeavePractice}>
            {t('scan.practice-leave')}
          </button>
        </div>
      ) : (
        <Line state={state} listAge={listAge} />
      )}
    </div>
  );
}

function Line({ state, listAge }: { state: ScannerState; listAge: number | null }) {
  const { t, count } = useWords();
  const waiting = state.waiting > 0 && <span>{count('scan.waiting', state.waiting)}</span>;
  if (state.online)
    return state.waiting > 0 ? (
      <div className={styles.banner} data-tone="practice">
        <Icon name="upload" />
        <p>{waiting}</p>
      </div>
    ) : null;
  return (
    <div className={styles.banner} data-tone="offline">
      <Icon name="cloud-off" />
      <p>
        <strong>{t('scan.offline')}</strong>
        {listAge === null ? t('scan.no-list') : listAge === 0 ? t('scan.list-fresh') : count('scan.list-age', listAge)}
        {waiting && <br />}
        {waiting}
      </p>
    </div>
  );
}
