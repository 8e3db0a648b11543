import { useEffect, useId, useState } from 'react';
import { useWords } from '../../../i18n';
import { Icon } from '../../../ui/icon';
import { type PinAnswer, type PinTries, secondsLocked } from '../engine/pin.rules';
import styles from './gate.module.css';

interface Props {
  label: string;
  value: string;
  said: PinAnswer | undefined;
  tries: PinTries;
  onChange(digits: string): void;
}

/** Digits of a PIN; says how long it is closed after five wrong ones. */
export function PinField({ label, value, said, tries, onChange }: Props) {
  const { t, count } = useWords();
  const id = useId();
  const locked = useSecondsLocked(tries);
  const problem = locked > 0 ? count('scan.pin-locked', locked) : said === 'wrong' ? t('scan.pin-wrong') : undefined;
  return (
    <div className={`${styles.field} ${styles.pin}`}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="password"
        inputMode="numeric"
        autoComplete="off"
        maxLength={8}
        value={value}
        aria-invalid={problem !== undefined}
        aria-describedby={problem === undefined ? undefined : `${id}e`}
        onChange={(event) => onChange(event.target.value.replaceAll(/\D/g, ''))}
      />
      {problem !== undefined && (
        <p className={styles.wrong} id={`${id}e`} role="alert">
          <Icon name="warning" /> {problem}
        </p>
      )}
    </div>
  );
}

function useSecondsLocked(tries: PinTries): number {
  const [seconds, setSeconds] = useState(() => secondsLocked(tries, Date.now()));
  useEffect(() => {
    setSeconds(secondsLocked(tries, Date.now()));
    const timer = setInterval(() => setSeconds(secondsLocked(tries, Date.now())), 1_000);
    return () => clearInterval(timer);
  }, [tries]);
  return seconds;
}
