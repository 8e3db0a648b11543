import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { CounterPayment } from '#libs/contracts';
import { ApiProblem } from '../../api/client';
import { approvalQuery, askApproval } from '../../api/counter-sales.api';
import { useSureDeed } from '../../api/sure-deed';
import { useWords } from '../../i18n';
import { Chip, Chips } from '../../ui/choices';
import { Trouble } from '../../ui/data-table';
import { Button, Dialog, Notice, ui } from '../../ui/parts';
import { ReasonField, saysEnough } from './reason-field';
import { useNames } from './told';

const USUAL = ['guest', 'press', 'jury', 'team', 'social'] as const;

interface Props {
  open: boolean;
  shiftId: string;
  seats: number;
  busy: boolean;
  /** Why the service did not take it. */
  trouble: Error | undefined;
  onGive(payment: Extract<CounterPayment, { by: 'complimentary' }>): void;
  onClose(): void;
}

/** Tickets that cost nothing: for whom, and above the clerk's limit with a house manager's word. */
export function FreeDialog({ open, shiftId, seats, busy, trouble, onGive, onClose }: Props) {
  const { t, count } = useWords();
  const [reason, setReason] = useState('');
  const surely = useSureDeed<{ id: string }>();
  const asked = useMutation({
    mutationFn: () => surely((key) => askApproval({ shiftId, seats, reason: reason.trim() }, key)),
  });
  const { data: approval } = useQuery({ ...approvalQuery(asked.data?.id), enabled: open && asked.data !== undefined });
  const nameOf = useNames([approval?.decidedBy]);
  const overLimit = trouble instanceof ApiProblem && trouble.code === 'approval-needed';
  const state = approval?.state;
  const given = saysEnough(reason);
  return (
    <Dialog open={open} label={t('counter.free-title')} onClose={onClose}>
      <form
        className={ui.stack}
        onSubmit={(event) => {
          event.preventDefault();
          if (!given || busy) return;
          onGive({
            by: 'complimentary',
            reason: reason.trim(),
            ...(state === 'approved' && { approval: approval!.id }),
          });
        }}
      >
        <h2>{t('counter.free-title')}</h2>
        <p>{count('counter.free-lead', seats)}</p>
        <Chips label={t('counter.free-usual')}>
          {USUAL.map((one) => (
            <Chip
              key={one}
              on={reason === t(`counter.free-${one}`)}
              onToggle={() => setReason(t(`counter.free-${one}`))}
            >
              {t(`counter.free-${one}`)}
            </Chip>
          ))}
        </Chips>
        <ReasonField
          label={t('counter.free-reason')}
          hint={t('counter.free-reason-hint')}
          value={reason}
          onChange={setReason}
        />
        {trouble && state !== 'approved' && <Trouble error={trouble} />}
        {asked.error && <Trouble error={asked.error} />}
        {state === 'asked' && <Notice tone="warning" title={t('counter.approval-waits')} />}
        {(state === 'refused' || state === 'lapsed') && <Notice tone="error" title={t('counter.approval-refused')} />}
        {state === 'approved' && (
          <Notice tone="ok" title={t('counter.approval-given', { who: nameOf(approval?.decidedBy) })} />
        )}
        {overLimit && state !== 'approved' ? (
          <Button busy={asked.isPending || state === 'asked' || !given} onClick={() => asked.mutate()}>
            {t('counter.ask-approval')}
          </Button>
        ) : (
          <Button type="submit" busy={busy || !given}>
            {busy ? t('counter.sending') : count('counter.give-free', seats)}
          </Button>
        )}
      </form>
    </Dialog>
  );
}
