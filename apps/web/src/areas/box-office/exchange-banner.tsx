import { useWords } from '../../i18n';
import { Icon } from '../../ui/icon';
import { CounterButton } from './counter-button';
import styles from './exchange.module.css';
import { type BegunExchange, exchange } from './kept-exchange';

interface Props {
  shiftId: string;
  begun: BegunExchange;
  /** It was sent: it can't be dropped any more. */
  locked?: boolean;
  /** As many seats are chosen as there are tickets. */
  even?: boolean;
}

/** What is being exchanged stands over every choice of seats until it is done or given up. */
export function ExchangeBanner({ shiftId, begun, locked, even }: Props) {
  const { t, language, count } = useWords();
  const films = new Set(begun.tickets.map(({ title }) => title[language]));
  return (
    <section className={styles.banner} aria-label={t('counter.exchange')}>
      <Icon name="swap" />
      <div>
        <strong>
          {t('counter.exchange')} · {t('counter.order', { number: begun.number })}
        </strong>
        <p className="small">{[...films].join('; ')}</p>
        <ul className="small">
          {begun.tickets.map((one) => (
            <li key={one.line}>{t('counter.seat', { row: one.row, seat: one.seat })}</li>
          ))}
        </ul>
        {!locked && !even && <p>{count('counter.exchange-choose', begun.tickets.length)}</p>}
      </div>
      {!locked && (
        <CounterButton icon="close" cap="X" onClick={() => exchange.end(shiftId)}>
          {t('counter.no-exchange')}
        </CounterButton>
      )}
    </section>
  );
}
