import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Programme } from '#libs/contracts';
import { formatShortDayTime } from '#libs/kernel';
import { ApiProblem } from '../../api/client';
import { clockQuery } from '../../api/screenings.api';
import { bookingsQuery, cancelBooking, makeBooking } from '../../api/tickets.api';
import { useWords } from '../../i18n';
import { Button, Notice, ui } from '../../ui/parts';
import styles from './accreditation.module.css';

/** Free seats on a badge: what is booked, and what may be booked next. */
export function BadgeBookings({ programme }: { programme: Programme }) {
  const { t, language } = useWords();
  const client = useQueryClient();
  const { data: bookings = [] } = useQuery(bookingsQuery);
  const { data: clock } = useQuery(clockQuery);
  const [chosen, setChosen] = useState('');
  const refresh = () => client.invalidateQueries({ queryKey: bookingsQuery.queryKey });
  const book = useMutation({ mutationFn: makeBooking, onSettled: refresh });
  const cancel = useMutation({ mutationFn: cancelBooking, onSettled: refresh });
  const live = bookings.filter((booking) => booking.state === 'booked');
  const now = clock ? Date.now() + clock.aheadMs + clock.offsetMs : 0;
  const open = programme.screenings.filter(
    (screening) =>
      screening.state === 'on-sale' &&
      Date.parse(screening.startsAt) > now &&
      !live.some((booking) => booking.screeningId === screening.id),
  );
  const problem = book.error ?? cancel.error;
  return (
    <section className={ui.stack}>
      <h2>{t('booking.title')}</h2>
      {live.length === 0 && <p className="quiet">{t('booking.none')}</p>}
      <ul className={styles.bookings}>
        {live.map((booking) => (
          <li key={booking.id}>
            <div>
              <strong>{booking.title[language]}</strong>
              <p className="small">{formatShortDayTime(new Date(booking.startsAt), booking.timezone, language)}</p>
              <p className="small quiet">
                {booking.venue[language]}, {booking.hall[language]} · {t('map.row', { row: booking.row })},{' '}
                {t('map.seat', { seat: booking.seat })}
              </p>
            </div>
            <Button kind="quiet" busy={cancel.isPending} onClick={() => cancel.mutate(booking.id)}>
              {t('booking.cancel')}
            </Button>
          </li>
        ))}
      </ul>
      {problem && (
        <Notice tone="error">{problem instanceof ApiProblem ? problem.problem.title : t('app.no-answer')}</Notice>
      )}
      <label className={ui.field}>
        <span className={ui.label}>{t('booking.choose')}</span>
        <select className={ui.input} value={chosen} onChange={(event) => setChosen(event.target.value)}>
          <option value="">—</option>
          {open.map((screening) => (
            <option key={screening.id} value={screening.id}>
              {formatShortDayTime(new Date(screening.startsAt), screening.timezone, language)} ·{' '}
              {screening.title[language]}
            </option>
          ))}
        </select>
      </label>
      <div>
        <Button busy={book.isPending} aria-disabled={chosen === '' || undefined} onClick={() => book.mutate(chosen)}>
          {t('booking.book')}
        </Button>
      </div>
    </section>
  );
}
