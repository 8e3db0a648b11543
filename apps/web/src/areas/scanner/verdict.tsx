import { useEffect, useRef } from 'react';
import type { ScanVerdict } from '#libs/contracts';
import { useWords } from '../../i18n';
import styles from './scan.module.css';
import { sound } from './sound';

const OK_SHOWN_MS = 1_200;

/** Full bleed: shape, edge, word, sentence. An ok goes by itself; a refusal stays until the next code. */
export function Verdict({ verdict, onNext }: { verdict: ScanVerdict; onNext(): void }) {
  const { t, language } = useWords();
  const next = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    next.current?.focus();
    sound(verdict.colour);
    if (verdict.admitted !== 'yes') return;
    const timer = setTimeout(onNext, OK_SHOWN_MS * 3);
    return () => clearTimeout(timer);
  }, [verdict, onNext]);
  return (
    <section className={styles.verdict} data-colour={verdict.colour} data-verdict={verdict.verdict} role="alert">
      <span className={styles.edge} aria-hidden="true" />
      <svg className={styles.shape} viewBox="0 0 100 100" aria-hidden="true">
        {verdict.colour === 'green' && (
          <>
            <circle cx="50" cy="50" r="46" />
            <path d="M28 52L44 68L74 34" />
          </>
        )}
        {verdict.colour === 'red' && (
          <>
            <path d="M31 4H69L96 31V69L69 96H31L4 69V31Z" />
            <path d="M33 33L67 67M67 33L33 67" />
          </>
        )}
        {verdict.colour === 'amber' && (
          <>
            <path d="M50 6L97 92H3Z" />
            <path d="M50 38V62M50 76V77" />
          </>
        )}
      </svg>
      <h1>{verdict.text[language]}</h1>
      {verdict.row && verdict.seat && (
        <dl className={styles.place}>
          <div>
            <dt>{t('ticket.row')}</dt>
            <dd>{verdict.row}</dd>
          </div>
          <div>
            <dt>{t('ticket.seat')}</dt>
            <dd>{verdict.seat}</dd>
          </div>
        </dl>
      )}
      {verdict.earlier && <p>{t('scan.earlier', { gate: verdict.earlier.gate })}</p>}
      <p className="small">{verdict.verdict}</p>
      <button ref={next} type="button" className={styles.next} onClick={onNext}>
        {t('scan.next')}
      </button>
      <span className={styles.edge} aria-hidden="true" />
    </section>
  );
}
