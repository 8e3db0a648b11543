import type { Application, CategoryList, CategoryView } from '#libs/contracts';
import { formatDate, venueDate } from '#libs/kernel';
import { useWords } from '../../i18n';
import { Notice, StateWord } from '../../ui/parts';
import styles from './accreditation.module.css';
import { Deeds } from './deeds';
import { DraftForm } from './draft-form';
import { Papers } from './papers';
import { useStateWords } from './state-words';

const ZONE = 'Asia/Almaty';

/** One application: your turn on top, then the form or the papers, then the way it went. */
export function ApplicationCard({
  application,
  category,
  consent,
}: {
  application: Application;
  category: CategoryView | undefined;
  consent: CategoryList['consent'];
}) {
  const { t, language } = useWords();
  const stateWords = useStateWords();
  const state = stateWords(application.state);
  const editable = application.state === 'draft' || application.state === 'information-requested';
  return (
    <section className={styles.card}>
      <div className={styles.cardHead}>
        <h2>{application.categoryName[language]}</h2>
        <StateWord tone={state.tone}>{state.word}</StateWord>
      </div>
      {application.request && (
        <Notice tone="warning" title={t('accreditation.your-turn')}>
          <p>{application.request.message}</p>
          <p className="small">
            {t('accreditation.until', {
              date: formatDate(venueDate(new Date(application.request.dueAt), ZONE), language),
            })}
          </p>
        </Notice>
      )}
      {application.reason && <p>{application.reason}</p>}
      {editable && category ? (
        <DraftForm key={application.state} application={application} category={category} consent={consent} />
      ) : (
        <Papers papers={application.evidence} category={category} />
      )}
      <Deeds application={application} />
      <ol className={styles.timeline} aria-label={t('accreditation.history')}>
        {application.history.map((step) => (
          <li key={`${step.at}-${step.state}`}>
            <strong>{stateWords(step.state).word}</strong>
            <span className="small quiet">{formatDate(venueDate(new Date(step.at), ZONE), language)}</span>
            {step.reason && <span className="small">{step.reason}</span>}
          </li>
        ))}
      </ol>
    </section>
  );
}
