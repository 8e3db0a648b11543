import { useQuery } from '@tanstack/react-query';
import type { HeldSeats, Quote, ScreeningView } from '#libs/contracts';
import { formatMoney, KZT } from '#libs/kernel';
import { priceRulesQuery } from '../../api/tickets-orders.api';
import { useWords } from '../../i18n';
import { Sample } from '../../seat-map/legend';
import { Icon } from '../../ui/icon';
import { basket, placeKey, useBasket } from './basket';
import styles from './basket.module.css';

type HeldSeat = HeldSeats['seats'][number];
const FULL = 'full';

/** The kinds of ticket that may be had for a seat; the rules narrow what the quote offers its screening. */
function useKinds(screening: ScreeningView, seat: HeldSeat, quote: Quote | undefined): Quote['kinds'] {
  const { data } = useQuery(priceRulesQuery(screening.editionId));
  if (seat.price.amount === 0) return [];
  return (quote?.kinds ?? []).filter((kind) => {
    if (kind.screeningId !== screening.id) return false;
    const rule = data?.rules.concessions.find((one) => one.id === kind.id);
    const categories = rule?.scope?.categories;
    return !categories || categories.includes(seat.category);
  });
}

interface Props {
  screening: ScreeningView;
  seat: HeldSeat;
  quote: Quote | undefined;
  onRemove?(): void;
}

/** A held seat: where it is, as what kind of ticket it is bought, what it costs and why. */
export function PriceLine({ screening, seat, quote, onRemove }: Props) {
  const { t, language } = useWords();
  const { choices } = useBasket();
  const kinds = useKinds(screening, seat, quote);
  const place = placeKey(screening.id, seat.id);
  const line = quote?.lines.find((one) => one.screeningId === screening.id && one.seatId === seat.id);
  const chosen = choices.kinds[place] ?? FULL;
  const proof = kinds.find((kind) => kind.id === chosen)?.proof;
  const zone = screening.prices.find((price) => price.category === seat.category)?.name[language];
  const shape = Math.max(
    0,
    screening.prices.findIndex((price) => price.category === seat.category),
  );
  const where = `${t('map.row', { row: seat.row })}, ${t('map.seat', { seat: seat.number })}`;
  const price = line?.price ?? seat.price;
  const reasons = line?.reasons.filter((reason) => reason.rule !== 'category' && reason.change !== 0) ?? [];
  return (
    <li className={styles.line}>
      <Sample shape={shape} kind="seat" state="y" />
      <div className={styles.lineText}>
        <strong>{where}</strong>
        <span className="small quiet">{zone}</span>
        {kinds.length > 0 && (
          <select
            className={styles.kind}
            aria-label={t('kind.label', { place: where })}
            value={chosen}
            onChange={(event) => basket.chooseKind(place, event.target.value)}
          >
            <option value={FULL}>{t('kind.full')}</option>
            {kinds.map((kind) => (
              <option key={kind.id} value={kind.id}>
                {kind.name[language]}
              </option>
            ))}
          </select>
        )}
        {reasons.map((reason) => (
          <span key={reason.rule} className="small quiet tabular">
            {reason.text[language]}: {reason.change < 0 ? '−' : '+'}
            {formatMoney({ amount: Math.abs(reason.change), currency: KZT })}
          </span>
        ))}
        {proof && <span className="small">{t('kind.proof', { paper: proof[language] })}</span>}
      </div>
      <div className={styles.linePrice}>
        <strong className="tabular">{formatMoney(price)}</strong>
        {line && line.listPrice.amount > price.amount && (
          <s className="small quiet tabular">{formatMoney(line.listPrice)}</s>
        )}
      </div>
      {onRemove && (
        <button
          type="button"
          className={styles.remove}
          aria-label={t('basket.remove', { row: seat.row, seat: seat.number })}
          onClick={onRemove}
        >
          <Icon name="close" />
        </button>
      )}
    </li>
  );
}

/** Fees, passes that are bought and what an exchange brings. */
export function PriceItems({ quote }: { quote: Quote | undefined }) {
  const { language } = useWords();
  if (!quote || quote.items.length === 0) return null;
  return (
    <ul className={styles.items}>
      {quote.items.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same fee may stand once for every ticket
        <li key={`${item.subject} ${index}`}>
          <span>{item.name[language]}</span>
          <span className="tabular">{formatMoney(item.price)}</span>
        </li>
      ))}
    </ul>
  );
}
