import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { DoorConflict, HousePage } from '#libs/contracts';
import { venueTime } from '#libs/kernel';
import { housePageQuery, settleConflict } from '../../../../api/tickets-house.api';
import { useWords } from '../../../../i18n';
import { Trouble } from '../../../../ui/data-table';
import { Icon } from '../../../../ui/icon';
import { Button, Field, StateWord } from '../../../../ui/parts';
import styles from './house.module.css';

/** What gates let in and does not fit; the open ones first. Each says what to do and is settled with a note. */
export function ConflictList({ house }: { house: HousePage }) {
  const { t, count } = useWords();
  const open = house.conflicts.filter(({ settled }) => !settled);
  const settled = house.conflicts.filter((one) => one.settled);
  return (
    <section className={styles.part} aria-labelledby="conflicts">
      <h2 id="conflicts">{t('house.conflicts')}</h2>
      {open.length === 0 ? (
        <p className={styles.good}>
          <Icon name="check" /> {t('house.conflicts-none')}
        </p>
      ) : (
        <ul className={styles.conflicts}>
          {open.map((conflict) => (
            <Conflict key={conflict.key} conflict={conflict} house={house} />
          ))}
        </ul>
      )}
      {settled.length > 0 && (
        <details>
          <summary>{count('house.n-settled', settled.length)}</summary>
          <ul className={styles.conflicts}>
            {settled.map((conflict) => (
              <Conflict key={conflict.key} conflict={conflict} house={house} />
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

function Conflict({ conflict, house }: { conflict: DoorConflict; house: HousePage }) {
  const { t } = useWords();
  const { timezone } = house.screening;
  const { kind, row, seat, last4, over, endedAs, endedAt, scans, settled } = conflict;
  const time = (at: string) => venueTime(new Date(at), timezone);
  const where = [
    row && seat && t('house.seat', { row, seat }),
    last4 && t('house.ends-in', { last4 }),
    over && t('house.over-by', { over }),
    endedAs && endedAt && t('house.ended-at', { time: time(endedAt) }),
  ].filter(Boolean);
  return (
    <li className={styles.conflict} data-settled={settled ? true : undefined}>
      <h3>{t(`house.kind-${kind}`)}</h3>
      {where.length > 0 && <p className={styles.where}>{where.join(' · ')}</p>}
      <ol className={styles.scans}>
        {scans.map((scan) => (
          <li key={scan.scanId}>
            <time dateTime={scan.at} className="tabular">
              {time(scan.at)}
            </time>
            <span>
              {t('house.at-gate', { gate: scan.gate })} · {scan.device}
            </span>
            {scan.offline && <StateWord tone="info">{t('house.offline')}</StateWord>}
            {scan.clockOff && <StateWord tone="warning">{t('house.clock-off')}</StateWord>}
          </li>
        ))}
      </ol>
      {settled ? (
        <p className={styles.good}>
          <Icon name="check" /> {settled.note}
        </p>
      ) : (
        <>
          <p>{t(`house.do-${kind}`)}</p>
          <Settle conflict={conflict} screening={house.screening.id} />
        </>
      )}
    </li>
  );
}

function Settle({ conflict, screening }: { conflict: DoorConflict; screening: string }) {
  const { t } = useWords();
  const client = useQueryClient();
  const [note, setNote] = useState('');
  const settle = useMutation({
    mutationFn: () => settleConflict(screening, conflict.key, note.trim()),
    onSuccess: (page) => client.setQueryData(housePageQuery(screening).queryKey, page),
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    settle.mutate();
  }
  return (
    <form className={styles.settle} onSubmit={submit}>
      <Field
        label={t('house.note')}
        value={note}
        required
        minLength={3}
        maxLength={300}
        onChange={(event) => setNote(event.target.value)}
      />
      <Button type="submit" kind="outline" busy={settle.isPending}>
        {t('house.settle')}
      </Button>
      {settle.error && <Trouble error={settle.error} />}
    </form>
  );
}
