import { Link } from 'react-router';
import type { Application, CategoryView } from '#libs/contracts';
import { formatDate, formatShortDayTime, venueDate } from '#libs/kernel';
import { useWords } from '../../i18n';
import { Icon } from '../../ui/icon';
import { buttonClass, StateWord, ui } from '../../ui/parts';
import { type Moment, Timeline } from '../../ui/steps';
import styles from './accreditation.module.css';
import { Deeds } from './deeds';
import { PaperLine } from './paper-line';
import { useStateWords } from './state-words';
import { aheadOf } from './status.rules';

const ZONE = 'Asia/Almaty';

/** Where an application stands: the reader's turn on top, then how it went and what comes next and by when. */
export function StatusPage({ application, category }: { application: Application; category: CategoryView }) {
  const { t, language, count } = useWords();
  const { word, tone } = useStateWords()(application.state);
  const day = (instant: string) => formatDate(venueDate(new Date(instant), ZONE), language);
  return (
    <div className={styles.status}>
      <header className={ui.stack}>
        <div className={styles.statusHead}>
          <Link to="/accreditation">
            <Icon name="back" /> {t('status.all')}
          </Link>
          <StateWord tone={tone}>{word}</StateWord>
        </div>
        <h1>{t(`status.title-${application.state}`)}</h1>
        <p className={styles.lead}>
          {application.request
            ? t('status.clock-stopped', { date: day(application.request.dueAt) })
            : application.categoryName[language]}
        </p>
      </header>
      {application.request && (
        <section className={styles.turn} aria-label={t('accreditation.your-turn')}>
          <h2>{turnTitle(application, category, language) ?? t('accreditation.your-turn')}</h2>
          <blockquote>{application.request.message}</blockquote>
          <p className="small quiet">{t('accreditation.until', { date: day(application.request.dueAt) })}</p>
          {category.evidence
            .filter((rule) => rule.kind === application.request?.kind)
            .map((rule) => (
              <PaperLine key={rule.kind} rule={rule} application={application} />
            ))}
        </section>
      )}
      {application.reason && !application.request && <blockquote>{application.reason}</blockquote>}
      <Deeds application={application} />
      {application.badge && application.state === 'approved' && (
        <p>
          <Link className={buttonClass()} to="/accreditation/badge">
            {t('badge.label')}
          </Link>
        </p>
      )}
      <Timeline label={t('accreditation.history')} moments={useMoments(application, count, category)} />
    </div>
  );
}

function turnTitle(application: Application, category: CategoryView, language: 'kk' | 'ru' | 'en') {
  return category.evidence.find(({ kind }) => kind === application.request?.kind)?.name[language];
}

function useMoments(
  application: Application,
  count: (key: string, n: number) => string,
  category: CategoryView,
): Moment[] {
  const { t, language } = useWords();
  const stateWords = useStateWords();
  const turns = ['information-requested', 'offered', 'awaiting-payment', 'draft'];
  const last = application.history.length - 1;
  const went = application.history.map((step, index): Moment => {
    const turn = index === last && turns.includes(step.state);
    return {
      id: `${step.at}-${step.state}`,
      state: turn ? 'turn' : 'done',
      title: stateWords(step.state).word,
      when: [
        formatShortDayTime(new Date(step.at), ZONE, language),
        t(`status.by-${step.by}`),
        turn && application.dueAt
          ? t('accreditation.until', { date: formatDate(venueDate(new Date(application.dueAt), ZONE), language) })
          : '',
      ]
        .filter(Boolean)
        .join(' · '),
      ...(step.reason && { children: <span className="small">{step.reason}</span> }),
    };
  });
  const comes = aheadOf(application).map(
    (next): Moment => ({
      id: next,
      state: 'ahead',
      title: t(`status.ahead-${next}`),
      when:
        next === 'decision'
          ? count('status.within', category.terms.decisionDays)
          : next === 'badge'
            ? t('status.badge-at-once')
            : undefined,
    }),
  );
  return [...went, ...comes];
}
