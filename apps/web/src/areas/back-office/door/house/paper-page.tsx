import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import type { PaperList, PaperTicked } from '#libs/contracts';
import { formatShortDayTime } from '#libs/kernel';
import { housePageQuery, paperListQuery, typeTicks } from '../../../../api/tickets-house.api';
import { useWords } from '../../../../i18n';
import { Trouble } from '../../../../ui/data-table';
import { CheckBox } from '../../../../ui/fields';
import { Icon } from '../../../../ui/icon';
import { Button, buttonClass, Empty, Notice, ui, Waiting } from '../../../../ui/parts';
import { useTitle } from '../../../../ui/use-title';
import styles from './house.module.css';

type Row = PaperList['rows'][number];
const nameOf = ({ row, seat, last4 }: Row) => `${row} ${seat} ${last4}`;

/** The list for a gate without any device: printed before doors, its ticks typed in afterwards. It names nobody. */
export function PaperPage() {
  const { t, language } = useWords();
  const { screeningId = '' } = useParams();
  const { data, error, refetch } = useQuery(paperListQuery(screeningId));
  useTitle(t('house.paper'));
  if (error && !data)
    return (
      <div className={ui.page}>
        <Trouble error={error} onRetry={() => void refetch()} />
      </div>
    );
  if (!data) return <Waiting label={t('app.loading')} rows={8} />;
  const { screening, rows } = data;
  return (
    <div className={styles.paper}>
      <header className={styles.head}>
        <p className={styles.when}>
          {formatShortDayTime(new Date(screening.startsAt), screening.timezone, language)} · {screening.venue[language]}
          , {screening.hall[language]}
        </p>
        <h1>{screening.title[language]}</h1>
        <p className={styles.noPrint}>{t('house.paper-lead')}</p>
        <div className={`${styles.deeds} ${styles.noPrint}`}>
          <Button onClick={() => window.print()}>
            <Icon name="print" /> {t('house.print')}
          </Button>
          <Link className={buttonClass('outline')} to=".." relative="path">
            <Icon name="back" /> {t('house.back-to-live')}
          </Link>
        </div>
      </header>
      {rows.length === 0 ? (
        <Empty title={t('house.paper-none')} />
      ) : (
        <Ticks key={rows.length} screening={screeningId} rows={rows} />
      )}
    </div>
  );
}

function Ticks({ screening, rows }: { screening: string; rows: Row[] }) {
  const { t, count } = useWords();
  const client = useQueryClient();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const save = useMutation({
    mutationFn: () =>
      typeTicks(screening, {
        ticks: rows
          .filter((one) => chosen.has(nameOf(one)))
          .slice(0, 500)
          .map(({ row, seat, last4 }) => ({ row, seat, last4 })),
      }),
    onSuccess: async () => {
      setChosen(new Set());
      await client.invalidateQueries({ queryKey: paperListQuery(screening).queryKey });
      await client.invalidateQueries({ queryKey: housePageQuery(screening).queryKey });
    },
  });
  const toggle = (name: string) =>
    setChosen((now) => {
      const next = new Set(now);
      if (!next.delete(name)) next.add(name);
      return next;
    });
  return (
    <>
      <ul className={styles.seats}>
        {rows.map((one) => (
          <li key={nameOf(one)}>
            <span className={styles.box} aria-hidden="true" />
            <CheckBox
              checked={one.entered || chosen.has(nameOf(one))}
              disabled={one.entered}
              onChange={() => toggle(nameOf(one))}
            >
              <span className={styles.seat}>
                <strong>{t('house.seat', { row: one.row, seat: one.seat })}</strong>
                <span className="tabular">{one.last4}</span>
                <span className="quiet">{t(`house.class-${one.class}`)}</span>
              </span>
            </CheckBox>
          </li>
        ))}
      </ul>
      <div className={`${styles.ticks} ${styles.noPrint}`}>
        <p role="status">{count('house.n-ticked', chosen.size)}</p>
        <Button busy={save.isPending} aria-disabled={chosen.size === 0 || undefined} onClick={() => save.mutate()}>
          {t('house.type-ticks')}
        </Button>
      </div>
      {save.error && <Trouble error={save.error} />}
      {save.data && <Typed done={save.data} />}
    </>
  );
}

function Typed({ done }: { done: PaperTicked }) {
  const { t, count } = useWords();
  return (
    <Notice
      tone={done.unknown.length > 0 ? 'warning' : 'ok'}
      title={count('house.n-typed', done.stored + done.repeated)}
    >
      {done.unknown.length > 0 && (
        <p>{t('house.unknown-seats', { seats: done.unknown.map(({ row, seat }) => `${row} ${seat}`).join(', ') })}</p>
      )}
    </Notice>
  );
}
