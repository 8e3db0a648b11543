import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import type { DuplicatePair, ReviewApplication } from '#libs/contracts';
import { formatShortDayTime } from '#libs/kernel';
import {
  dismissDuplicates,
  duplicatesQuery,
  mergeDuplicates,
  reviewQuery,
} from '../../../api/accreditations-review.api';
import { useWords } from '../../../i18n';
import { Trouble } from '../../../ui/data-table';
import { TextArea } from '../../../ui/fields';
import { ConfirmDialog, PageHead } from '../../../ui/overlays';
import { Button, Empty, StateWord, ui, Waiting } from '../../../ui/parts';
import { useTitle } from '../../../ui/use-title';
import { useEdition } from '../use-edition';
import styles from './office-accreditation.module.css';
import { useStateWords } from './review-words';

const ZONE = 'Asia/Almaty';

/** Applications that may be one person's, side by side; merged, or told apart for good. */
export function DuplicatesPage() {
  const { t } = useWords();
  useTitle(t('acc.page-duplicates'));
  const { id: edition } = useEdition();
  const [params] = useSearchParams();
  const application = params.get('application') ?? undefined;
  const { data, error, refetch } = useQuery(duplicatesQuery(edition, application));
  return (
    <div className={styles.page}>
      <PageHead title={t('acc.page-duplicates')} lead={t('twins.lead')} />
      {application && <Link to="/office/accreditation/duplicates">{t('twins.all')}</Link>}
      {error && <Trouble error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Waiting label={t('app.loading')} />}
      {data?.pairs.length === 0 && <Empty title={t('twins.none')} />}
      {data?.pairs.map((pair) => (
        <Pair key={`${pair.first.id}${pair.second.id}`} pair={pair} />
      ))}
    </div>
  );
}

function Pair({ pair }: { pair: DuplicatePair }) {
  const { t } = useWords();
  const client = useQueryClient();
  const [keep, setKeep] = useState<'first' | 'second'>();
  const [reason, setReason] = useState('');
  const deed = useMutation({
    mutationFn: (work: () => Promise<unknown>) => work(),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['duplicates'] }),
        client.invalidateQueries({ queryKey: ['review'] }),
      ]),
  });
  const { first, second } = pair;
  const kept = keep && pair[keep];
  const dropped = keep && pair[keep === 'first' ? 'second' : 'first'];
  return (
    <section className={styles.pair} aria-label={`${first.name}, ${second.name}`}>
      <p>
        <strong>{pair.because.map((why) => t(`twins.${why}`)).join(', ')}</strong>
      </p>
      <div className={styles.twins}>
        <Twin id={first.id} other={second.id} onKeep={() => setKeep('first')} />
        <Twin id={second.id} other={first.id} onKeep={() => setKeep('second')} />
      </div>
      {deed.error && !keep && <Trouble error={deed.error} />}
      <div>
        <Button
          kind="outline"
          busy={deed.isPending}
          onClick={() => deed.mutate(() => dismissDuplicates(first.id, second.id))}
        >
          {t('twins.dismiss')}
        </Button>
      </div>
      <ConfirmDialog
        open={keep !== undefined}
        title={t('twins.merge-sure', { keep: kept?.name ?? '' })}
        verb={t('twins.merge')}
        busy={deed.isPending}
        onClose={() => setKeep(undefined)}
        onConfirm={() =>
          kept &&
          dropped &&
          reason.trim() &&
          deed.mutate(() => mergeDuplicates({ keep: kept.id, drop: dropped.id, reason: reason.trim() }), {
            onSuccess: () => setKeep(undefined),
          })
        }
      >
        <p>{t('twins.merge-detail')}</p>
        <TextArea
          label={t('decide.words')}
          value={reason}
          rows={2}
          maxLength={1000}
          onChange={(event) => setReason(event.target.value)}
        />
        {deed.error && <Trouble error={deed.error} />}
      </ConfirmDialog>
    </section>
  );
}

function Twin({ id, other, onKeep }: { id: string; other: string; onKeep(): void }) {
  const { t, language } = useWords();
  const stateWords = useStateWords();
  const { data } = useQuery(reviewQuery(id));
  const { data: beside } = useQuery(reviewQuery(other));
  if (!data) return <Waiting label={t('app.loading')} />;
  const same = (field: string) =>
    beside !== undefined && (beside as ReviewApplication).fields[field] === data.fields[field];
  return (
    <article className={ui.stack}>
      <h2>
        <Link to={`/office/accreditation/applications/${id}`}>{data.fields.name}</Link>
      </h2>
      <p>
        {data.categoryName[language]}{' '}
        <StateWord tone={stateWords(data.state).tone}>{stateWords(data.state).word}</StateWord>
      </p>
      <dl className={styles.facts}>
        {data.form
          .filter((field) => data.fields[field.id])
          .map((field) => (
            <div key={field.id} data-same={same(field.id) || undefined}>
              <dt>{field.label[language]}</dt>
              <dd>{data.fields[field.id]}</dd>
            </div>
          ))}
        {data.submittedAt && (
          <div>
            <dt>{t('twins.sent')}</dt>
            <dd>{formatShortDayTime(new Date(data.submittedAt), ZONE, language)}</dd>
          </div>
        )}
      </dl>
      <div>
        <Button kind="outline" onClick={onKeep}>
          {t('twins.keep')}
        </Button>
      </div>
    </article>
  );
}
