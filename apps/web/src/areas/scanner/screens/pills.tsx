import { useWords } from '../../../i18n';
import { Icon } from '../../../ui/icon';
import styles from './verdict.module.css';

/** Over every verdict that the device gave by itself: how old is what it knows. */
export function OfflinePill({ minutes }: { minutes: number | null }) {
  const { t } = useWords();
  const age =
    minutes === null
      ? t('scan.offline-no-list')
      : minutes === 0
        ? t('scan.offline-fresh')
        : t('scan.offline-pill', { n: minutes });
  return (
    <span className={styles.pill}>
      <Icon name="cloud-off" /> {age}
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
