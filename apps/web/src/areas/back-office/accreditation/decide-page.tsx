import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import type { ApplicationState } from '#libs/contracts';
import { reviewQueueQuery } from '../../../api/accreditations.api';
import { ApiProblem } from '../../../api/client';
import { editionsQuery } from '../../../api/screenings.api';
import { useWords } from '../../../i18n';
import { useSession } from '../../../session/use-session';
import { buttonClass, Empty, Notice, StateWord, ui, Waiting } from '../../../ui/parts';
import { useTitle } from '../../../ui/use-title';
import styles from './decide.module.css';
import { ReviewPanel } from './review-panel';
import { useReviewWords } from './review-words';

const SHOWN: ApplicationState[] = [
  'submitted',
  'under-review',
  'information-requested',
  'appealed',
  'waitlisted',
  'offered',
  'awaiting-payment',
  'approved',
  'rejected',
  'revoked',
];

/** The officer's queue: who waits, since when, and what to do with the one chosen. */
export default function DecidePage() {
  const { t, language } = useWords();
  useTitle(t('decide.title'));
  const { may, isPending } = useSession();
  const stateWords = useReviewWords();
  const [state, setState] = useState<ApplicationState | ''>('');
  const [chosen, setChosen] = useState<string | null>(null);
  const { data: editions } = useQuery(editionsQuery);
  const edition = editions?.[0]?.id ?? '';
  const allowed = may('accreditation-officer');
  const { data: queue, error } = useQuery({ ...reviewQueueQuery(edition, state), enabled: allowed && edition !== '' });
  if (isPending) return <Waiting label={t('app.loading')} />;
  if (!allowed)
    return (
      <div className={ui.page}>
        <Notice tone="warning" title={t('decide.staff-only')}>
          <Link className={buttonClass('quiet')} to="/sign-in?next=/office/accreditation">
            {t('nav.sign-in')}
          </Link>
        </Notice>
      </div>
    );
  return (
    <div className={styles.office}>
      <div className={styles.queue}>
        <h1>{t('decide.title')}</h1>
        <div className={styles.chips} role="group" aria-label={t('decide.states')}>
          <button type="button" className={ui.chip} aria-pressed={state === ''} onClick={() => setState('')}>
            {t('filter.all')}
          </button>
          {SHOWN.map((one) => (
            <button
              key={one}
              type="button"
              className={ui.chip}
              aria-pressed={state === one}
              onClick={() => setState(one)}
            >
              {stateWords(one).word} {queue?.counts[one] ?? 0}
            </button>
          ))}
        </div>
        {error && (
          <Notice tone="error">{error instanceof ApiProblem ? error.problem.title : t('app.no-answer')}</Notice>
        )}
        {queue?.applications.length === 0 && <Empty title={t('decide.empty')} />}
        {queue && queue.applications.length > 0 && (
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">{t('decide.who')}</th>
                <th scope="col">{t('decide.category')}</th>
                <th scope="col">{t('decide.state')}</th>
                <th scope="col">{t('decide.age')}</th>
              </tr>
            </thead>
            <tbody>
              {queue.applications.map((row) => (
                <tr key={row.id} data-chosen={row.id === chosen || undefined}>
                  <th scope="row">
                    <button
                      type="button"
                      className={styles.name}
                      aria-expanded={row.id === chosen}
                      onClick={() => setChosen(row.id)}
                    >
                      {row.name || t('decide.forgotten')}
                    </button>
                    <span className="small quiet">{row.outlet}</span>
                  </th>
                  <td>{row.categoryName[language]}</td>
                  <td>
                    <StateWord tone={stateWords(row.state).tone}>{stateWords(row.state).word}</StateWord>
                  </td>
                  <td className="tabular">{t('decide.hours', { n: row.waitingHours })}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
      {chosen && <ReviewPanel key={chosen} id={chosen} onClose={() => setChosen(null)} />}
    </div>
  );
}
