import type { RefObject } from 'react';
import type { Money } from '#libs/kernel';
import { formatMoney } from '#libs/kernel';
import { useWords } from '../../i18n';
import { Trouble } from '../../ui/data-table';
import { Field } from '../../ui/parts';
import { Cap } from './cap';
import { changeOf, quickAmounts, typedTenge } from './cash.rules';
import { CounterButton } from './counter-button';
import styles from './sale.module.css';

interface Props {
  due: Money;
  roundedBy: Money;
  tendered: number | undefined;
  trouble: Error | undefined;
  other: RefObject<HTMLInputElement | null>;
  onTendered(amount: number | undefined): void;
  onTake(): void;
  onBack(): void;
}

/** Cash is given: how much, and what goes back, larger than anything but the total. */
export function CashPane({ due, roundedBy, tendered, trouble, other, onTendered, onTake, onBack }: Props) {
  const { t } = useWords();
  const money = (amount: number) => formatMoney({ amount, currency: due.currency });
  const given = tendered ?? due.amount;
  const change = changeOf(due.amount, given);
  return (
    <>
      <div className={styles.scroll}>
        <p className={styles.total}>
          <span>{t('counter.to-pay')}</span>
          <strong className="tabular">{formatMoney(due)}</strong>
        </p>
        {roundedBy.amount !== 0 && (
          <p className={`${styles.rounding} small quiet tabular`}>
            {t('counter.rounded', { by: formatMoney(roundedBy) })}
          </p>
        )}
        <div className={styles.quick} role="group" aria-label={t('counter.given')}>
          {quickAmounts(due.amount).map((amount, n) => (
            <CounterButton
              key={amount}
              cap={String(n + 1)}
              aria-pressed={amount === given}
              onClick={() => onTendered(amount)}
            >
              <span className="tabular">{money(amount)}</span>
            </CounterButton>
          ))}
        </div>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (change === undefined) return;
            other.current?.blur();
            onTake();
          }}
        >
          <Field
            ref={other}
            label={
              <>
                {t('counter.other-amount')} <Cap>0</Cap>
              </>
            }
            inputMode="numeric"
            autoComplete="off"
            onChange={(event) =>
              onTendered(event.target.value.trim() ? (typedTenge(event.target.value) ?? 0) : undefined)
            }
            onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
            {...(change === undefined && { error: t('counter.too-little', { sum: money(due.amount - given) }) })}
          />
        </form>
        {trouble && <Trouble error={trouble} />}
      </div>
      <div className={styles.foot}>
        <div role="status">
          <dl className={styles.change}>
            <dt>{t('counter.got')}</dt>
            <dd className="tabular">{money(given)}</dd>
            <dt>{t('counter.change')}</dt>
            <dd className={`${styles.changeSum} tabular`}>{change === undefined ? '–' : money(change)}</dd>
          </dl>
        </div>
        <div className={styles.payKeys}>
          <CounterButton look="main" icon="check" cap="Enter" busy={change === undefined} onClick={onTake}>
            {t('counter.take')}
          </CounterButton>
          <CounterButton icon="back" cap="Esc" onClick={onBack}>
            {t('counter.back')}
          </CounterButton>
        </div>
      </div>
    </>
  );
}
