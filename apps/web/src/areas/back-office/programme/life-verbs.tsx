import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import type { ScreeningState } from '#libs/contracts';
import {
  cancelScreening,
  delayScreening,
  deleteDraft,
  screeningQuery,
  sharesQuery,
  stepScreening,
} from '../../../api/office-programme.api';
import { useSureDeed } from '../../../api/sure-deed';
import { useWords } from '../../../i18n';
import { Trouble } from '../../../ui/data-table';
import { TextArea } from '../../../ui/fields';
import { Icon } from '../../../ui/icon';
import { ConfirmDialog } from '../../../ui/overlays';
import { Button, buttonClass, Field, Notice } from '../../../ui/parts';
import styles from './panel.module.css';
import type { OfficeScreening } from './timetable.rules';
import { useOffice } from './use-office';

type Step = Exclude<ScreeningState, 'draft' | 'cancelled'>;
type Asked = 'cancel' | 'delay' | 'delete' | 'end' | null;

/** The main step from each state; other verbs stand below it. */
const NEXT: Partial<Record<ScreeningState, Step>> = {
  draft: 'announced',
  announced: 'on-sale',
  'on-sale': 'closed',
  closed: 'on-sale',
};
const LIVE: ScreeningState[] = ['announced', 'on-sale', 'closed'];

/** What may be done with a screening where it stands. What can't be taken back is asked first. */
export function LifeVerbs({ screening, moving }: { screening: OfficeScreening; moving: boolean }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const client = useQueryClient();
  const { changed } = useOffice();
  const [asked, setAsked] = useState<Asked>(null);
  const { id, state } = screening;
  const done = async () => {
    await changed();
    setAsked(null);
  };
  const step = useMutation({ mutationFn: (to: Step) => stepScreening(id, to), onSuccess: done });
  const remove = useMutation({
    mutationFn: async () => deleteDraft(id, (await client.fetchQuery(screeningQuery(id))).tag),
    onSuccess: async () => {
      navigate('/office/programme', { replace: true });
      await changed();
    },
  });
  const next = NEXT[state];
  const live = LIVE.includes(state);
  const error = step.error ?? remove.error;
  if (!next && !live) return null;
  return (
    <div className={styles.verbs}>
      {error && <Trouble error={error} />}
      {next && (
        <Button wide busy={step.isPending} onClick={() => step.mutate(next)}>
          {t(`verb.${next === 'on-sale' && state === 'closed' ? 'reopen' : next}`)}
        </Button>
      )}
      <div className={styles.more}>
        <Link className={buttonClass('outline')} to={`/office/programme/screenings/${id}`}>
          <Icon name="edit" /> {t('verb.edit')}
        </Link>
        {live && (
          <>
            <Link className={buttonClass('outline')} to={`/office/programme/screenings/${id}/move`}>
              <Icon name="swap" /> {t('verb.move')}
            </Link>
            <Button kind="outline" aria-disabled={moving} onClick={() => setAsked('delay')}>
              <Icon name="clock" /> {t('verb.delay')}
            </Button>
            <Button kind="outline" aria-disabled={moving} onClick={() => setAsked('end')}>
              <Icon name="check" /> {t('verb.end')}
            </Button>
            <Button kind="outline" onClick={() => setAsked('cancel')}>
              <Icon name="close" /> {t('verb.cancel')}
            </Button>
          </>
        )}
        {state === 'draft' && (
          <Button kind="outline" onClick={() => setAsked('delete')}>
            <Icon name="bin" /> {t('verb.delete')}
          </Button>
        )}
      </div>
      <ConfirmDialog
        open={asked === 'delete'}
        title={t('delete.title')}
        verb={t('verb.delete')}
        busy={remove.isPending}
        onConfirm={() => remove.mutate()}
        onClose={() => setAsked(null)}
      >
        <p>{t('delete.what')}</p>
        {remove.error && <Trouble error={remove.error} />}
      </ConfirmDialog>
      <ConfirmDialog
        open={asked === 'end'}
        title={t('end.title')}
        verb={t('verb.end')}
        busy={step.isPending}
        onConfirm={() => step.mutate('ended')}
        onClose={() => setAsked(null)}
      >
        <p>{t('end.what')}</p>
        {step.error && <Trouble error={step.error} />}
      </ConfirmDialog>
      {asked === 'cancel' && <CancelDialog screening={screening} onDone={done} onClose={() => setAsked(null)} />}
      {asked === 'delay' && <DelayDialog screening={screening} onDone={done} onClose={() => setAsked(null)} />}
    </div>
  );
}

interface Asks {
  screening: OfficeScreening;
  onDone(): Promise<void>;
  onClose(): void;
}

function CancelDialog({ screening, onDone, onClose }: Asks) {
  const { t, count } = useWords();
  const [reason, setReason] = useState('');
  const { data: shares } = useQuery(sharesQuery(screening.id));
  const used = shares?.allocations.reduce((sum, share) => sum + share.used, 0) ?? 0;
  const cancel = useMutation({ mutationFn: () => cancelScreening(screening.id, reason.trim()), onSuccess: onDone });
  return (
    <ConfirmDialog
      open
      title={t('cancel.title')}
      verb={t('verb.cancel')}
      busy={cancel.isPending}
      onConfirm={() => cancel.mutate()}
      onClose={onClose}
    >
      <Notice tone="warning" title={used > 0 ? count('cancel.holders', used) : t('cancel.nobody')}>
        {t(used > 0 ? 'cancel.what' : 'cancel.what-nobody')}
      </Notice>
      <TextArea
        label={t('cancel.reason')}
        hint={t('cancel.reason-hint')}
        value={reason}
        onChange={({ target }) => setReason(target.value)}
      />
      {cancel.error && <Trouble error={cancel.error} />}
    </ConfirmDialog>
  );
}

function DelayDialog({ screening, onDone, onClose }: Asks) {
  const { t } = useWords();
  const [minutes, setMinutes] = useState('10');
  const surely = useSureDeed<unknown>();
  const delay = useMutation({
    mutationFn: () => surely((key) => delayScreening(screening.id, Number(minutes), key)),
    onSuccess: onDone,
  });
  return (
    <ConfirmDialog
      open
      title={t('delay.title')}
      verb={t('verb.delay')}
      busy={delay.isPending}
      onConfirm={() => delay.mutate()}
      onClose={onClose}
    >
      <p>{t('delay.what')}</p>
      <Field
        label={t('delay.minutes')}
        hint={t('delay.hint')}
        type="number"
        min={1}
        max={60}
        value={minutes}
        onChange={({ target }) => setMinutes(target.value)}
      />
      {delay.error && <Trouble error={delay.error} />}
    </ConfirmDialog>
  );
}
