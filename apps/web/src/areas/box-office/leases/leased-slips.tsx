import { createPortal } from 'react-dom';
import { formatDay, formatMoney, venueDate, venueTime } from '#libs/kernel';
import { useWords } from '../../../i18n';
import { QrCode } from '../../../ui/qr';
import type { KeptLease } from './lease-book';
import type { LeasedSale } from './leased-sale.rules';
import styles from './leases.module.css';

/** The tickets of a sale as the till's own printer gets them, without asking anybody: nothing but these is printed. */
export function LeasedSlips({ kept: { lease }, sale }: { kept: KeptLease; sale: LeasedSale }) {
  const { t, language } = useWords();
  const starts = new Date(lease.startsAt);
  return createPortal(
    <div className={styles.slips}>
      {sale.body.lines.map(({ line, kind }) => {
        const seat = lease.seats.find((one) => one.line === line)!;
        const priced = seat.kinds.find((one) => one.kind === kind)!;
        return (
          <article key={line} className={styles.slip}>
            <h2>{lease.title[language]}</h2>
            <p>
              {formatDay(venueDate(starts, lease.timezone), language)}, {venueTime(starts, lease.timezone)}
            </p>
            <p>
              {lease.venue[language]}, {lease.hall[language]}
            </p>
            <p className={styles.slipSeat}>{t('counter.seat', { row: seat.row, seat: seat.seat })}</p>
            <p>
              {priced.name?.[language] ?? t('counter.full')} · {formatMoney(priced.price)}
            </p>
            <QrCode className={styles.slipCode!} text={seat.code} label={seat.shortCode} />
            <p className={styles.slipShort}>{seat.shortCode}</p>
            <p>{t('lease.slip-mark')}</p>
          </article>
        );
      })}
    </div>,
    document.body,
  );
}
