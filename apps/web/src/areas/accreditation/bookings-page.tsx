import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Programme, ScreeningView } from '#libs/contracts';
import { formatDay, formatShortDay, formatShortDayTime, newId, venueDate, venueTime } from '#libs/kernel';
import { ApiProblem } from '../../api/client';
import { joinWaitlist, myWaitlistQuery } from '../../api/places.api';
import { clockQuery } from '../../api/screenings.api';
import { bookingRulesQuery, bookingsQuery, cancelBooking, makeBooking } from '../../api/tickets.api';
import { useWords } from '../../i18n';
import { Chip, Chips } from '../../ui/choices';
import { Trouble } from '../../ui/data-table';
import { Icon } from '../../ui/icon';
import { Button, Empty, Notice, StateWord, ui, Waiting } from '../../ui/parts';
import { type BookingVerdict, countedOn, judge, opensAt, quotaOf } from './booking.rules';
import styles from './bookings.module.css';

const ZONE = 'Asia/Almaty';

/** Seats on the badge: the day's places as tokens, each show with what one may do and the rule behind a no. */
export function BookingsPage({ programme }: { programme: Programme }) {
  const { t, language } = useWords();
  const client = useQueryClient();
  const { data: bookings } = useQuery(bookingsQuery);
  const { data: rules } = useQuery(bookingRulesQuery(programme.edition.id));
  const { data: clock } = useQuery(clockQuery);
  const { data: waits = [] } = useQuery(myWaitlistQuery);
  const [chosen, setChosen] = useState<string>();
  const [refused, setRefused] = useState<Record<string, Error>>({});
  const refresh = () => client.invalidateQueries({ queryKey: bookingsQuery.queryKey });
  const deed = useMutation({
    mutationFn: ({ work }: { id: string; work: () => Promise<unknown> }) => work(),
    onError: (error, { id }) => setRefused((all) => ({ ...all, [id]: error })),
    onSuccess: (_, { id }) => setRefused(({ [id]: _gone, ...rest }) => rest),
    onSettled: async () => {
      await refresh();
      await client.invalidateQueries({ queryKey: myWaitlistQuery.queryKey });
    },
  });
  if (!bookings || !clock) return <Waiting label={t('app.loading')} rows={5} />;
  const now = Date.now() + clock.aheadMs + clock.offsetMs;
  const shows = programme.screenings.filter((one) => ['announced', 'on-sale', 'closed'].includes(one.state));
  const dayOf = (one: ScreeningView) => venueDate(new Date(one.startsAt), one.timezone);
  const days = [...new Set(shows.map(dayOf))].sort();
  const today = venueDate(new Date(now), ZONE);
  const day = chosen ?? days.find((one) => one >= today) ?? days.at(-1) ?? '';
  const quota = quotaOf(rules);
  const taken = countedOn(day, bookings).length;
  const ofDay = shows.filter((one) => dayOf(one) === day).sort((a, b) => a.startsAt.localeCompare(b.startsAt));
  const next = days[days.indexOf(day) + 1];
  const nextShow = shows.find((one) => dayOf(one) === next);
  const nextOpens = nextShow && opensAt(rules, nextShow);
  const facts = { bookings, screenings: programme.screenings, rules, now };
  const placeOf = (one: ScreeningView) => {
    const venue = programme.venues.find(({ id }) => id === one.venueId);
    const hall = venue?.halls.find(({ id }) => id === one.hallId);
    return [venue?.name[language], hall?.name[language]].filter(Boolean).join(', ');
  };
  return (
    <div className={styles.bookings}>
      <h1>{t('booking.title')}</h1>
      <Chips label={t('booking.days')}>
        {days.map((one) => (
          <Chip key={one} on={one === day} onToggle={() => setChosen(one)}>
            {formatShortDay(one, language)}
          </Chip>
        ))}
      </Chips>
      <section aria-label={t('booking.quota')}>
        <ol className={styles.tokens} aria-hidden="true">
          {Array.from({ length: quota }, (_, index) => `token ${index}`).map((token, index) => (
            <li key={token} data-taken={index < taken || undefined}>
              {index < taken && <Icon name="ticket" />}
            </li>
          ))}
        </ol>
        <p>
          <strong>{t('booking.taken', { n: taken, of: quota, day: formatShortDay(day, language) })}</strong>
          {next && nextOpens && nextOpens.getTime() > now && (
            <>
              {' · '}
              {t('booking.next-opens', {
                when: formatShortDayTime(nextOpens, ZONE, language),
                day: formatShortDay(next, language),
              })}
            </>
          )}
        </p>
      </section>
      <h2 className={styles.day}>{day && formatDay(day, language)}</h2>
      {ofDay.length === 0 && <Empty title={t('booking.none')} />}
      <ul>
        {ofDay.map((one) => (
          <Show
            key={one.id}
            show={one}
            place={placeOf(one)}
            verdict={judge(one, facts)}
            waits={waits.some((entry) => entry.screeningId === one.id && ['waiting', 'offered'].includes(entry.state))}
            refused={refused[one.id]}
            busy={deed.isPending && deed.variables.id === one.id}
            run={(work) => deed.mutate({ id: one.id, work })}
          />
        ))}
      </ul>
      <Notice>{t('booking.cancel-rule', { minutes: rules?.cancelMinutes ?? 30 })}</Notice>
    </div>
  );
}

function Show({
  show,
  place,
  verdict,
  waits,
  refused,
  busy,
  run,
}: {
  show: ScreeningView;
  place: string;
  verdict: BookingVerdict;
  waits: boolean;
  refused: Error | undefined;
  busy: boolean;
  run(work: () => Promise<unknown>): void;
}) {
  const { t, language } = useWords();
  const full = refused instanceof ApiProblem && /no-seat|allocation|class/.test(refused.code);
  const why = () => {
    switch (verdict.may) {
      case 'mine':
        return `${t('map.row', { row: verdict.booking.row })}, ${t('map.seat', { seat: verdict.booking.seat })}`;
      case 'clash':
        return t('booking.clash', { title: verdict.with.title[language] });
      case 'quota':
        return t('booking.quota-full');
      case 'later':
        return t('booking.opens', { when: formatShortDayTime(verdict.opensAt, show.timezone, language) });
      case 'begun':
        return t('booking.begun');
      default:
        return '';
    }
  };
  return (
    <li className={styles.show}>
      <strong className={`${styles.hour} display tabular`}>{venueTime(new Date(show.startsAt), show.timezone)}</strong>
      <span className={styles.what}>
        <strong>{show.title[language]}</strong>
        <span className="small quiet">{[place, why()].filter(Boolean).join(' · ')}</span>
        {waits && <span className="small">{t('booking.waits')}</span>}
      </span>
      <span className={styles.verb}>
        {verdict.may === 'mine' ? (
          <>
            <StateWord tone="ok">{t('booking.yours')}</StateWord>
            {verdict.booking.state === 'booked' && (
              <Button kind="quiet" busy={busy} onClick={() => run(() => cancelBooking(verdict.booking.id))}>
                {t('booking.cancel')}
              </Button>
            )}
          </>
        ) : verdict.may === 'book' ? (
          full && !waits ? (
            <Button
              kind="outline"
              busy={busy}
              onClick={() => run(() => joinWaitlist(show.id, { seats: 1, language }, newId()))}
            >
              {t('booking.wait')}
            </Button>
          ) : (
            <Button kind="outline" busy={busy} onClick={() => run(() => makeBooking(show.id))}>
              {t('booking.book')}
            </Button>
          )
        ) : (
          <span className={ui.tag}>
            <Icon name="lock" /> {t('booking.not-now')}
          </span>
        )}
      </span>
      {refused && (
        <div className={styles.refused}>
          <Trouble error={refused} />
        </div>
      )}
    </li>
  );
}
