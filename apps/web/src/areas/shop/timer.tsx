import { useEffect, useRef, useState } from 'react';
import { useWords } from '../../i18n';
import { Button, Dialog, ui } from '../../ui/parts';
import { minutesAndSeconds, useSecondsLeft } from '../../ui/use-seconds-left';
import styles from './buy.module.css';

const RING = 2 * Math.PI * 15;
const FULL_SECONDS = 300;
const WARN_SECONDS = 60;

export function Ring({ seconds }: { seconds: number }) {
  const share = Math.min(1, seconds / FULL_SECONDS);
  return (
    <svg
      className={styles.ring}
      viewBox="0 0 36 36"
      aria-hidden="true"
      data-late={seconds <= WARN_SECONDS || undefined}
    >
      <circle cx="18" cy="18" r="15" />
      <circle cx="18" cy="18" r="15" strokeDasharray={`${RING * share} ${RING}`} transform="rotate(-90 18 18)" />
    </svg>
  );
}

interface Props {
  until: number;
  extendable: boolean;
  onExtend(): Promise<void>;
  onGiveBack(): void;
  onEnd(): void;
}

/** Ring, m:ss and words; one extension; a dialog a minute before the end. */
export function HoldTimer({ until, extendable, onExtend, onGiveBack, onEnd }: Props) {
  const { t } = useWords();
  const seconds = useSecondsLeft(until);
  const [closed, setClosed] = useState<number>();
  const [busy, setBusy] = useState(false);
  const ended = useRef(false);
  useEffect(() => {
    if (seconds > 0) ended.current = false;
    else if (!ended.current) {
      ended.current = true;
      onEnd();
    }
  }, [seconds, onEnd]);
  const extend = async () => {
    setBusy(true);
    await onExtend();
    setBusy(false);
  };
  const warn = seconds > 0 && seconds <= WARN_SECONDS && closed !== until;
  return (
    <div className={styles.timer}>
      <Ring seconds={seconds} />
      <div>
        <strong className={`${styles.timerTime} tabular`} role="timer">
          {minutesAndSeconds(seconds)}
        </strong>
        <span className="small">{t('hold.yours')}</span>
      </div>
      {extendable && (
        <button type="button" className={ui.quietButton} aria-disabled={busy} onClick={() => void extend()}>
          {t('hold.extend')}
        </button>
      )}
      <Dialog open={warn} label={t('hold.minute')} onClose={() => setClosed(until)}>
        <div className={ui.stack}>
          <div className={styles.warnHead}>
            <Ring seconds={seconds} />
            <strong className={`${styles.timerTime} tabular`}>{minutesAndSeconds(seconds)}</strong>
            <h2>{t('hold.minute')}</h2>
          </div>
          <p>{extendable ? t('hold.minute-extend') : t('hold.minute-last')}</p>
          {extendable && (
            <Button wide busy={busy} onClick={() => void extend()}>
              {t('hold.keep')}
            </Button>
          )}
          <Button wide kind="outline" onClick={onGiveBack}>
            {t('hold.let-go')}
          </Button>
          <p className="small quiet">{t('hold.already-paid')}</p>
        </div>
      </Dialog>
    </div>
  );
}
