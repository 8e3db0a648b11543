import type { PriceRules } from '#libs/contracts';
import { useWords } from '../../../i18n';
import { CheckBox } from '../../../ui/fields';
import { Field, ui } from '../../../ui/parts';
import styles from './sales.module.css';

type Returns = PriceRules['returns'];
const HOUR_MINUTES = 60;
const WINDOWS = ['untilMinutes', 'exchangeUntilMinutes', 'transferUntilMinutes'] as const;

/** Until when tickets may be given back, exchanged and passed on, and what that costs. */
export function ReturnFields({ returns, onChange }: { returns: Returns; onChange(next: Returns): void }) {
  const { t } = useWords();
  return (
    <section className={ui.stack} aria-labelledby="returns">
      <h2 id="returns" className={styles.sectionTitle}>
        {t('sales.returns-rules')}
      </h2>
      <div className={styles.three}>
        {WINDOWS.map((name) => {
          const minutes = returns[name];
          return (
            <div key={name} className={styles.card}>
              <CheckBox
                checked={minutes !== null}
                onChange={(event) => onChange({ ...returns, [name]: event.target.checked ? 3 * HOUR_MINUTES : null })}
              >
                {t(`sales.window-${name}`)}
              </CheckBox>
              {minutes !== null && (
                <Field
                  label={t('sales.hours-before')}
                  type="number"
                  min={0}
                  step="any"
                  value={minutes / HOUR_MINUTES}
                  onChange={(event) =>
                    onChange({ ...returns, [name]: Math.round(Number(event.target.value) * HOUR_MINUTES) })
                  }
                />
              )}
            </div>
          );
        })}
      </div>
      <div className={styles.three}>
        <Field
          label={t('sales.return-percent')}
          type="number"
          min={0}
          max={100}
          value={returns.feePercent}
          onChange={(event) => onChange({ ...returns, feePercent: Math.round(Number(event.target.value)) })}
        />
        <Field
          label={t('sales.return-amount')}
          type="number"
          min={0}
          value={returns.feeAmount / 100}
          onChange={(event) => onChange({ ...returns, feeAmount: Math.round(Number(event.target.value) * 100) })}
        />
        <Field
          label={t('sales.exchange-fee')}
          type="number"
          min={0}
          value={returns.exchangeFee / 100}
          onChange={(event) => onChange({ ...returns, exchangeFee: Math.round(Number(event.target.value) * 100) })}
        />
      </div>
    </section>
  );
}
