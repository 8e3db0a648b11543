import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { ReviewApplication } from '#libs/contracts';
import { formatShortDayTime, type Language } from '#libs/kernel';
import { assignReviewer, duplicatesQuery, reviewQuery } from '../../../api/accreditations-review.api';
import { useWords } from '../../../i18n';
import { countryName } from '../../../i18n/places';
import { useSession } from '../../../session/use-session';
import { Trouble } from '../../../ui/data-table';
import { QuotaBar } from '../../../ui/drop-area';
import { Button, Notice, StateWord, Waiting } from '../../../ui/parts';
import { BadgeDeeds } from './badge-deeds';
import styles from './panel.module.css';
import { PanelDeeds } from './panel-deeds';
import { History, Notes } from './panel-notes';
import { PanelPapers, Portrait } from './panel-papers';
import { useStateWords } from './review-words';
import type { DeedName } from './use-queue-keys';

const ZONE = 'Asia/Almaty';

interface PanelProps {
  id: string;
  /** What a key asked for. */
  asked: { name: DeedName; nth: number } | undefined;
  onDone(): void;
}

/** One application as its reviewer works through it: who, what speaks against it, papers, notes, and the deed at the foot. */
export function ReviewPanel({ id, asked, onDone }: PanelProps) {
  const { t, language } = useWords();
  const stateWords = useStateWords();
  const { data, error, refetch } = useQuery(reviewQuery(id));
  const { data: twins } = useQuery(duplicatesQuery(data?.editionId ?? '', id));
  if (error && !data) return <Trouble error={error} onRetry={() => void refetch()} />;
  if (!data) return <Waiting label={t('app.loading')} rows={4} />;
  const name = data.fields.name || t('decide.forgotten');
  const { word, tone } = stateWords(data.state);
  return (
    <>
      <header className={styles.head}>
        <Portrait application={data} />
        <div className={styles.who}>
          <p className="small quiet">
            {data.submittedAt &&
              t('decide.sent', { when: formatShortDayTime(new Date(data.submittedAt), ZONE, language) })}
          </p>
          <h2>{name}</h2>
          <p>{[data.fields.outlet ?? data.fields.company, data.fields.city].filter(Boolean).join(', ')}</p>
          <p>
            <strong>{data.categoryName[language]}</strong> <StateWord tone={tone}>{word}</StateWord>
          </p>
        </div>
      </header>
      <Reviewer application={data} />
      {twins?.pairs.map((pair) => {
        const other = pair.first.id === id ? pair.second : pair.first;
        return (
          <Notice key={other.id} tone="warning" title={t('twins.maybe', { name: other.name })}>
            <p>{pair.because.map((why) => t(`twins.${why}`)).join(', ')}</p>
            <Link to={`/office/accreditation/duplicates?application=${id}`}>{t('twins.compare')}</Link>
          </Notice>
        );
      })}
      {data.held && (
        <Notice tone="warning">
          {t('decide.held', { was: [data.held.fields.name, data.held.fields.outlet].filter(Boolean).join(', ') })}
        </Notice>
      )}
      {data.prepared && (
        <Notice>
          {t('decide.prepared')}{' '}
          <Link to={`/office/accreditation/releases/${data.prepared.releaseId}`}>{t('acc.page-releases')}</Link>
        </Notice>
      )}
      <PanelPapers application={data} />
      <Facts application={data} language={language} />
      <div className={styles.quotas}>
        {data.quotas.map((quota) => (
          <QuotaBar
            key={`${quota.of}-${quota.subject}`}
            label={quota.subject ?? data.categoryName[language]}
            used={quota.used}
            of={quota.capacity}
          />
        ))}
      </div>
      {data.opinionsNeeded > 1 && data.opinions.length < data.opinionsNeeded && (
        <p>{t('decide.second', { n: data.opinions.length, of: data.opinionsNeeded })}</p>
      )}
      <BadgeDeeds application={data} />
      <Notes application={data} />
      <History application={data} />
      <PanelDeeds application={data} asked={asked} onDone={onDone} />
    </>
  );
}

function Reviewer({ application }: { application: ReviewApplication }) {
  const { t } = useWords();
  const client = useQueryClient();
  const { person } = useSession();
  const mine = application.reviewer === person?.id;
  const give = async (to: string | null) => {
    client.setQueryData(reviewQuery(application.id).queryKey, await assignReviewer(application.id, to));
    await client.invalidateQueries({ queryKey: ['review'] });
  };
  return (
    <p className={styles.reviewer}>
      <span className="quiet">
        {mine ? t('decide.yours') : application.reviewer ? t('decide.colleagues') : t('decide.nobodys')}
      </span>{' '}
      {person && (
        <Button kind="quiet" onClick={() => void give(mine ? null : person.id)}>
          {mine ? t('decide.give-back') : t('decide.take')}
        </Button>
      )}
    </p>
  );
}

function Facts({ application, language }: { application: ReviewApplication; language: Language }) {
  const { t } = useWords();
  return (
    <details className={styles.more} open>
      <summary>{t('decide.answers')}</summary>
      <dl className={styles.facts}>
        {application.form.map((field) => {
          const value = application.fields[field.id];
          if (!value) return null;
          return (
            <div key={field.id}>
              <dt>{field.label[language]}</dt>
              <dd>{shownAnswer(field, value, language, t)}</dd>
            </div>
          );
        })}
      </dl>
    </details>
  );
}

/** An answer as an officer reads it: choices, countries, lists, and yes or no by name. */
function shownAnswer(
  field: ReviewApplication['form'][number],
  value: string,
  language: Language,
  t: (key: string) => string,
): string {
  if (field.kind === 'country') return countryName(value, language);
  if (field.kind === 'yes-no') return t(value === 'yes' ? 'field.yes' : 'field.no');
  if (field.kind === 'equipment' || field.kind === 'crew')
    try {
      return (JSON.parse(value) as Record<string, unknown>[]).map((row) => Object.values(row).join(', ')).join('; ');
    } catch {
      return value;
    }
  return field.choices?.find((choice) => choice.id === value)?.name[language] ?? value;
}
