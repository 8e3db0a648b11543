import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import type { PreparedDecision } from '#libs/contracts';
import { openRelease, prepareDecisions, releasesQuery, undoDecisions } from '../../../api/accreditations-review.api';
import { useWords } from '../../../i18n';
import { Trouble } from '../../../ui/data-table';
import { Select, TextArea } from '../../../ui/fields';
import { Button, Notice } from '../../../ui/parts';
import { useToast } from '../../../ui/toast';
import styles from './office-accreditation.module.css';

/** Prepares one decision for all that are chosen: places are taken now, nobody is told before the release. */
export function PrepareBar({ edition, chosen, onDone }: { edition: string; chosen: string[]; onDone(): void }) {
  const { t, language, count } = useWords();
  const client = useQueryClient();
  const tell = useToast();
  const { data } = useQuery(releasesQuery(edition));
  const open = data?.releases.filter((release) => release.state === 'prepared') ?? [];
  const [decision, setDecision] = useState<PreparedDecision>('approve');
  const [target, setTarget] = useState('');
  const [reason, setReason] = useState('');
  const refresh = () =>
    Promise.all([
      client.invalidateQueries({ queryKey: ['review'] }),
      client.invalidateQueries({ queryKey: ['releases'] }),
    ]);
  const prepare = useMutation({
    mutationFn: async () => {
      const id = target || open[0]?.id || (await openRelease(edition, t('release.first-name'))).id;
      return prepareDecisions(
        id,
        chosen.map((applicationId) => ({
          applicationId,
          decision,
          ...(reason.trim() && { reason: reason.trim() }),
        })),
      );
    },
    onSettled: refresh,
    onSuccess: ({ release, refused }) => {
      const went = chosen.filter((id) => refused.every((one) => one.applicationId !== id));
      if (went.length > 0)
        tell({
          words: count('release.prepared', went.length),
          undo: async () => {
            await undoDecisions(release.id, went);
            await refresh();
          },
        });
      if (refused.length === 0) onDone();
    },
  });
  const words = decision !== 'approve';
  return (
    <section className={styles.prepare} aria-label={t('release.prepare')}>
      <strong>{count('release.chosen', chosen.length)}</strong>
      <Select
        label={t('release.decision')}
        value={decision}
        onChange={(event) => setDecision(event.target.value as PreparedDecision)}
      >
        <option value="approve">{t('decide.approve')}</option>
        <option value="waitlist">{t('decide.waitlist')}</option>
        <option value="reject">{t('decide.reject')}</option>
      </Select>
      <Select label={t('release.into')} value={target} onChange={(event) => setTarget(event.target.value)}>
        {open.length === 0 && <option value="">{t('release.new-one')}</option>}
        {open.map((release) => (
          <option key={release.id} value={release.id}>
            {release.name}
          </option>
        ))}
      </Select>
      {words && (
        <TextArea
          label={t('decide.words')}
          value={reason}
          rows={2}
          maxLength={1000}
          onChange={(event) => setReason(event.target.value)}
        />
      )}
      <div className={styles.verbs}>
        <Button
          busy={prepare.isPending}
          aria-disabled={(words && reason.trim() === '') || undefined}
          onClick={() => prepare.mutate()}
        >
          {t('release.prepare')}
        </Button>
        <Button kind="quiet" onClick={onDone}>
          {t('release.choose-none')}
        </Button>
        <Link to="/office/accreditation/releases">{t('acc.page-releases')}</Link>
      </div>
      {prepare.error && <Trouble error={prepare.error} />}
      {prepare.data && prepare.data.refused.length > 0 && (
        <Notice tone="warning" title={count('release.refused', prepare.data.refused.length)}>
          <ul>
            {[...new Set(prepare.data.refused.map((one) => one.reason[language]))].map((why) => (
              <li key={why}>{why}</li>
            ))}
          </ul>
        </Notice>
      )}
    </section>
  );
}
