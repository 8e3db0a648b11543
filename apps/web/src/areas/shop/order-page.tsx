import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { Link, useParams, useSearchParams } from 'react-router';
import type { Order } from '#libs/contracts';
import { formatMoney } from '#libs/kernel';
import { type OrderRef, orderPaper, orderQuery, paymentReturned, receiptsQuery } from '../../api/tickets-orders.api';
import { useWords } from '../../i18n';
import { feltOf } from '../../ui/art/poster';
import { Icon } from '../../ui/icon';
import { buttonClass, Notice, ui, Waiting } from '../../ui/parts';
import { useOnline } from '../../ui/use-online';
import { useTitle } from '../../ui/use-title';
import lines from './basket.module.css';
import sheet from './checkout.module.css';
import { OrderChanges } from './order-changes';
import { rememberedOrders, rememberOrder } from './order-memory';
import { Standing } from './order-standing';
import { OrderedSeats } from './ordered-seats';
import { Refused } from './refused';
import { TicketCard, useShowPoster } from './ticket-card';

/** The bank is asked again when the buyer comes back: money may arrive after the order was given up. */
const MAY_YET_BE_PAID = new Set<Order['state']>(['awaiting-payment', 'expiring', 'expired', 'cancelled']);

/** An order by its link: where the bank sends the buyer back to, and where the mail leads. */
export default function OrderPage() {
  const { t } = useWords();
  const { orderId = '' } = useParams();
  const [params] = useSearchParams();
  const key = params.get('key') ?? rememberedOrders().find((order) => order.id === orderId)?.key ?? null;
  const { data: order, error } = useQuery(orderQuery(orderId, key));
  useTitle(order && (order.state === 'paid' ? t('order.ready') : t('order.title', { number: order.number })));
  const client = useQueryClient();
  const asked = useRef(false);
  const open = order !== undefined && MAY_YET_BE_PAID.has(order.state);
  useEffect(() => {
    if (!open || asked.current || !params.has('payment')) return;
    asked.current = true;
    paymentReturned({ id: orderId, key }).then(
      (now) => client.setQueryData(orderQuery(orderId, key).queryKey, now),
      () => undefined,
    );
  }, [open, params, orderId, key, client]);
  useEffect(() => {
    if (order) rememberOrder(order);
  }, [order]);
  if (error && !order)
    return (
      <Refused error={error}>
        <Link className={buttonClass()} to="/tickets">
          {t('nav.tickets')}
        </Link>
      </Refused>
    );
  if (!order) return <Waiting label={t('app.loading')} />;
  if (order.state === 'paid') return <Ready order={order} orderKey={key} />;
  return (
    <div className={ui.page}>
      <h1>{t(`order-head.${order.state}`)}</h1>
      <div className={`${ui.narrow} ${ui.stack}`}>
        <p className="quiet">{t('order.title', { number: order.number })}</p>
        <OrderedSeats order={order} />
        <Standing order={order} orderRef={{ id: orderId, key }} failed={params.get('payment') === 'failed'} />
        <Receipts orderRef={{ id: orderId, key }} />
      </div>
    </div>
  );
}

function Ready({ order, orderKey }: { order: Order; orderKey: string | null }) {
  const { t } = useWords();
  const online = useOnline();
  const poster = useShowPoster(order.lines[0]?.screeningId ?? '');
  const ref: OrderRef = { id: order.id, key: orderKey };
  const disputed = order.tickets.some((ticket) => ticket.state === 'suspended');
  // What admits comes before what no longer does.
  const tickets = [...order.tickets].sort((a, b) => Number(a.state === 'ended') - Number(b.state === 'ended'));
  return (
    <>
      <div className={`${sheet.done} ${feltOf(poster)}`}>
        <div>
          <h1>{disputed ? t('order.disputed') : t('order.ready')}</h1>
          {!disputed && <p>{order.paidLate ? t('order.paid-late') : t('order.mailed', { number: order.number })}</p>}
          {order.items.some((item) => item.kind === 'pass') && <p>{t('order.pass-bought')}</p>}
        </div>
        {!online && <Notice tone="warning">{t('order.offline')}</Notice>}
        <ul className={sheet.tickets}>
          {tickets.map((ticket) => (
            <TicketCard key={ticket.id} ticket={ticket} order={ref} />
          ))}
        </ul>
        <div className={sheet.deeds}>
          <a href={orderPaper(ref, 'tickets.pdf')} download>
            <Icon name="download" />
            PDF
          </a>
          <a href={orderPaper(ref, 'calendar.ics')} download>
            <Icon name="calendar" />
            {t('order.calendar')}
          </a>
          <Link to="/tickets">
            <Icon name="ticket" />
            {t('nav.tickets')}
          </Link>
        </div>
      </div>
      <div className={ui.page}>
        <div className={`${ui.narrow} ${ui.stack}`}>
          <OrderChanges order={order} orderKey={orderKey} />
          <Receipts orderRef={ref} />
        </div>
      </div>
    </>
  );
}

/** Receipts and credit notes; the fiscal one comes when the register has answered. */
function Receipts({ orderRef }: { orderRef: OrderRef }) {
  const { t } = useWords();
  const { data: receipts = [] } = useQuery(receiptsQuery(orderRef));
  if (receipts.length === 0) return null;
  return (
    <section>
      <h2>{t('order.receipts')}</h2>
      <ul className={lines.others}>
        {receipts.map((receipt) => {
          const words = { n: receipt.number, sum: formatMoney(receipt.amount) };
          return (
            <li key={receipt.id}>
              <a href={orderPaper(orderRef, `receipts/${receipt.id}/pdf`)} download>
                {receipt.kind === 'receipt' ? t('order.receipt', words) : t('order.credit-note', words)}
                <Icon name="download" />
              </a>
              {receipt.fiscal.qrLink && (
                <a href={receipt.fiscal.qrLink} rel="noreferrer" target="_blank">
                  {t('order.fiscal')}
                  <Icon name="next" />
                </a>
              )}
              {receipt.fiscal.state === 'queued' && <p className="small quiet">{t('order.fiscal-queued')}</p>}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
