import { useEffect, useRef, useState } from 'react';
import type { LeasedSeat } from '#libs/contracts';
import { formatMoney, formatShortDayTime, newId } from '#libs/kernel';
import { useWords } from '../../../i18n';
import { Icon } from '../../../ui/icon';
import { Notice } from '../../../ui/parts';
import { useTitle } from '../../../ui/use-title';
import { quickAmounts } from '../cash.rules';
import { CashPane } from '../cash-pane';
import { CounterButton } from '../counter-button';
import { useKeys } from '../keys';
import sale from '../sale.module.css';
import { type KeptLease, leaseBook } from './lease-book';
import { useLeaseWords } from './lease-words';
import { type ChosenSeat, type LeasedSale, leasedSale, leasedTotal, together, unsold } from './leased-sale.rules';
import { LeasedSlips } from './leased-slips';
import own from './leases.module.css';

interface Props {
  kept: KeptLease;
  sales: readonly LeasedSale[];
  onLeave(): void;
}

type Step = 'picking' | 'cash' | 'keeping' | 'done';

/** Selling without a line: leased seats, cash, a ticket that was signed before. It is sold when the device has kept it. */
export function LeasedSelling({ kept, sales, onLeave }: Props) {
  const { t, language, count } = useWords();
  const { lease } = kept;
  useTitle(t('lease.title'));
  const say = useLeaseWords();
  const { words, sells } = say(kept);
  const left = unsold(lease, sales);
  const [step, setStep] = useState<Step>('picking');
  const [chosen, setChosen] = useState<ChosenSeat[]>([]);
  const [tendered, setTendered] = useState<number>();
  const [trouble, setTrouble] = useState<Error>();
  const [done, setDone] = useState<LeasedSale>();
  const other = useRef<HTMLInputElement>(null);
  const { due, roundedBy } = leasedTotal(chosen, lease.cashStep);
  const full = (seat: LeasedSeat): ChosenSeat => ({ seat, kind: seat.kinds[0]! });

  useEffect(() => {
    if (done) window.print();
  }, [done]);

  function toggle(seat: LeasedSeat) {
    const without = chosen.filter((one) => one.seat.line !== seat.line);
    setChosen(
      without.length < chosen.length ? without : [...chosen, full(seat)].sort((a, b) => a.seat.line - b.seat.line),
    );
  }
  function kindFor(line: number, kindId: string) {
    setChosen(
      chosen.map((one) => {
        const kind = one.seat.kinds.find(({ kind }) => kind === kindId);
        return one.seat.line === line && kind ? { ...one, kind } : one;
      }),
    );
  }
  async function take() {
    const given = tendered ?? due.amount;
    // Looked at once more in the moment of the sale: the end may have come while the cash was counted.
    if (given < due.amount || !say(kept).sells || step !== 'cash') return;
    setStep('keeping');
    setTrouble(undefined);
    try {
      const made = leasedSale(newId(), lease, chosen, { tendered: given, soldAt: new Date(), language });
      if (await leaseBook.sell(made)) {
        setDone(made);
        setStep('done');
        return;
      }
      setChosen([]);
      setTrouble(new Error(t('lease.taken-meanwhile')));
      setStep('picking');
    } catch {
      setTrouble(new Error(t('lease.not-kept')));
      setStep('cash');
    }
  }
  function next() {
    setDone(undefined);
    setChosen([]);
    setTendered(undefined);
    setStep('picking');
  }

  useKeys(step === 'done' ? 'done' : step === 'cash' ? 'cash' : 'seats', (deed) => {
    if (deed.do === 'best' && step === 'picking') setChosen(together(left, deed.n + 1).map(full));
    else if (deed.do === 'cash' && chosen.length > 0 && sells) setStep('cash');
    else if (deed.do === 'reset') chosen.length > 0 ? setChosen([]) : onLeave();
    else if (deed.do === 'screenings') onLeave();
    else if (deed.do === 'quick') setTendered(quickAmounts(due.amount)[deed.n]);
    else if (deed.do === 'other-amount') other.current?.focus();
    else if (deed.do === 'take') void take();
    else if (deed.do === 'back') setStep('picking');
    else if (deed.do === 'print') window.print();
    else if (deed.do === 'printed' || deed.do === 'next') next();
  });

  const rows = [...new Set(left.map(({ row }) => row))];
  return (
    <div className={sale.selling}>
      <section className={own.hall} aria-label={t('lease.seats')}>
        <header>
          <h1>{lease.title[language]}</h1>
          <p className="quiet">
            {formatShortDayTime(new Date(lease.startsAt), lease.timezone, language)} · {lease.hall[language]}
          </p>
        </header>
        <Notice tone={sells ? 'info' : 'warning'} title={sells ? t('lease.mode') : words}>
          {sells ? words : t('lease.over-lead')}
        </Notice>
        {rows.map((row) => (
          <div key={row} className={own.rowOfSeats} role="group" aria-label={t('lease.row', { row })}>
            <span className="quiet">{t('lease.row', { row })}</span>
            {left
              .filter((seat) => seat.row === row)
              .map((seat) => (
                <button
                  key={seat.line}
                  type="button"
                  className={own.seat}
                  aria-pressed={chosen.some((one) => one.seat.line === seat.line)}
                  aria-label={t('counter.seat', { row, seat: seat.seat })}
                  disabled={step !== 'picking' || !sells}
                  onMouseDown={(event) => event.preventDefault()}
                  onClick={() => toggle(seat)}
                >
                  {seat.seat}
                </button>
              ))}
          </div>
        ))}
        {left.length === 0 && <p>{t('lease.all-sold')}</p>}
      </section>
      <section className={`${sale.panel} ${own.panel}`} aria-label={t('lease.sale')}>
        <h2 className="visually-hidden">{t('lease.sale')}</h2>
        {step === 'done' && done ? (
          <>
            <div className={sale.standing} data-tone="ok" role="status">
              <Icon name="check" />
              <h2>{t('lease.sold')}</h2>
              <p>
                {count('counter.tickets-n', done.seats.length)} ·{' '}
                <span className="tabular">{formatMoney({ amount: done.body.total, currency: due.currency })}</span>
              </p>
              <dl className={sale.change}>
                <dt>{t('counter.change')}</dt>
                <dd className={`${sale.changeSum} tabular`}>
                  {formatMoney({ amount: done.body.tendered - done.body.total, currency: due.currency })}
                </dd>
              </dl>
              <p>{t('lease.sold-lead')}</p>
            </div>
            <div className={sale.foot}>
              <CounterButton look="main" icon="check" cap="Enter" onClick={next}>
                {t('lease.next')}
              </CounterButton>
              <CounterButton icon="print" cap="P" onClick={() => window.print()}>
                {t('lease.print-again')}
              </CounterButton>
            </div>
            <LeasedSlips kept={kept} sale={done} />
          </>
        ) : step === 'cash' || step === 'keeping' ? (
          <CashPane
            due={due}
            roundedBy={roundedBy}
            tendered={tendered}
            trouble={trouble}
            other={other}
            onTendered={setTendered}
            onTake={() => void take()}
            onBack={() => setStep('picking')}
          />
        ) : (
          <Picking
            chosen={chosen}
            sells={sells}
            sum={formatMoney(due)}
            trouble={trouble?.message}
            onKind={kindFor}
            onCash={() => setStep('cash')}
            onLeave={onLeave}
          />
        )}
      </section>
    </div>
  );
}

function Picking(props: {
  chosen: readonly ChosenSeat[];
  sells: boolean;
  sum: string;
  trouble: string | undefined;
  onKind(line: number, kind: string): void;
  onCash(): void;
  onLeave(): void;
}) {
  const { t, language, count } = useWords();
  const { chosen } = props;
  return (
    <>
      <div className={sale.scroll}>
        {chosen.length === 0 && <p className="quiet">{t('lease.pick')}</p>}
        <ul className={own.lines}>
          {chosen.map(({ seat, kind }) => (
            <li key={seat.line}>
              <strong>{t('counter.seat', { row: seat.row, seat: seat.seat })}</strong>
              <select
                aria-label={t('lease.kind-of', { row: seat.row, seat: seat.seat })}
                value={kind.kind}
                onChange={(event) => props.onKind(seat.line, event.target.value)}
              >
                {seat.kinds.map((one) => (
                  <option key={one.kind} value={one.kind}>
                    {one.name?.[language] ?? t('counter.full')}
                  </option>
                ))}
              </select>
              <span className="tabular">{formatMoney(kind.price)}</span>
              {kind.proof && <span className="small quiet">{t('counter.proof', { paper: kind.proof[language] })}</span>}
            </li>
          ))}
        </ul>
        {props.trouble && <Notice tone="warning" title={props.trouble} />}
      </div>
      <div className={sale.foot}>
        <p className={sale.total} role="status">
          <span>{count('lease.total', chosen.length)}</span>
          <strong className="tabular">{props.sum}</strong>
        </p>
        <CounterButton
          look="main"
          icon="money"
          cap="Enter"
          busy={chosen.length === 0 || !props.sells}
          onClick={props.onCash}
        >
          {t('counter.cash')}
        </CounterButton>
        <CounterButton icon="back" cap="Esc" onClick={props.onLeave}>
          {t('lease.leave')}
        </CounterButton>
      </div>
    </>
  );
}
