import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { PayAgain, Programme, ScreeningView, Shift } from '#libs/contracts';
import { venueTime } from '#libs/kernel';
import { planQuery } from '../../api/screenings.api';
import { useWords } from '../../i18n';
import { drawnHall } from '../../seat-map/hall.rules';
import { useSeats } from '../../seat-map/use-seats';
import { quickAmounts } from './cash.rules';
import { ExchangeBanner } from './exchange-banner';
import { HallPane } from './hall-pane';
import { HoldClock } from './hold-clock';
import { exchange, useExchange } from './kept-exchange';
import { keepSale } from './kept-sale';
import { useKeys } from './keys';
import { NUMBERED, type Stage } from './keys.rules';
import { FULL, useKinds } from './price-lines';
import styles from './sale.module.css';
import type { SaleStep } from './sale.rules';
import { type SaleDialog, SalePanel } from './sale-panel';
import { ScreeningCard } from './screening-choice';
import { useHeld } from './use-held';
import { isEven, usePrice } from './use-price';
import { usePrinter } from './use-printer';
import { useSale } from './use-sale';

const STAGES: Record<SaleStep, Stage> = {
  idle: 'seats',
  picking: 'seats',
  cash: 'cash',
  paying: 'terminal',
  terminal: 'terminal',
  unknown: 'unknown',
  declined: 'declined',
  done: 'done',
  printing: 'done',
  returning: 'done',
};

interface Props {
  shift: Shift;
  screening: ScreeningView;
  programme: Programme;
  today: ScreeningView[];
  free: (id: string) => number | undefined;
  onOpen(id: string | null): void;
  /** To an order, to exchange its tickets. */
  onOrder(id: string): void;
}

/** One screening being sold: its hall on the left, the sale on the right, and every step of it by key. */
export function Selling({ shift, screening, programme, today, free, onOpen, onOrder }: Props) {
  const { t, language } = useWords();
  const { data: plan } = useQuery(planQuery(screening.planId, screening.planVersion));
  const hall = useMemo(() => plan && drawnHall(plan), [plan]);
  const { data: map } = useSeats(screening.id);
  const [zone, setZone] = useState<number | null>(null);
  const sale = useSale(shift.id);
  const { kept, step } = sale;
  const held = useHeld(shift.id, screening.id, hall, sale);
  const begun = useExchange(shift.id);
  const price = usePrice(shift.id, kept, begun);
  const kinds = useKinds(price.quote, screening.id);
  const printer = usePrinter();
  const { print } = printer;
  const [at, setAt] = useState(0);
  const [tendered, setTendered] = useState<number>();
  /** Cash was asked for before the price was known: it is taken up as soon as it is. */
  const [eager, setEager] = useState(false);
  const [dialog, setDialog] = useState<SaleDialog>();
  const [news, setNews] = useState('');
  const promo = useRef<HTMLInputElement>(null);
  const buyer = useRef<HTMLInputElement>(null);
  const other = useRef<HTMLInputElement>(null);
  const seats = kept?.hold.seats ?? [];
  const locked = step !== 'idle' && step !== 'picking';

  // The keys of the counter begin where nothing has the focus.
  useEffect(() => {
    const { activeElement } = document;
    if (activeElement instanceof HTMLElement && !activeElement.closest('dialog')) activeElement.blur();
  }, []);
  useEffect(() => {
    if (step !== 'cash') setTendered(undefined);
    if (step === 'idle') setAt(0);
    else setNews('');
    if (step !== 'picking' && step !== 'paying') setDialog(undefined);
  }, [step]);
  const { tell } = sale;
  const even = begun && kept && isEven(begun, kept);
  const uneven = begun !== undefined && !even;
  /** An exchange in which nothing is to be paid takes no cash either. */
  const nothingDue = begun !== undefined && price.settled && price.quote?.total.amount === 0;
  function tender() {
    if (begun && nothingDue) sale.exchange(begun, { by: 'cash', tendered: 0 }, 0);
    else tell({ type: 'tender' });
  }
  const tendering = useRef(tender);
  tendering.current = tender;
  useEffect(() => {
    if (!eager || held.busy) return;
    // What was asked for too early is asked for again by hand once there are as many seats as tickets.
    if (uneven) setEager(false);
    if (uneven || !price.settled) return;
    setEager(false);
    tendering.current();
  }, [eager, held.busy, price.settled, uneven]);
  const doneId = step === 'done' ? sale.sale?.id : undefined;
  useEffect(() => {
    if (!doneId) return;
    tell({ type: 'print' });
    print(doneId);
  }, [doneId, tell, print]);

  const due = sale.ordered && sale.sale ? sale.sale.total : price.quote?.cash.total;
  function kindFor(ids: string[], kind: string) {
    if (!kept) return;
    const next = { ...kept.kinds };
    for (const id of ids) {
      if (kind === FULL) delete next[id];
      else next[id] = kind;
    }
    keepSale(shift.id, { ...kept, kinds: next });
  }
  function drop(id: string | undefined) {
    const seat = hall?.seats.find((one) => one.id === id);
    if (seat) held.toggle(seat);
    setAt((now) => Math.max(0, Math.min(now, seats.length - 2)));
  }
  function send(payment: PayAgain['payment'], total: number) {
    if (begun) sale.exchange(begun, payment, total);
    else sale.pay(payment, total);
  }
  function cash() {
    if (sale.ordered) tell({ type: 'tender' });
    else if (price.settled && !held.busy) tender();
    else setEager(held.busy || (seats.length > 0 && !uneven));
  }
  function card() {
    if (sale.ordered) sale.payOtherwise({ by: 'terminal' });
    else if (price.settled && price.quote && !held.busy && !nothingDue)
      send({ by: 'terminal' }, price.quote.total.amount);
  }
  function take() {
    if (!due) return;
    const given = tendered ?? due.amount;
    if (given < due.amount) return;
    if (sale.ordered) sale.payOtherwise({ by: 'cash', tendered: given });
    else if (price.quote) send({ by: 'cash', tendered: given }, price.quote.total.amount);
  }
  function reset() {
    setEager(false);
    if (sale.ordered) void sale.giveUp();
    else if (kept) held.release();
    else onOpen(null);
  }
  function toExchange() {
    const id = sale.sale?.id;
    sale.leave();
    if (id) onOrder(id);
  }
  const deeds = { cash, card, take, reset, drop, kindFor };

  useKeys(STAGES[step], (deed) => {
    const current = seats[Math.min(at, seats.length - 1)];
    if (deed.do === 'best') {
      setAt(0);
      held.best(deed.n + 1, zone);
    } else if (deed.do === 'kind' && current && kinds[deed.n]) {
      kindFor([current.id], kinds[deed.n]!.id);
      setAt((now) => Math.min(now + 1, seats.length - 1));
    } else if (deed.do === 'kind-all' && kinds[deed.n]) {
      const ids = seats.map(({ id }) => id);
      kindFor(ids, kinds[deed.n]!.id);
    } else if (deed.do === 'line-up') setAt((now) => Math.max(0, now - 1));
    else if (deed.do === 'line-down') setAt((now) => Math.min(seats.length - 1, now + 1));
    else if (deed.do === 'drop-line') drop(current?.id);
    else if (deed.do === 'map') document.querySelector<HTMLElement>('[role=grid], #hall input')?.focus();
    else if (deed.do === 'promo' && !begun) promo.current?.focus();
    else if (deed.do === 'buyer') {
      buyer.current?.closest('details')?.setAttribute('open', '');
      buyer.current?.focus();
    } else if (deed.do === 'cash') cash();
    else if (deed.do === 'terminal') card();
    else if (deed.do === 'free' && price.settled && !begun) setDialog('free');
    else if (deed.do === 'reserve' && kept && !held.busy && !begun) setDialog('reserve');
    else if (deed.do === 'reset') reset();
    else if (deed.do === 'screenings') kept ? held.release() : onOpen(null);
    else if (deed.do === 'quick') setTendered(due && quickAmounts(due.amount)[deed.n]);
    else if (deed.do === 'other-amount') other.current?.focus();
    else if (deed.do === 'take') take();
    else if (deed.do === 'back') tell({ type: 'back' });
    else if (deed.do === 'ask') void sale.askNow();
    else if (deed.do === 'print' && sale.sale) print(sale.sale.id);
    else if (deed.do === 'printed') step === 'returning' ? sale.leave() : void sale.printed();
    else if (deed.do === 'next') sale.leave();
    else if (deed.do === 'no-exchange') exchange.end(shift.id);
    else if (deed.do === 'exchange' && step !== 'returning') toExchange();
  });

  return (
    <div className={styles.selling}>
      <div className={styles.hallSide}>
        <div className={styles.strip} role="group" aria-label={t('counter.screenings')}>
          {(today.includes(screening) ? today : [screening, ...today]).slice(0, NUMBERED).map((one) => (
            <ScreeningCard
              key={one.id}
              screening={one}
              programme={programme}
              free={free(one.id)}
              open={one.id === screening.id}
              withDay={!today.includes(one)}
              onOpen={() => {
                if (locked || one.id === screening.id) return;
                if (kept) held.release();
                onOpen(one.id);
              }}
            />
          ))}
        </div>
        <HallPane
          screening={screening}
          hall={hall}
          states={map?.states}
          hold={kept?.hold}
          trouble={held.trouble}
          locked={locked}
          stage={STAGES[step]}
          zone={zone}
          onZone={setZone}
          onToggle={held.toggle}
          onBest={(n) => held.best(n, zone)}
        />
      </div>
      <aside className={styles.panel} aria-label={t('counter.this-sale')}>
        <div className={styles.panelTop}>
          <header className={styles.panelHead}>
            <div>
              <h1>{screening.title[language]}</h1>
              <p className="small quiet">
                {venueTime(new Date(screening.startsAt), screening.timezone)}
                {screening.ageRating && ` · ${screening.ageRating}`} ·{' '}
                {t('counter.ends', { time: venueTime(new Date(screening.endsAt), screening.timezone) })}
              </p>
            </div>
            {kept && !kept.sent && (
              <HoldClock until={Date.parse(kept.hold.expiresAt)} onEnd={held.ended} onExtend={held.extend} />
            )}
          </header>
          {begun && step !== 'done' && step !== 'printing' && (
            <ExchangeBanner shiftId={shift.id} begun={begun} locked={locked} even={even === true} />
          )}
        </div>
        <SalePanel
          shift={shift}
          begun={begun}
          screening={screening}
          sale={sale}
          price={price}
          busy={held.busy}
          at={at}
          due={due}
          tendered={tendered}
          dialog={dialog}
          news={news}
          refs={{ promo, buyer, other }}
          deeds={deeds}
          onAt={setAt}
          onTendered={setTendered}
          onDialog={setDialog}
          onReserved={(words) => {
            setDialog(undefined);
            setNews(words);
            keepSale(shift.id, null);
            tell({ type: 'emptied' });
          }}
          onExchange={toExchange}
          onPrint={() => sale.sale && print(sale.sale.id)}
        />
      </aside>
      {printer.frame}
    </div>
  );
}
