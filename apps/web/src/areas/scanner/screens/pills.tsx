import { useWords } from '../../../i18n';
import { Icon } from '../../../ui/icon';
import styles from './verdict.module.css';

/** Over every verdict that the device gave by itself: how old is what it knows. */
export function OfflinePill({ minutes }: { minutes: number | null }) {
  const { t } = useWords();
  return (
    <span className={styles.pill}>
      <Icon name="cloud-off" /> {minutes === null ? t('scan.offline-no-list') : t('scan.offline-pill', { n: minutes })}
    </span>
  );
}

export function PracticePill() {
  const { t } = useWords();
  return (
    <span className={styles.pill}>
      <Icon name="info" /> {t('scan.practice-pill')}
    </span>
  );
}
