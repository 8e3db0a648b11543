import { useId, useState } from 'react';
import { useWords } from '../../../i18n';
import styles from './gate.module.css';
import { Sheet } from './sheet';

/** A code by hand: of a torn ticket, a dark phone, a reader that types slowly. */
export function TypeSheet({ onCode, onClose }: { onCode(code: string): void; onClose(): void }) {
  const { t } = useWords();
  const id = useId();
  const [code, setCode] = useState('');
  return (
    <Sheet title={t('scan.type-title')} onClose={onClose}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (code.trim() !== '') onCode(code);
        }}
      >
        <div className={styles.field}>
          <label htmlFor={id}>{t('scan.code')}</label>
          <input
            id={id}
            value={code}
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            onChange={(event) => setCode(event.target.value)}
          />
        </div>
        <div className={styles.verbs}>
          <button type="button" className={styles.verb} onClick={onClose}>
            {t('scan.close')}
          </button>
          <button type="submit" className={styles.verb} data-first>
            {t('scan.check')}
          </button>
        </div>
      </form>
    </Sheet>
  );
}
