import { useState } from 'react';
import { useWords } from '../../../i18n';
import type { PinAnswer } from '../engine/pin.rules';
import type { Scanner } from '../engine/scanner';
import type { ScannerState } from '../engine/state';
import styles from './gate.module.css';
import { PinField } from './pin-field';
import { Sheet } from './sheet';

const REASONS = ['scan.reason-left', 'scan.reason-technical', 'scan.reason-manager', 'scan.reason-other'] as const;

/** A house manager lets somebody in against the verdict: a reason for the record, and the own PIN. */
export function OverrideSheet({ scanner, state, onClose }: { scanner: Scanner; state: ScannerState; onClose(): void }) {
  const { t } = useWords();
  const [reason, setReason] = useState<(typeof REASONS)[number]>(REASONS[0]);
  const [digits, setDigits] = useState('');
  const [said, setSaid] = useState<PinAnswer>();
  const managers = state.pins.some(({ role }) => role === 'house-manager');
  const submit = async () => {
    if (state.shown?.practice) {
      await scanner.answer(true);
      return onClose();
    }
    const answer = await scanner.override(digits, t(reason));
    setSaid(answer);
    setDigits('');
    if (answer === 'right') onClose();
  };
  return (
    <Sheet title={t('scan.override-title')} onClose={onClose}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <fieldset className={styles.choices}>
          <legend>{t('scan.reason')}</legend>
          {REASONS.map((key) => (
            <label key={key} className={styles.choice}>
              <input type="radio" name="reason" checked={key === reason} onChange={() => setReason(key)} />
              {t(key)}
            </label>
          ))}
        </fieldset>
        {managers || state.shown?.practice ? (
          <PinField label={t('scan.manager-pin')} value={digits} said={said} tries={state.tries} onChange={setDigits} />
        ) : (
          <p>{t('scan.no-manager-pin')}</p>
        )}
        <div className={styles.verbs}>
          <button type="button" className={styles.verb} onClick={onClose}>
            {t('scan.close')}
          </button>
          {(managers || state.shown?.practice) && (
            <button type="submit" className={styles.verb} data-first>
              {t('scan.let-in')}
            </button>
          )}
        </div>
      </form>
    </Sheet>
  );
}
