import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link, NavLink } from 'react-router';
import type { Shift } from '#libs/contracts';
import { formatShortDay, LANGUAGES, type Language, MINUTE, venueDate, venueTime } from '#libs/kernel';
import { ApiProblem, NoAnswer } from '../../api/client';
import { salesOfShiftQuery } from '../../api/counter-sales.api';
import { myShiftQuery } from '../../api/counter-shifts.api';
import { useWords } from '../../i18n';
import { Icon, type IconName, Mark } from '../../ui/icon';
import { ui } from '../../ui/parts';
import { useOnline } from '../../ui/use-online';
import { Cap } from './cap';
import styles from './counter.module.css';
import { useFestivalNow, useNames, useTold } from './told';

const SHORT: Record<Language, string> = { kk: 'Қаз', ru: 'Рус', en: 'Eng' };

const isCut = (error: Error | null) =>
  error instanceof NoAnswer || (error instanceof ApiProblem && error.status >= 502);

/** Whether the service can be reached: there is a network, and its last answers came. A shift may be told from the device's own papers, its sales never. */
function useConnected(editionId: string, shift: Shift | null): boolean {
  const online = useOnline();
  const mine = useQuery(myShiftQuery(editionId));
  const sales = useQuery({ ...salesOfShiftQuery(shift?.id ?? ''), enabled: shift !== null });
  return online && ![mine, sales].some(({ error, failureReason }) => isCut(error) || isCut(failureReason));
}

/** Around every page of the counter: which till, whose shift, since when, with or without the network, and the time. */
export function CounterFrame({
  editionId,
  shift,
  office,
  children,
}: {
  editionId: string;
  shift: Shift | null;
  /** May look at other people's shifts. */
  office: boolean;
  children: ReactNode;
}) {
  const { t } = useWords();
  return (
    <div className={styles.counter} data-theme="dark">
      <a className={ui.skip} href="#main">
        {t('app.skip')}
      </a>
      <header className={styles.bar}>
        <Link className={styles.mark} to="/counter" aria-label={t('counter.title')}>
          <Mark />
        </Link>
        {shift ? <ShiftWords shift={shift} /> : <strong>{t('counter.title')}</strong>}
        <Languages />
        <Connection editionId={editionId} shift={shift} />
        <Clock />
      </header>
      <nav className={styles.ways} aria-label={t('counter.pages')}>
        {shift && (
          <>
            <Way to="/counter/will-call" icon="person" cap="F3" word={t('counter.will-call')} />
            <Way to="/counter" end icon="ticket" cap="F4" word={t('counter.sale')} />
            <SalesWay shiftId={shift.id} />
            <Way to="/counter/reservations" icon="clock" cap="F7" word={t('counter.reservations')} />
            <Way to="/counter/orders" icon="search" cap="F8" word={t('counter.orders')} />
            <Way to="/counter/leases" icon="cloud-off" cap="F9" word={t('lease.title')} />
            <Way to="/counter/shift" icon="money" cap="F10" word={t('counter.shift')} />
          </>
        )}
        {office && <Way to="/counter/office" icon="table" word={t('counter.office')} />}
        <a className={styles.way} href="/office/accreditation/desk">
          <Icon name="scan" />
          {t('counter.badges')}
        </a>
      </nav>
      <main id="main" tabIndex={-1} className={styles.main}>
        {children}
      </main>
    </div>
  );
}

function Way(way: { to: string; word: string; icon: IconName; cap?: string; end?: boolean; waiting?: number }) {
  return (
    <NavLink to={way.to} end={way.end ?? false} className={styles.way!}>
      <Icon name={way.icon} />
      {way.word}
      {way.waiting ? <span className={styles.waiting}>{way.waiting}</span> : null}
      {way.cap && <Cap>{way.cap}</Cap>}
    </NavLink>
  );
}

/** Says how many sales still lack their papers. */
function SalesWay({ shiftId }: { shiftId: string }) {
  const { t } = useWords();
  const { data } = useQuery(salesOfShiftQuery(shiftId));
  const waiting = data?.filter((sale) => sale.tickets.some((one) => one.state === 'live' && !one.printed)).length;
  return <Way to="/counter/sales" icon="list" cap="F6" word={t('counter.sales')} waiting={waiting ?? 0} />;
}

function ShiftWords({ shift }: { shift: Shift }) {
  const { t, language } = useWords();
  const { now, zone } = useFestivalNow();
  const { at, time } = useTold();
  const nameOf = useNames([shift.clerk]);
  const day = venueDate(at(shift.openedAt), zone);
  const today = day === venueDate(new Date(now), zone);
  const since = `${today ? '' : `${formatShortDay(day, language)}, `}${time(shift.openedAt)}`;
  return (
    <div className={styles.shiftWords}>
      <strong>{t('counter.till', { till: shift.till })}</strong>
      <span className="small quiet">{t('counter.shift-since', { since, clerk: nameOf(shift.clerk) })}</span>
    </div>
  );
}

function Connection({ editionId, shift }: { editionId: string; shift: Shift | null }) {
  const { t } = useWords();
  const connected = useConnected(editionId, shift);
  return (
    <span className={styles.connection} data-off={!connected || undefined} role="status">
      <Icon name={connected ? 'check' : 'cloud-off'} />
      {connected ? t('counter.connected') : t('counter.no-line')}
    </span>
  );
}

function Languages() {
  const { t, language, speak } = useWords();
  return (
    <div className={styles.languages} role="group" aria-label={t('app.language')}>
      {LANGUAGES.map((code) => (
        <button key={code} type="button" lang={code} aria-pressed={code === language} onClick={() => speak(code)}>
          {SHORT[code]}
        </button>
      ))}
    </div>
  );
}

function Clock() {
  const { now, zone } = useFestivalNow();
  return (
    <time className={`${styles.clock} tabular`} dateTime={new Date(now - (now % MINUTE)).toISOString()}>
      {venueTime(new Date(now), zone)}
    </time>
  );
}
