import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { DeliveryView } from '#libs/contracts';
import { formatShortDayTime } from '#libs/kernel';
import { deliveriesQuery, deliveryQuery, resendDelivery } from '../../../api/house.api';
import { useSureDeed } from '../../../api/sure-deed';
import { useWords } from '../../../i18n';
import { Chip, Chips } from '../../../ui/choices';
import { type Column, DataTable, Trouble, TwoLines } from '../../../ui/data-table';
import { Icon } from '../../../ui/icon';
import { ListAndPanel, PageHead } from '../../../ui/overlays';
import { Button, Notice, ui } from '../../../ui/parts';
import { useToast } from '../../../ui/toast';
import { useTitle } from '../../../ui/use-title';
import { HERE } from '../here';
import styles from './letters.module.css';

const MAILS = new Set(['email']);

/** Every message that went or will go, what became of it, and the very letter. */
export function LogPage() {
  const { t, language } = useWords();
  useTitle(t('office.letters'));
  const [state, setState] = useState('');
  const [open, setOpen] = useState<string | null>(null);
  const { data, error, refetch } = useQuery(deliveriesQuery(state ? { state } : {}));
  const chosen = data?.deliveries.find((one) => one.id === open);
  const columns: Column<DeliveryView>[] = [
    {
      id: 'what',
      title: t('letters.template'),
      names: true,
      cell: (one) => <TwoLines first={one.template} second={one.address ?? t('letters.no-address')} />,
    },
    { id: 'channel', title: t('letters.channel'), cell: (one) => t(`letters.channel-${one.channel}`) },
    { id: 'state', title: t('letters.state'), cell: (one) => t(`letters.state-${one.state}`) },
    { id: 'tries', title: t('letters.tries'), figures: true, cell: (one) => one.attempts },
    {
      id: 'when',
      title: t('letters.when'),
      cell: (one) => formatShortDayTime(new Date(one.sentAt ?? one.queuedAt), HERE, language),
    },
  ];
  return (
    <ListAndPanel
      label={t('letters.letter')}
      onBack={() => setOpen(null)}
      panel={chosen ? <LetterPanel key={chosen.id} letter={chosen} /> : null}
      list={
        <>
          <PageHead title={t('office.letters')} lead={t('letters.lead')} />
          <Chips label={t('letters.state')}>
            {Object.entries(data?.counts ?? {}).map(([one, count]) => (
              <Chip key={one} on={state === one} count={count} onToggle={() => setState(state === one ? '' : one)}>
                {t(`letters.state-${one}`)}
              </Chip>
            ))}
          </Chips>
          <DataTable
            caption={t('office.letters')}
            columns={columns}
            rows={data?.deliveries}
            rowId={(one) => one.id}
            rowName={(one) => one.template}
            error={error}
            onRetry={() => void refetch()}
            empty={{ title: t('letters.none') }}
            open={{ id: open, onOpen: setOpen }}
          />
        </>
      }
    />
  );
}

function LetterPanel({ letter }: { letter: DeliveryView }) {
  const { t, language } = useWords();
  const client = useQueryClient();
  const tell = useToast();
  const surely = useSureDeed<unknown>();
  const { data } = useQuery(deliveryQuery(letter.id));
  const again = useMutation({
    mutationFn: () => surely((key) => resendDelivery(letter.id, key)),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['deliveries'] });
      tell({ words: t('letters.resent') });
    },
  });
  const when = (instant: string) => formatShortDayTime(new Date(instant), HERE, language);
  return (
    <div className={ui.stack}>
      <h2>{letter.template}</h2>
      <p className="quiet">
        {letter.address ?? t('letters.no-address')} · {t(`letters.state-${letter.state}`)}
      </p>
      {letter.trouble && <Notice tone="warning" title={letter.trouble} />}
      {letter.maybeRepeated && <Notice title={t('letters.maybe-repeated')} />}
      {MAILS.has(letter.channel) && (
        <iframe
          className={styles.preview}
          title={t('letters.preview')}
          sandbox=""
          src={`/api/notifications/deliveries/${letter.id}/preview`}
        />
      )}
      {data && data.attempts.length > 0 && (
        <ol className={styles.tries} aria-label={t('letters.tries')}>
          {data.attempts.map((attempt) => (
            <li key={attempt.number}>
              {when(attempt.startedAt)} · {t(`letters.outcome-${attempt.outcome ?? 'running'}`)}
              {attempt.trouble && ` · ${attempt.trouble}`}
            </li>
          ))}
        </ol>
      )}
      {again.error && <Trouble error={again.error} />}
      <Button kind="outline" busy={again.isPending} onClick={() => again.mutate()}>
        <Icon name="send" /> {t('letters.send-again')}
      </Button>
    </div>
  );
}
