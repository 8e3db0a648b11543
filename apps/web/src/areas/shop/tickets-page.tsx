import { useQueries, useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { Order } from '#libs/contracts';
import { formatMoney, formatShortDayTime } from '#libs/kernel';
import { myOrdersQuery, orderQuery } from '../../api/tickets-orders.api';
import { useWords } from '../../i18n';
import { buttonClass, Empty, Notice, StateWord, ui, Waiting } from '../../ui/parts';
import { useOnline } from '../../ui/use-online';
import { useTitle } from '../../ui/use-title';
import styles from './buy.module.css';
import sheet from './checkout.module.css';
import { Clashes, MyPlaces } from './my-places';
import { rememberedOrders } from './order-memory';

/** Orders of the person or the browser, and those that this browser made as a guest. */
export default function TicketsPage() {
  const { t } = useWords();
  useTitle(t('nav.tickets'));
  const mine = useQuery(myOrdersQuery);
  const kept = useQueries({
    queries: rememberedOrders().map(({ id, key }) => ({ ...orderQuery(id, key), retry: false })),
  });
  const found = new Map<string, Order>();
  for (const order of [...(mine.data ?? []), ...kept.flatMap((query) => query.data ?? [])]) found.set(order.id, order);
  const orders = [...found.values()].sort((a, b) =>
    (a.lines[0]?.startsAt ?? '').localeCompare(b.lines[0]?.startsAt ?? ''),
  );
  const online = useOnline();
  if (mine.isPending && orders.length === 0) return <Waiting label={t('app.loading')} />;
  return (
    <div className={ui.page}>
      <h1>{t('nav.tickets')}</h1>
      {!online && <Notice tone="warning">{t('order.offline')}</Notice>}
      {mine.isError && orders.length === 0 && <Notice tone="error">{t('app.no-answer')}</Notice>}
      <Clashes />
      {orders.length === 0 ? (
        <Empty title={t('tickets.none')}>
          <p>{t('tickets.none-detail')}</p>
          <p>
            <Link to="/find-tickets">{t('nav.find-tickets')}</Link>
          </p>
          <Link className={buttonClass()} to="/">
            {t('tickets.open-programme')}
          </Link>
        </Empty>
      ) : (
        <ul className={sheet.orders}>
          {orders.map((order) => (
            <OrderLine key={order.id} order={order} />
          ))}
        </ul>
      )}
      <MyPlaces />
      {orders.length > 0 && (
        <p>
          <Link to="/find-tickets">{t('tickets.others')}</Link>
        </p>
      )}
    </div>
  );
}

const TONES: Record<Order['state'], 'ok' | 'warning' | 'error' | 'info'> = {
  paid: 'ok',
  'awaiting-payment': 'warning',
  expiring: 'warning',
  expired: 'error',
  'refund-due': 'warning',
  refunded: 'info',
  cancelled: 'info',
  'charged-back': 'error',
  review: 'warning',
};

function OrderLine({ order }: { order: Order }) {
  const { t, language, count } = useWords();
  const first = order.lines[0];
  const words: Record<Order['state'], string> = {
    paid: t('order-state.paid'),
    'awaiting-payment': t('order-state.awaiting'),
    expiring: t('order-state.awaiting'),
    expired: t('order-state.expired'),
    'refund-due': t('order-state.refund-due'),
    refunded: t('order-state.refunded'),
    cancelled: t('order-state.cancelled'),
    'charged-back': t('order-state.charged-back'),
    review: t('order-state.review'),
  };
  return (
    <li>
      <div>
        <h2 className={styles.buyTitle}>
          <Link to={`/orders/${order.id}?key=${order.key}`}>
            {(first?.title ?? order.items[0]?.name)?.[language] ?? order.number}
          </Link>
        </h2>
        {first && (
          <p className="small">
            {formatShortDayTime(new Date(first.startsAt), first.timezone, language)} · {first.venue[language]} ·{' '}
            {count('tickets.count', order.lines.length)} · {formatMoney(order.total)}
          </p>
        )}
      </div>
      <StateWord tone={TONES[order.state]}>{words[order.state]}</StateWord>
    </li>
  );
}
