import type { ShiftFigures } from '#libs/contracts';
import { formatMoney } from '#libs/kernel';
import { useWords } from '../../i18n';
import styles from './counter.module.css';

/** The figures of an X or a Z report; the drawer's are there only after the count. */
export function FiguresList({ figures }: { figures: ShiftFigures }) {
  const { t } = useWords();
  const { cash, terminal } = figures;
  const rows: [string, string | number][] = [
    [t('counter.f-sales'), figures.sales],
    [t('counter.f-tickets'), figures.tickets],
    [t('counter.f-free'), figures.complimentary],
    [t('counter.f-voided'), figures.voided],
    [t('counter.f-reprints'), figures.reprints],
    [t('counter.f-unresolved'), figures.unresolved],
    [t('counter.f-terminal'), formatMoney(terminal.taken)],
    [t('counter.f-terminal-back'), formatMoney(terminal.returned)],
    [t('counter.float'), formatMoney(figures.openingFloat)],
    [t('counter.pay-in'), formatMoney(figures.payIn)],
    [t('counter.pay-out'), formatMoney(figures.payOut)],
    ...(cash
      ? ([
          [t('counter.f-cash'), formatMoney(cash.taken)],
          [t('counter.f-cash-back'), formatMoney(cash.returned)],
          [t('counter.f-rounding'), formatMoney(cash.rounding)],
        ] as [string, string][])
      : []),
  ];
  return (
    <dl className={styles.figures}>
      {rows.map(([words, figure]) => (
        <div key={words}>
          <dt>{words}</dt>
          <dd className="tabular">{figure}</dd>
        </div>
      ))}
    </dl>
  );
}
