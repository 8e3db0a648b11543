import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import type { PriceRules, TryPrices } from '#libs/contracts';
import { formatMoney, formatShortDayTime } from '#libs/kernel';
import { tryPrices } from '../../../api/sales-office.api';
import { programmeQuery } from '../../../api/screenings.api';
import { useWords } from '../../../i18n';
import { Trouble } from '../../../ui/data-table';
import { Select } from '../../../ui/fields';
import { Icon } from '../../../ui/icon';
import { Button, Field, Notice, ui } from '../../../ui/parts';
import { useEdition } from '../use-edition';
import styles from './sales.module.css';

interface Wanted {
  id: number;
  category: string;
  kind: string;
}

/** "What would this basket cost": priced by the server with the very rules of the sale, as one types. */
export function PriceTrial({ edition, rules }: { edition: string; rules: PriceRules }) {
  const { t, language } = useWords();
  const { zone } = useEdition();
  const { data: programme } = useQuery(programmeQuery);
  const [screeningId, setScreening] = useState('');
  const [seats, setSeats] = useState<Wanted[]>([
    { id: 1, category: '', kind: 'full' },
    { id: 2, category: '', kind: 'full' },
  ]);
  const [promo, setPromo] = useState('');
  const priced = programme?.screenings.filter((one) => one.prices.some(({ amount }) => amount > 0)) ?? [];
  const screening = priced.find((one) => one.id === screeningId) ?? priced[0];
  const first = screening?.prices[0]?.category ?? '';
  const asked: TryPrices = {
    rules,
    channel: 'online',
    ...(promo.trim() && { promo: promo.trim() }),
    seats: seats.map((seat) => ({
      screeningId: screening?.id ?? '',
      category: screening?.prices.some((one) => one.category === seat.category) ? seat.category : first,
      kind: seat.kind,
      place: 'seat',
    })),
  };
  const body = useDeferredValue(asked);
  const { data, error } = useQuery({
    queryKey: ['price-trial', edition, JSON.stringify(body)],
    queryFn: () => tryPrices(edition, body),
    enabled: screening !== undefined && seats.length > 0,
    placeholderData: keepPreviousData,
    retry: false,
  });
  const change = (id: number, part: Partial<Wanted>) =>
    setSeats((now) => now.map((seat) => (seat.id === id ? { ...seat, ...part } : seat)));
  if (!screening) return null;
  return (
    <aside className={`${styles.trial} ${styles.card}`} aria-label={t('sales.trial')}>
      <h2 className={styles.sectionTitle}>{t('sales.trial')}</h2>
      <Select label={t('sales.screening')} value={screening.id} onChange={(event) => setScreening(event.target.value)}>
        {priced.map((one) => (
          <option key={one.id} value={one.id}>
            {one.title[language]}, {formatShortDayTime(new Date(one.startsAt), zone, language)}
          </option>
        ))}
      </Select>
      {seats.map((seat, index) => (
        <div key={seat.id} className={styles.row}>
          <Select
            label={t('sales.category-n', { n: index + 1 })}
            value={seat.category || first}
            onChange={(event) => change(seat.id, { category: event.target.value })}
          >
            {screening.prices.map((one) => (
              <option key={one.category} value={one.category}>
                {one.name[language]}, {formatMoney(one)}
              </option>
            ))}
          </Select>
          <Select
            label={t('sales.kind-n', { n: index + 1 })}
            value={seat.kind}
            onChange={(event) => change(seat.id, { kind: event.target.value })}
          >
            <option value="full">{t('sales.full-price')}</option>
            {rules.concessions.map((one) => (
              <option key={one.id} value={one.id}>
                {one.name[language] || t('sales.new-concession')}
              </option>
            ))}
          </Select>
          {seats.length > 1 && (
            <Button
              kind="quiet"
              aria-label={t('sales.remove', { what: t('sales.kind-n', { n: index + 1 }) })}
              onClick={() => setSeats((now) => now.filter((one) => one.id !== seat.id))}
            >
              <Icon name="minus" />
            </Button>
          )}
        </div>
      ))}
      <Button
        kind="quiet"
        onClick={() =>
          setSeats((now) => [...now, { id: Math.max(...now.map((one) => one.id)) + 1, category: '', kind: 'full' }])
        }
      >
        {t('sales.one-more')}
      </Button>
      <Field label={t('sales.promo-code')} value={promo} onChange={(event) => setPromo(event.target.value)} />
      {data?.promoTrouble && <Notice tone="warning" title={t(`sales.promo-${data.promoTrouble}`)} />}
      {error && <Trouble error={error} />}
      {data && (
        <div className={ui.stack} aria-live="polite">
          <ul className={styles.lines}>
            {data.lines.map((line, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines are in the order of the seats and have no name
              <li key={index}>
                <Icon name="seat" />
                <span>
                  {line.trouble ? t(`sales.kind-${line.trouble}`) : kindName(rules, line.kind, language, t)}
                  <span className={styles.reasons}>
                    {line.reasons.map((reason) => ` · ${reason.text[language]}`).join('')}
                  </span>
                </span>
                <span className="tabular">
                  {line.price.amount !== line.listPrice.amount && (
                    <span className={styles.struck}>{formatMoney(line.listPrice)} </span>
                  )}
                  {formatMoney(line.price)}
                </span>
              </li>
            ))}
            {data.fees.map((fee) => (
              <li key={fee.name[language]}>
                <Icon name="plus" />
                <span>{fee.name[language]}</span>
                <span className="tabular">{formatMoney(fee.price)}</span>
              </li>
            ))}
          </ul>
          <p className={styles.total}>
            <span>{t('sales.total')}</span>
            <span className="tabular">{formatMoney(data.total)}</span>
          </p>
        </div>
      )}
    </aside>
  );
}

function kindName(rules: PriceRules, kind: string, language: 'kk' | 'ru' | 'en', t: (key: string) => string): string {
  return rules.concessions.find((one) => one.id === kind)?.name[language] || t('sales.full-price');
}
