import type { BackToBuyer, CounterSale } from '#libs/contracts';
import { formatMoney } from '#libs/kernel';
import { useWords } from '../../i18n';
import { Trouble } from '../../ui/data-table';
import { Icon } from '../../ui/icon';
import { Notice } from '../../ui/parts';
import { CounterButton } from './counter-button';
import styles from './sale.module.css';
import { choosePaper, paperOfTill } from './use-printer';

/** It was sent: nothing is sold before the answer is here. */
export function PayingPane({ card, sum }: { card: boolean; sum: string }) {
  const { t } = useWords();
  return (
    <div className={styles.standing} role="status" aria-busy="true">
      <Icon name={card ? 'card' : 'clock'} />
      <h2>{card ? t('counter.on-terminal') : t('counter.sending')}</h2>
      {card && <p className={`${styles.standingSum} tabular`}>{sum}</p>}
      <p>{card ? t('counter.on-terminal-detail') : t('counter.sending-detail')}</p>
    </div>
  );
}

/** Nobody can say whether money was taken: it is resolved before the seats are. */
export function UnknownPane({ sale, busy, onAsk }: { sale: CounterSale | undefined; busy: boolean; onAsk(): void }) {
  const { t } = useWords();
  return (
    <>
      <div className={styles.standing} data-tone="warning" role="alert">
        <Icon name="warning" />
        <h2>{t('counter.unknown')}</h2>
        <p>{sale?.by === 'terminal' ? t('counter.unknown-terminal') : t('counter.unknown-line')}</p>
        {sale && (
          <p>
            {t('counter.order', { number: sale.number })} · <span className="tabular">{formatMoney(sale.total)}</span>
          </p>
        )}
        <ul className={styles.seatList}>
          {sale?.seats.map((one) => (
            <li key={`${one.row} ${one.seat}`}>{t('counter.seat', { row: one.row, seat: one.seat })}</li>
          ))}
        </ul>
      </div>
      <div className={styles.foot}>
        <CounterButton look="main" icon="refresh" cap="Enter" busy={busy} onClick={onAsk}>
          {t('counter.ask-again')}
        </CounterButton>
      </div>
    </>
  );
}

interface DeclinedProps {
  sale: CounterSale | undefined;
  trouble: Error | undefined;
  onCash(): void;
  onTerminal(): void;
  onGiveUp(): void;
}

/** The card was declined, nothing was taken: pay otherwise, or let the seats go. */
export function DeclinedPane({ sale, trouble, onCash, onTerminal, onGiveUp }: DeclinedProps) {
  const { t } = useWords();
  return (
    <>
      <div className={styles.standing} data-tone="error" role="alert">
        <Icon name="close" />
        <h2>{t('counter.declined')}</h2>
        <p className={`${styles.standingSum} tabular`}>{sale && formatMoney(sale.total)}</p>
        <p>{t('counter.declined-detail')}</p>
        {trouble && <Trouble error={trouble} />}
      </div>
      <div className={styles.foot}>
        <div className={styles.payKeys}>
          <CounterButton look="main" icon="money" cap="Enter" onClick={onCash}>
            {t('counter.cash')}
          </CounterButton>
          <CounterButton look="strong" icon="card" cap="T" onClick={onTerminal}>
            {t('counter.terminal-again')}
          </CounterButton>
        </div>
        <div className={styles.smallKeys}>
          <CounterButton icon="close" cap="Esc" onClick={onGiveUp}>
            {t('counter.give-up')}
          </CounterButton>
        </div>
      </div>
    </>
  );
}

interface DoneProps {
  sale: CounterSale;
  /** Of an exchange: what cheaper seats gave back. */
  back: BackToBuyer | undefined;
  trouble: Error | undefined;
  onPrint(): void;
  onPrinted(): void;
  onLeave(): void;
  onExchange(): void;
}

/** Sold: the change in the largest figures, then the papers until the clerk has them in hand. */
export function DonePane({ sale, back, trouble, onPrint, onPrinted, onLeave, onExchange }: DoneProps) {
  const { t, count } = useWords();
  return (
    <>
      <div className={styles.standing} data-tone="ok" role="status">
        <Icon name="check" />
        <h2>{back ? t('counter.exchanged') : t('counter.sold')}</h2>
        <p>
          {t('counter.order', { number: sale.number })} · {count('counter.tickets-n', sale.tickets.length)} ·{' '}
          <span className="tabular">{formatMoney(sale.total)}</span>
        </p>
        {sale.by === 'cash' && sale.change && sale.total.amount > 0 && (
          <dl className={styles.change}>
            <dt>{t('counter.got')}</dt>
            <dd className="tabular">{sale.tendered && formatMoney(sale.tendered)}</dd>
            <dt>{t('counter.change')}</dt>
            <dd className={`${styles.changeSum} tabular`}>{formatMoney(sale.change)}</dd>
          </dl>
        )}
        {back && back.cash.amount > 0 && (
          <dl className={styles.change}>
            <dt>{t('counter.back-in-cash')}</dt>
            <dd className={`${styles.changeSum} tabular`}>{formatMoney(back.cash)}</dd>
          </dl>
        )}
        {back && back.otherwise.amount > 0 && <p>{t('counter.goes-back', { sum: formatMoney(back.otherwise) })}</p>}
        {back && <p>{t('counter.exchanged-detail')}</p>}
        <p>{t('counter.is-printed')}</p>
        {trouble && <Trouble error={trouble} />}
      </div>
      <div className={styles.foot}>
        <CounterButton look="main" icon="check" cap="Enter" onClick={onPrinted}>
          {t('counter.printed')}
        </CounterButton>
        <div className={styles.smallKeys}>
          <CounterButton icon="print" cap="P" onClick={onPrint}>
            {t('counter.print-again')}
          </CounterButton>
          <CounterButton icon="clock" cap="Esc" onClick={onLeave}>
            {t('counter.print-later')}
          </CounterButton>
          <CounterButton icon="swap" cap="X" onClick={onExchange}>
            {t('counter.exchange')}
          </CounterButton>
        </div>
        <PaperChoice />
      </div>
    </>
  );
}

/** Which paper this till's printer holds. */
export function PaperChoice() {
  const { t } = useWords();
  return (
    <label className={styles.paperChoice}>
      {t('counter.paper')}
      <select
        defaultValue={paperOfTill()}
        onChange={(event) => choosePaper(event.target.value === 'a6' ? 'a6' : '80mm')}
      >
        <option value="80mm">{t('counter.paper-80mm')}</option>
        <option value="a6">{t('counter.paper-a6')}</option>
      </select>
    </label>
  );
}

/** The money goes back by itself: the payment came when the seats were gone. */
export function ReturningPane({ sale, onLeave }: { sale: CounterSale | undefined; onLeave(): void }) {
  const { t } = useWords();
  return (
    <>
      <div className={styles.standing} data-tone="warning" role="alert">
        <Notice tone="warning" title={t('counter.returning')}>
          {sale && t('counter.returning-detail', { number: sale.number, sum: formatMoney(sale.total) })}
        </Notice>
      </div>
      <div className={styles.foot}>
        <CounterButton look="main" cap="Enter" onClick={onLeave}>
          {t('counter.next-sale')}
        </CounterButton>
      </div>
    </>
  );
}
