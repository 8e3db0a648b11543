import { useEffect, useRef } from 'react';
import { useWords } from '../../i18n';
import { Icon } from '../../ui/icon';
import { minutesAndSeconds, useSecondsLeft } from '../../ui/use-seconds-left';
import styles from './sale.module.css';

const SOON = 60;

/** How long the seats are still kept; a minute before the end they can be kept longer once. */
export function HoldClock({ until, onEnd, onExtend }: { until: number; onEnd(): void; onExtend(): void }) {
  const { t } = useWords();
  const seconds = useSecondsLeft(until);
  const ended = useRef(false);
  useEffect(() => {
    if (seconds > 0) ended.current = false;
    else if (!ended.current) {
      ended.current = true;
      onEnd();
    }
  }, [seconds, onEnd]);
  return (
    <div className={styles.clock} data-late={seconds <= SOON || undefined}>
      <span className="tabular" role="timer" aria-label={t('counter.kept-for')}>
        <Icon name="clock" /> {minutesAndSeconds(seconds)}
      </span>
      {seconds <= SOON && (
        <button type="button" onClick={onExtend}>
          {t('counter.keep-longer')}
        </button>
      )}
    </div>
  );
}
