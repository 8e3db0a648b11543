import { useMutation, useQueries, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { DeadLetterView } from '#libs/contracts';
import { formatShortDayTime } from '#libs/kernel';
import { deadLettersQuery, dropLetter, HEARERS, type Hearer, replayLetter } from '../../../api/house.api';
import { useWords } from '../../../i18n';
import { Chip, Chips } from '../../../ui/choices';
import { type Column, DataTable, Trouble, TwoLines } from '../../../ui/data-table';
import { Icon } from '../../../ui/icon';
import { ConfirmDialog, ListAndPanel, PageHead } from '../../../ui/overlays';
import { Button, Notice } from '../../../ui/parts';
import { useToast } from '../../../ui/toast';
import { useTitle } from '../../../ui/use-title';
import { HERE } from '../here';
import styles from './audit.module.css';

type Letter = DeadLetterView & { service: Hearer };
const idOf = (letter: Letter) => `${letter.service}/${letter.id}`;

/** Facts that a service could not hear: read, heard again, or given up. */
export function DeadLettersPage() {
  const { t, language } = useWords();
  useTitle(t('audit.dead-letters'));
  const [all, setAll] = useState(false);
  const [open, setOpen] = useState<string | null>(null);
  const answers = useQueries({ queries: HEARERS.map((service) => deadLettersQuery(service, all)) });
  const known = answers.every((one) => one.data !== undefined);
  const letters = known
    ? answers
        .flatMap((one, index) => one.data!.letters.map((letter): Letter => ({ ...letter, service: HEARERS[index]! })))
        .sort((a, b) => b.at.localeCompare(a.at))
    : undefined;
  const chosen = letters?.find((letter) => idOf(letter) === open);
  const columns: Column<Letter>[] = [
    {
      id: 'what',
      title: t('audit.fact'),
      names: true,
      cell: (letter) => <TwoLines first={letter.type ?? t('audit.no-fact')} second={letter.key ?? ''} />,
    },
    { id: 'service', title: t('audit.service'), cell: (letter) => letter.service },
    { id: 'why', title: t('audit.reason'), cell: (letter) => letter.reason },
    { id: 'state', title: t('audit.state'), cell: (letter) => t(`audit.state-${letter.state}`) },
    { id: 'when', title: t('audit.when'), cell: (letter) => formatShortDayTime(new Date(letter.at), HERE, language) },
  ];
  return (
    <ListAndPanel
      label={t('audit.dead-letter')}
      onBack={() => setOpen(null)}
      panel={chosen ? <LetterPanel key={open} letter={chosen} /> : null}
      list={
        <>
          <PageHead title={t('audit.dead-letters')} lead={t('audit.dead-lead')} />
          <Chips label={t('audit.state')}>
            <Chip on={all} onToggle={() => setAll(!all)}>
              {t('audit.also-decided')}
            </Chip>
          </Chips>
          <DataTable
            caption={t('audit.dead-letters')}
            columns={columns}
            rows={letters}
            rowId={idOf}
            rowName={(letter) => letter.type ?? idOf(letter)}
            error={answers.find((one) => one.error)?.error}
            onRetry={() => {
              for (const one of answers) void one.refetch();
            }}
            empty={{ title: t('audit.all-heard') }}
            open={{ id: open, onOpen: setOpen }}
          />
        </>
      }
    />
  );
}

function LetterPanel({ letter }: { letter: Letter }) {
  const { t, count } = useWords();
  const client = useQueryClient();
  const tell = useToast();
  const [giving, setGiving] = useState(false);
  const settled = async (words: string) => {
    setGiving(false);
    await client.invalidateQueries({ queryKey: ['dead-letters', letter.service] });
    tell({ words });
  };
  const replay = useMutation({
    mutationFn: () => replayLetter(letter.service, letter.id),
    onSuccess: () => settled(t('audit.replayed')),
  });
  const drop = useMutation({
    mutationFn: () => dropLetter(letter.service, letter.id),
    onSuccess: () => settled(t('audit.dropped')),
  });
  const waits = letter.state === 'open' || letter.state === 'replay';
  return (
    <>
      <h2>{letter.type ?? t('audit.no-fact')}</h2>
      <p>{letter.reason}</p>
      <p className="quiet small">
        {letter.topic}/{letter.partition}/{letter.offset} · {count('audit.tries', letter.attempts)}
      </p>
      {letter.event ? (
        <pre className={styles.event}>{JSON.stringify(letter.event, null, 2)}</pre>
      ) : (
        <Notice title={t('audit.personal')} />
      )}
      {(replay.error ?? drop.error) && <Trouble error={(replay.error ?? drop.error)!} />}
      {waits && (
        <div className={styles.verbs}>
          <Button busy={replay.isPending} onClick={() => replay.mutate()}>
            <Icon name="refresh" /> {t('audit.replay')}
          </Button>
          <Button kind="outline" onClick={() => setGiving(true)}>
            {t('audit.drop')}
          </Button>
        </div>
      )}
      <ConfirmDialog
        open={giving}
        title={t('audit.drop-title')}
        verb={t('audit.drop')}
        busy={drop.isPending}
        onConfirm={() => drop.mutate()}
        onClose={() => setGiving(false)}
      >
        <p>{t('audit.drop-lead')}</p>
      </ConfirmDialog>
    </>
  );
}
