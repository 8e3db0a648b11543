import { useState } from 'react';
import { useWords } from '../../../i18n';
import type { PinAnswer } from '../engine/pin.rules';
import type { Scanner } from '../engine/scanner';
import type { ScannerState } from '../engine/state';
import styles from './gate.module.css';
import { Languages } from './languages';
import { PinField } from './pin-field';

/** Who is on duty: the PIN of the shift, checked here, also without a network. */
export function PinScreen({ scanner, state }: { scanner: Scanner; state: ScannerState }) {
  const { t } = useWords();
  const [digits, setDigits] = useState('');
  const [said, setSaid] = useState<PinAnswer>();
  return (
    <main className={styles.page} data-middle id="main">
      <h1>{t('scan.shift')}</h1>
      <p>{t('scan.shift-lead', { gate: state.device?.gate ?? '', name: state.device?.name ?? '' })}</p>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          void scanner.duty.begin(digits).then((answer) => {
            setSaid(answer);
            setDigits('');
          });
        }}
      >
        <PinField label={t('scan.pin')} value={digits} said={said} tries={state.tries} onChange={setDigits} />
        <button type="submit" className={styles.verb} data-first>
          {t('scan.begin')}
        </button>
      </form>
      <button type="button" className={styles.verb} onClick={() => scanner.practise(true)}>
        {t('scan.practise')}
      </button>
      <Languages />
    </main>
  );
}
