import { Link, useLocation } from 'react-router';
import { useWords } from '../../../i18n';
import { buttonClass } from '../../../ui/parts';
import { useOnline } from '../../../ui/use-online';
import { useLeaseWords } from './lease-words';
import { unsold } from './leased-sale.rules';
import styles from './leases.module.css';
import { useLeaseBook } from './use-leases';

const PAGE = '/counter/leases';

/** Without a line a clerk is told that there are seats to sell all the same, and where. */
export function LeaseHint({ shiftId }: { shiftId: string }) {
  const { t } = useWords();
  const { pathname } = useLocation();
  const online = useOnline();
  const book = useLeaseBook();
  const say = useLeaseWords();
  if (online || pathname === PAGE || !book) return null;
  const sellable = book.leases.some(
    (kept) => kept.lease.shiftId === shiftId && say(kept).sells && unsold(kept.lease, book.sales).length > 0,
  );
  return (
    <div className={styles.hint} role="status">
      <strong>{sellable ? t('lease.hint') : t('lease.hint-none')}</strong>
      {sellable && (
        <Link className={buttonClass('outline')} to={PAGE}>
          {t('lease.sell')}
        </Link>
      )}
    </div>
  );
}
