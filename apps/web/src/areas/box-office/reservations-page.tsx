import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import type { Reservation, Shift } from '#libs/contracts';
import { formatShortDayTime, venueTime } from '#libs/kernel';
import { releaseReservation, reservationsQuery } from '../../api/counter-sales.api';
import { useWords } from '../../i18n';
import { Chip } from '../../ui/choices';
import { Trouble } from '../../ui/data-table';
import { SearchField } from '../../ui/fields';
import { ConfirmDialog } from '../../ui/overlays';
import { Button, Empty, StateWord, Waiting } from '../../ui/parts';
import { useTitle } from '../../ui/use-title';
import styles from './counter.module.css';
import { useKeptSale } from './kept-sale';
import { useKeys } from './keys';
import { useSellKept } from './use-sell-kept';

const TONE = { kept: 'warning', sold: 'ok', released: 'info' } as const;

/** Seats kept for whoever rang: sold when they come, free again when they do not. New ones begin at the hall map. */
export function ReservationsPage({ shift, zone }: { shift: Shift; zone: string }) {
  const { t, language, count } = useWords();
  useTitle(t('counter.reservations'));
  useKeys('elsewhere', () => undefined);
  const client = useQueryClient();
  const busySale = useKeptSale(shift.id);
  const [typed, setTyped] = useState('');
  const [ended, setEnded] = useState(false);
  const [freeing, setFreeing] = useState<Reservation>();
  const { data, error, refetch } = useQuery(reservationsQuery(shift.editionId, useDeferredValue(typed.trim())));
  const settled = () => client.invalidateQueries({ queryKey: ['counter', 'reservations'] });
  const sell = useSellKept(shift.id);
  const sellTo = (one: Reservation) =>
    sell.mutate({ id: one.id, buyer: { ...(one.name && { name: one.name }), ...(one.phone && { phone: one.phone }) } });
  const release = useMutation({
    mutationFn: (id: string) => releaseReservation(id),
    onSuccess: () => setFreeing(undefined),
    onSettled: settled,
  });
  const shown = data?.filter((one) => ended || one.state === 'kept');
  return (
    <div className={styles.page}>
      <header className={styles.pageHead}>
        <h1>{t('counter.reservations')}</h1>
        <Chip on={ended} onToggle={() => setEnded(!ended)}>
          {t('counter.ended-too')}
        </Chip>
      </header>
      <p className="quiet">{t('counter.reservations-how')}</p>
      <SearchField
        label={t('counter.find-reservation')}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
      />
      {error && <Trouble error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Waiting label={t('app.loading')} />}
      {shown?.length === 0 && <Empty title={t('counter.no-reservations')} />}
      {sell.error && <Trouble error={sell.error} />}
      <ul className={styles.rows}>
        {shown?.map((one) => (
          <li key={one.id}>
            <span className={styles.until}>
              <span className="small quiet">{t('counter.until')}</span>
              <strong className="tabular">{venueTime(new Date(one.until), zone)}</strong>
            </span>
            <span>
              <strong>{one.name || t('counter.no-name')}</strong> <span className="tabular">{one.phone}</span>
              <br />
              <span className="small quiet">
                {one.title[language]}, {formatShortDayTime(new Date(one.startsAt), zone, language)} ·{' '}
                {one.seats.map((seat) => t('counter.seat', { row: seat.row, seat: seat.seat })).join('; ')}
              </span>
            </span>
            {one.state === 'kept' ? (
              <span className={styles.row}>
                <Button busy={sell.isPending || busySale !== undefined} onClick={() => sellTo(one)}>
                  {count('counter.sell-n', one.seats.length)}
                </Button>
                <Button kind="outline" onClick={() => setFreeing(one)}>
                  {t('counter.let-free')}
                </Button>
              </span>
            ) : (
              <StateWord tone={TONE[one.state]}>{t(`counter.reservation-${one.state}`)}</StateWord>
            )}
          </li>
        ))}
      </ul>
      <ConfirmDialog
        open={freeing !== undefined}
        title={t('counter.let-free')}
        verb={t('counter.let-free')}
        busy={release.isPending}
        onConfirm={() => freeing && release.mutate(freeing.id)}
        onClose={() => setFreeing(undefined)}
      >
        <p>{freeing && t('counter.let-free-lead', { name: freeing.name })}</p>
        {release.error && <Trouble error={release.error} />}
      </ConfirmDialog>
    </div>
  );
}
