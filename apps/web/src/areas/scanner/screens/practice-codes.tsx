import { VERDICTS } from '#libs/admission-code';
import { useWords } from '../../../i18n';
import { QrCode } from '../../../ui/qr';
import { SAMPLES } from '../engine/practice';
import styles from './practice-codes.module.css';

/** Samples of every answer on paper: one evening's worth of doors without a single guest. */
export function PracticeCodes() {
  const { t, language } = useWords();
  return (
    <main className={styles.sheet} data-theme="light" id="main">
      <header className={styles.head}>
        <h1>{t('scan.samples')}</h1>
        <p>{t('scan.samples-lead')}</p>
        <div className={styles.verbs}>
          <button type="button" onClick={() => window.print()}>
            {t('scan.print')}
          </button>
          <a href="#back">{t('scan.back')}</a>
        </div>
      </header>
      <ul className={styles.codes}>
        {SAMPLES.map(({ verdict, code }) => (
          <li key={verdict}>
            <QrCode text={code} label={t(`scan.word-${verdict}`)} />
            <strong>{t(`scan.word-${verdict}`)}</strong>
            <span>{VERDICTS[verdict].advice[language]}</span>
          </li>
        ))}
      </ul>
    </main>
  );
}
