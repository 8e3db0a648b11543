import type { CounterQuote } from '#libs/contracts';
import { formatMoney } from '#libs/kernel';
import { useWords } from '../../i18n';
import { CounterButton } from './counter-button';
import styles from './sale.module.css';

interface Props {
  /** The difference, once there are as many seats as tickets. */
  quote: CounterQuote | undefined;
  busy: boolean;
  onCash(): void;
  onTerminal(): void;
  onReset(): void;
}

/** What the exchange costs, or gives back, and how it is done. */
export function ExchangeKeys({ quote, busy, onCash, onTerminal, onReset }: Props) {
  const { t } = useWords();
  const due = !quote || quote.total.amount > 0;
  const handed = quote !== undefined && quote.back.cash.amount > 0;
  const rounded = quote && quote.cash.roundedBy.amount !== 0;
  return (
    <div className={styles.foot}>
      <p className={styles.total} aria-busy={!quote}>
        <span>{handed ? t('counter.back-in-cash') : t('counter.difference-due')}</span>
        <strong className="tabular">{quote ? formatMoney(handed ? quote.back.cash : quote.total) : '–'}</strong>
      </p>
      {rounded && (
        <p className={`${styles.rounding} small quiet tabular`}>
          {t('counter.in-cash', { sum: formatMoney(quote.cash.total), by: formatMoney(quote.cash.roundedBy) })}
        </p>
      )}
      {quote && quote.back.otherwise.amount > 0 && (
        <p className="tabular">{t('counter.goes-back', { sum: formatMoney(quote.back.otherwise) })}</p>
      )}
      <div className={styles.payKeys} data-one={!due || undefined}>
        <CounterButton look="main" icon={due ? 'money' : 'swap'} cap="Enter" busy={busy || !quote} onClick={onCash}>
          {due ? t('counter.cash') : t('counter.exchange-do')}
        </CounterButton>
        {due && (
          <CounterButton look="strong" icon="card" cap="T" busy={busy || !quote} onClick={onTerminal}>
            {t('counter.terminal')}
          </CounterButton>
        )}
      </div>
      <div className={styles.smallKeys}>
        <CounterButton icon="close" cap="Esc" onClick={onReset}>
          {t('counter.reset')}
        </CounterButton>
      </div>
    </div>
  );
}
