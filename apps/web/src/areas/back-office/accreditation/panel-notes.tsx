import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReviewApplication } from '#libs/contracts';
import { formatShortDayTime } from '#libs/kernel';
import { reviewQuery, writeNote } from '../../../api/accreditations-review.api';
import { useWords } from '../../../i18n';
import { useSession } from '../../../session/use-session';
import { Trouble } from '../../../ui/data-table';
import { TextArea } from '../../../ui/fields';
import { Button } from '../../../ui/parts';
import { Timeline } from '../../../ui/steps';
import styles from './panel.module.css';
import { useStateWords } from './review-words';

const ZONE = 'Asia/Almaty';

/** What colleagues should know; the applicant never sees it. */
export function Notes({ application }: { application: ReviewApplication }) {
  const { t, language } = useWords();
  const client = useQueryClient();
  const { person } = useSession();
  const [text, setText] = useState('');
  const write = useMutation({
    mutationFn: () => writeNote(application.id, text.trim()),
    onSuccess: (after) => {
      client.setQueryData(reviewQuery(application.id).queryKey, after);
      setText('');
    },
  });
  return (
    <section className={styles.notes} aria-label={t('decide.notes')}>
      {application.notes.map((note) => (
        <p key={note.id}>
          {note.text}
          <span className="small quiet">
            {' '}
            · {note.by === person?.id ? t('decide.you') : t('decide.colleague')},{' '}
            {formatShortDayTime(new Date(note.at), ZONE, language)}
          </span>
        </p>
      ))}
      <TextArea
        label={t('decide.note')}
        value={text}
        rows={2}
        maxLength={4000}
        onChange={(event) => setText(event.target.value)}
      />
      {write.error && <Trouble error={write.error} />}
      {text.trim() !== '' && (
        <div>
          <Button kind="outline" busy={write.isPending} onClick={() => write.mutate()}>
            {t('decide.write-note')}
          </Button>
        </div>
      )}
    </section>
  );
}

/** How it went, step by step. */
export function History({ application }: { application: ReviewApplication }) {
  const { t, language } = useWords();
  const stateWords = useStateWords();
  return (
    <details className={styles.more}>
      <summary>{t('decide.history')}</summary>
      <Timeline
        label={t('decide.history')}
        moments={application.history.map((step) => ({
          id: `${step.at}-${step.state}`,
          state: 'done',
          title: stateWords(step.state).word,
          when: `${formatShortDayTime(new Date(step.at), ZONE, language)} · ${t(`decide.by-${step.by}`)}`,
          ...(step.reason && { children: <span className="small">{step.reason}</span> }),
        }))}
      />
    </details>
  );
}
