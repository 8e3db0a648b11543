import { type RefObject, useState } from 'react';
import type { ScreeningView } from '#libs/contracts';
import { formatMoney } from '#libs/kernel';
import { useWords } from '../../i18n';
import { Trouble } from '../../ui/data-table';
import { Field, Notice, ui } from '../../ui/parts';
import { Cap } from './cap';
import { CounterButton } from './counter-button';
import { ExchangeKeys } from './exchange-keys';
import type { BegunExchange } from './kept-exchange';
import { type KeptSale, keepSale } from './kept-sale';
import { KIND_KEYS } from './keys.rules';
import { isPhone } from './phone.rules';
import { FULL, PriceLines, useKinds } from './price-lines';
import styles from './sale.module.css';
import { isEven, type Price } from './use-price';

interface Props {
  screening: ScreeningView;
  kept: KeptSale;
  begun: BegunExchange | undefined;
  price: Price;
  trouble: Error | undefined;
  at: number;
  promo: RefObject<HTMLInputElement | null>;
  buyer: RefObject<HTMLInputElement | null>;
  busy: boolean;
  onAt(n: number): void;
  onKind(seats: string[], kind: string): void;
  onRemove(seatId: string): void;
  onCash(): void;
  onTerminal(): void;
  onFree(): void;
  onReserve(): void;
  onReset(): void;
}

/** What is chosen, as which kinds of ticket, what it costs, and the ways to pay. */
export function PickPane(props: Props) {
  const { screening, kept, begun, price, trouble, at, busy } = props;
  const { t, count } = useWords();
  const { quote, settled } = price;
  const kinds = useKinds(quote, screening.id);
  const { seats } = kept.hold;
  const current = seats[Math.min(at, seats.length - 1)];
  const rounded = quote && quote.cash.roundedBy.amount !== 0;
  return (
    <>
      <div className={styles.scroll}>
        <PriceLines
          screening={screening}
          hold={kept.hold}
          quote={quote}
          kinds={kinds}
          chosen={kept.kinds}
          at={at}
          onAt={props.onAt}
          onRemove={props.onRemove}
        />
        {kinds.length > 1 && current && (
          <div className={styles.kinds} role="group" aria-label={t('counter.kinds')}>
            {kinds.map((kind, n) => (
              <CounterButton
                key={kind.id}
                className={styles.kind ?? ''}
                aria-pressed={(kept.kinds[current.id] ?? FULL) === kind.id}
                {...(KIND_KEYS[n] && { cap: KIND_KEYS[n] })}
                onClick={() => props.onKind([current.id], kind.id)}
              >
                {kind.name}
              </CounterButton>
            ))}
          </div>
        )}
        {begun ? (
          !isEven(begun, kept) && (
            <Notice tone="warning" title={count('counter.exchange-choose', begun.tickets.length)} />
          )
        ) : (
          <Extras kept={kept} price={price} promo={props.promo} buyer={props.buyer} />
        )}
        {price.error && <Trouble error={price.error} />}
        {trouble && <Trouble error={trouble} />}
      </div>
      {begun ? (
        <ExchangeKeys
          quote={settled ? quote : undefined}
          busy={busy}
          onCash={props.onCash}
          onTerminal={props.onTerminal}
          onReset={props.onReset}
        />
      ) : (
        <div className={styles.foot}>
          <p className={styles.total} aria-busy={!settled}>
            <span>{count('counter.total', seats.length)}</span>
            <strong className="tabular">{quote ? formatMoney(quote.total) : '–'}</strong>
          </p>
          {rounded && (
            <p className={`${styles.rounding} small quiet tabular`}>
              {t('counter.in-cash', { sum: formatMoney(quote.cash.total), by: formatMoney(quote.cash.roundedBy) })}
            </p>
          )}
          <div className={styles.payKeys}>
            <CounterButton look="main" icon="money" cap="Enter" busy={busy} onClick={props.onCash}>
              {t('counter.cash')}
            </CounterButton>
            <CounterButton look="strong" icon="card" cap="T" busy={busy || !settled} onClick={props.onTerminal}>
              {t('counter.terminal')}
            </CounterButton>
          </div>
          <div className={styles.smallKeys}>
            <CounterButton icon="gift" cap="B" busy={busy || !settled} onClick={props.onFree}>
              {t('counter.free')}
            </CounterButton>
            <CounterButton icon="clock" cap="R" busy={busy} onClick={props.onReserve}>
              {t('counter.reserve')}
            </CounterButton>
            <CounterButton icon="close" cap="Esc" onClick={props.onReset}>
              {t('counter.reset')}
            </CounterButton>
          </div>
        </div>
      )}
    </>
  );
}

/** A promo code, and who buys: both may stay empty. Enter or Escape gives the keys back to the sale. */
function Extras({ kept, price, promo, buyer }: Pick<Props, 'kept' | 'price' | 'promo' | 'buyer'>) {
  const { t } = useWords();
  const [code, setCode] = useState(kept.promo);
  const [wrongPhone, setWrongPhone] = useState(false);
  const leave = (event: React.KeyboardEvent<HTMLInputElement>) => {
    if (event.key !== 'Enter' && event.key !== 'Escape') return;
    event.preventDefault();
    event.currentTarget.blur();
  };
  const change = (next: Partial<KeptSale>) => keepSale(kept.shiftId, { ...kept, ...next });
  const told = (field: keyof KeptSale['buyer'], value: string) => {
    const { [field]: _before, ...others } = kept.buyer;
    change({ buyer: value ? { ...others, [field]: value } : others });
  };
  return (
    <div className={styles.extras}>
      <Field
        ref={promo}
        label={
          <>
            {t('counter.promo')} <Cap>K</Cap>
          </>
        }
        value={code}
        autoComplete="off"
        onChange={(event) => setCode(event.target.value)}
        onKeyDown={leave}
        onBlur={() => code.trim() !== kept.promo && change({ promo: code.trim() })}
        {...(price.promoRefused?.title && { error: price.promoRefused.title })}
      />
      <details className={styles.buyer}>
        <summary>
          {kept.buyer.name || kept.buyer.email || kept.buyer.phone || t('counter.buyer')} <Cap>N</Cap>
        </summary>
        <div className={ui.stack}>
          <Field
            ref={buyer}
            label={t('counter.buyer-name')}
            defaultValue={kept.buyer.name}
            maxLength={120}
            autoComplete="off"
            onKeyDown={leave}
            onBlur={(event) => told('name', event.target.value.trim())}
          />
          <Field
            label={t('counter.buyer-email')}
            hint={t('counter.buyer-email-hint')}
            type="email"
            defaultValue={kept.buyer.email}
            autoComplete="off"
            onKeyDown={leave}
            onBlur={(event) => event.target.validity.valid && told('email', event.target.value.trim())}
          />
          <Field
            label={t('counter.phone')}
            hint={t('counter.buyer-phone-hint')}
            type="tel"
            defaultValue={kept.buyer.phone}
            autoComplete="off"
            onKeyDown={leave}
            onBlur={(event) => {
              const typed = event.target.value.trim();
              setWrongPhone(typed !== '' && !isPhone(typed));
              told('phone', isPhone(typed) ? typed : '');
            }}
            {...(wrongPhone && { error: t('counter.phone-wrong') })}
          />
        </div>
      </details>
    </div>
  );
}

/** Before seats are chosen: what to press. */
export function EmptyPane({ trouble, news }: { trouble: Error | undefined; news: string }) {
  const { t } = useWords();
  return (
    <div className={styles.scroll}>
      {trouble && <Trouble error={trouble} />}
      {news && <Notice tone="ok" title={news} />}
      <Notice title={t('counter.pick-seats')}>{t('counter.pick-seats-how')}</Notice>
    </div>
  );
}
