import { formatMoney, KZT } from '#libs/kernel';
import { useWords } from '../../i18n';
import { type Counts, countedSum, DENOMINATIONS, typedCount } from './cash.rules';
import styles from './counter.module.css';

interface Props {
  legend: string;
  counts: Counts;
  onChange(counts: Counts): void;
}

/** Counts a drawer note by note. Enter goes on to the next kind, as one counts; what each kind comes to stands beside it. */
export function Denominations({ legend, counts, onChange }: Props) {
  const { t } = useWords();
  const money = (tenge: number) => formatMoney({ amount: tenge * 100, currency: KZT });
  return (
    <fieldset className={styles.notes}>
      <legend>{legend}</legend>
      {DENOMINATIONS.map((worth) => (
        <label key={worth} className={styles.note}>
          <span className="tabular">{money(worth)}</span>
          <input
            type="text"
            inputMode="numeric"
            autoComplete="off"
            aria-label={t('counter.how-many', { note: money(worth) })}
            value={counts[worth] ?? ''}
            onFocus={(event) => event.target.select()}
            onChange={(event) => {
              const count = typedCount(event.target.value);
              if (count !== undefined) onChange({ ...counts, [worth]: count || undefined });
            }}
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return;
              const fields = [...(event.currentTarget.form?.querySelectorAll('fieldset input') ?? [])];
              const next = fields[fields.indexOf(event.currentTarget) + 1];
              if (!(next instanceof HTMLElement)) return;
              event.preventDefault();
              next.focus();
            }}
          />
          <span className="tabular quiet">{counts[worth] ? money(worth * counts[worth]) : ''}</span>
        </label>
      ))}
      <p className={styles.noteSum}>
        <span>{t('counter.counted')}</span>
        <strong className="tabular">{formatMoney({ amount: countedSum(counts), currency: KZT })}</strong>
      </p>
    </fieldset>
  );
}
