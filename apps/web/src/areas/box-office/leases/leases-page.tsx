import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { CounterLease, Programme, Shift } from '#libs/contracts';
import { formatMoney, venueTime } from '#libs/kernel';
import { leaseSeats, returnLease } from '../../../api/counter-leases.api';
import { NoAnswer } from '../../../api/problem';
import { programmeQuery } from '../../../api/screenings.api';
import { useSureDeed } from '../../../api/sure-deed';
import { useWords } from '../../../i18n';
import { Trouble } from '../../../ui/data-table';
import { Select } from '../../../ui/fields';
import { Button, Empty, Field, Notice, StateWord, ui, Waiting } from '../../../ui/parts';
import { useOnline } from '../../../ui/use-online';
import { useTitle } from '../../../ui/use-title';
import styles from '../counter.module.css';
import { CounterButton } from '../counter-button';
import { useKeys } from '../keys';
import { offered } from '../screenings.rules';
import { useFestivalNow, useTold } from '../told';
import { type Book, type KeptLease, leaseBook } from './lease-book';
import { useLeaseWords } from './lease-words';
import { unsold } from './leased-sale.rules';
import { LeasedSelling } from './leased-selling';
import own from './leases.module.css';
import { holdToLease } from './take-along';
import { clocksNow, keptFrom, useLeaseBook } from './use-leases';

const SEATS = { usual: 20, most: 60 };

/** Seats that this till took along in case the line is cut, selling from them, and what became of what was sold. */
export function LeasesPage({ shift }: { shift: Shift }) {
  const { t, count } = useWords();
  useTitle(t('lease.title'));
  const online = useOnline();
  const book = useLeaseBook();
  const [selling, setSelling] = useState<string>();
  useKeys('elsewhere', () => undefined);
  if (!book) return <Waiting label={t('app.loading')} />;
  const leases = book.leases.filter(({ lease }) => lease.shiftId === shift.id);
  const open = leases.find(({ lease }) => lease.id === selling);
  if (open) return <LeasedSelling kept={open} sales={book.sales} onLeave={() => setSelling(undefined)} />;
  const ids = new Set(leases.map(({ lease }) => lease.id));
  const sales = book.sales.filter((sale) => ids.has(sale.leaseId));
  const waiting = sales.filter((sale) => sale.state === 'waiting').length;
  return (
    <div className={styles.page}>
      <header className={styles.pageHead}>
        <h1>{t('lease.title')}</h1>
      </header>
      <p className="quiet">{t('lease.lead')}</p>
      {waiting > 0 && (
        <Notice tone="warning" title={count('lease.waiting', waiting)}>
          {t('lease.waiting-lead')}
        </Notice>
      )}
      <div className={styles.two}>
        <section className={ui.stack} aria-labelledby="leased">
          <h2 id="leased">{t('lease.taken')}</h2>
          {leases.length === 0 && <Empty title={t('lease.none')} />}
          <ul className={own.cards}>
            {leases.map((kept) => (
              <LeaseCard key={kept.lease.id} kept={kept} book={book} onSell={() => setSelling(kept.lease.id)} />
            ))}
          </ul>
        </section>
        {online ? <TakeSeats shift={shift} /> : <Notice title={t('lease.no-line')}>{t('lease.no-line-lead')}</Notice>}
      </div>
      {sales.length > 0 && <SoldList book={book} ids={ids} />}
    </div>
  );
}

function LeaseCard({ kept, book, onSell }: { kept: KeptLease; book: Book; onSell(): void }) {
  const { t, language, count } = useWords();
  const online = useOnline();
  const say = useLeaseWords();
  const { lease } = kept;
  const { words, sells } = say(kept);
  const left = unsold(lease, book.sales).length;
  const unreported = book.sales.some((sale) => sale.leaseId === lease.id && sale.state === 'waiting');
  const running = lease.state === 'open' || lease.state === 'revoked';
  const back = useMutation({
    mutationFn: async () => {
      const asked = clocksNow();
      await leaseBook.keepLease({ ...keptFrom(await returnLease(lease.id), asked), over: 'time' });
    },
  });
  return (
    <li className={own.card}>
      <p className={own.cardHead}>
        <time className="tabular" dateTime={lease.startsAt}>
          {venueTime(new Date(lease.startsAt), lease.timezone)}
        </time>
        {lease.title[language]}
      </p>
      <p className={own.actions}>
        <StateWord tone={sells ? 'ok' : running ? 'warning' : 'info'}>{words}</StateWord>
        <span className="small quiet">
          {lease.hall[language]} · {count('lease.left', left)}
        </span>
      </p>
      {back.error && <Trouble error={back.error} />}
      <div className={own.actions}>
        {sells && left > 0 && (
          <CounterButton look="main" icon="ticket" onClick={onSell}>
            {t('lease.sell')}
          </CounterButton>
        )}
        {running && online && !unreported && (
          <Button kind="outline" busy={back.isPending} onClick={() => back.mutate()}>
            {t('lease.return')}
          </Button>
        )}
        {!running && !unreported && (
          <Button kind="quiet" onClick={() => void leaseBook.forgetLease(lease.id)}>
            {t('lease.forget')}
          </Button>
        )}
      </div>
    </li>
  );
}

/** With a line: how many seats of which screening this till takes along. */
function TakeSeats({ shift }: { shift: Shift }) {
  const { t } = useWords();
  const { data: programme } = useQuery(programmeQuery);
  const { now, zone } = useFestivalNow();
  const today = programme ? offered(programme.screenings, now, zone) : [];
  const [screening, setScreening] = useState<string>();
  const [seats, setSeats] = useState(String(SEATS.usual));
  const wanted = Number(seats);
  const wrong = !Number.isInteger(wanted) || wanted < 1 || wanted > SEATS.most;
  const chosen = today.find(({ id }) => id === screening) ?? today[0];
  const client = useQueryClient();
  const held = useRef<string>(undefined);
  const surely = useSureDeed<CounterLease>();
  const take = useMutation({
    mutationFn: async () => {
      const asked = clocksNow();
      const lease = await surely(async (key) => {
        held.current ??= await holdToLease(client, chosen!, wanted, key);
        return leaseSeats({ shiftId: shift.id, hold: held.current }, key);
      });
      await leaseBook.keepLease(keptFrom(lease, asked));
    },
    onSettled: (_done, error) => {
      if (!(error instanceof NoAnswer)) held.current = undefined;
    },
  });
  return (
    <form
      className={ui.stack}
      onSubmit={(event) => {
        event.preventDefault();
        if (!wrong && chosen && !take.isPending) take.mutate();
      }}
    >
      <h2>{t('lease.take')}</h2>
      <p className="small quiet">{t('lease.take-lead')}</p>
      <ScreeningSelect
        programme={programme ?? undefined}
        ids={today.map(({ id }) => id)}
        value={chosen?.id}
        onChoose={setScreening}
      />
      <Field
        label={t('lease.how-many')}
        inputMode="numeric"
        autoComplete="off"
        value={seats}
        onChange={(event) => setSeats(event.target.value)}
        {...(wrong && { error: t('lease.how-many-wrong', { most: SEATS.most }) })}
      />
      {take.error && <Trouble error={take.error} />}
      <Button type="submit" busy={take.isPending}>
        {take.isPending ? t('ui.sending') : t('lease.take-do')}
      </Button>
    </form>
  );
}

function ScreeningSelect(props: {
  programme: Programme | undefined;
  ids: string[];
  value: string | undefined;
  onChoose(id: string): void;
}) {
  const { t, language } = useWords();
  const options = props.ids.flatMap((id) => props.programme?.screenings.find((one) => one.id === id) ?? []);
  return (
    <Select
      label={t('lease.screening')}
      value={props.value ?? ''}
      onChange={(event) => props.onChoose(event.target.value)}
    >
      {options.map((one) => (
        <option key={one.id} value={one.id}>
          {venueTime(new Date(one.startsAt), one.timezone)} {one.title[language]}
        </option>
      ))}
    </Select>
  );
}

const SALE_TONE = { waiting: 'warning', sold: 'ok', conflict: 'error', refused: 'error' } as const;

function SoldList({ book, ids }: { book: Book; ids: ReadonlySet<string> }) {
  const { t, count } = useWords();
  const { time } = useTold();
  return (
    <section className={ui.stack} aria-labelledby="sold">
      <h2 id="sold">{t('lease.sold-list')}</h2>
      <ul className={styles.rows}>
        {book.sales
          .filter((sale) => ids.has(sale.leaseId))
          .toReversed()
          .map((sale) => (
            <li key={sale.key}>
              <span className="tabular quiet">{time(sale.body.soldAt)}</span>
              <span>
                <strong>{count('counter.tickets-n', sale.seats.length)}</strong>{' '}
                <span className="tabular">{formatMoney({ amount: sale.body.total, currency: 'KZT' })}</span>
                <br />
                <span className={`${own.seats} small quiet`}>
                  {sale.seats.map((one) => t('counter.seat', { row: one.row, seat: one.seat })).join(' · ')}
                </span>
              </span>
              <StateWord tone={SALE_TONE[sale.state]}>
                {sale.state === 'sold'
                  ? t('lease.sale-sold', { number: sale.number ?? '' })
                  : t(`lease.sale-${sale.state}`)}
              </StateWord>
            </li>
          ))}
      </ul>
    </section>
  );
}
