import type { CounterQuote, HeldSeats, ScreeningView } from '#libs/contracts';
import { formatMoney } from '#libs/kernel';
import { useWords } from '../../i18n';
import { Sample } from '../../seat-map/legend';
import { Icon } from '../../ui/icon';
import styles from './sale.module.css';

export const FULL = 'full';

/** The kinds of ticket that this screening offers; the full price is the first. */
export function useKinds(quote: CounterQuote | undefined, screeningId: string) {
  const { t, language } = useWords();
  const offered = quote?.kinds.filter((kind) => kind.screeningId === screeningId) ?? [];
  return [
    { id: FULL, name: t('counter.full'), proof: undefined },
    ...offered.map(({ id, name, proof }) => ({ id, name: name[language], proof: proof?.[language] })),
  ];
}

interface Props {
  screening: ScreeningView;
  hold: HeldSeats;
  quote: CounterQuote | undefined;
  kinds: { id: string; name: string; proof: string | undefined }[];
  chosen: Record<string, string>;
  /** The seat that the letter keys speak of. */
  at: number;
  onAt(n: number): void;
  onRemove(seatId: string): void;
}

/** The held seats, each with its kind and price; one of them is marked. */
export function PriceLines({ screening, hold, quote, kinds, chosen, at, onAt, onRemove }: Props) {
  const { t, language } = useWords();
  return (
    <ul className={styles.lines} aria-label={t('counter.chosen-seats')}>
      {hold.seats.map((seat, n) => {
        const priced = quote?.lines.find((line) => line.seatId === seat.id);
        const category = screening.prices.findIndex((price) => price.category === seat.category);
        const kind = kinds.find(({ id }) => id === (chosen[seat.id] ?? FULL));
        return (
          <li key={seat.id} data-at={n === at || undefined}>
            <button
              type="button"
              className={styles.line}
              aria-current={n === at}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => onAt(n)}
            >
              <Sample shape={Math.max(0, category)} kind="seat" state="y" />
              <span className={styles.lineWords}>
                <strong>{t('counter.seat', { row: seat.row, seat: seat.number })}</strong>
                <span className="small quiet">
                  {screening.prices[category]?.name[language]} · {kind?.name}
                  {kind?.proof && ` · ${t('counter.proof', { paper: kind.proof })}`}
                </span>
              </span>
              <span className={`${styles.linePrice} tabular`}>{formatMoney(priced?.price ?? seat.price)}</span>
            </button>
            <button
              type="button"
              className={styles.remove}
              aria-label={t('counter.remove', { row: seat.row, seat: seat.number })}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => onRemove(seat.id)}
            >
              <Icon name="close" />
            </button>
          </li>
        );
      })}
      {quote?.items.map((item, n) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same fee may stand once for every ticket
        <li key={`${item.subject} ${n}`} className={styles.item}>
          <span>{item.name[language]}</span>
          <span className="tabular">{formatMoney(item.price)}</span>
        </li>
      ))}
    </ul>
  );
}
