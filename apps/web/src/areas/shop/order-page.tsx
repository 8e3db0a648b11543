import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { Link, useParams, useSearchParams } from 'react-router';
import type { Order } from '#libs/contracts';
import { formatMoney } from '#libs/kernel';
import { ApiProblem } from '../../api/client';
import { orderDocument, orderQuery, paymentReturned, startPayment } from '../../api/tickets.api';
import { useWords } from '../../i18n';
import { feltOf } from '../../ui/art/poster';
import { Icon } from '../../ui/icon';
import { Button, buttonClass, Notice, ui, Waiting } from '../../ui/parts';
import { useTitle } from '../../ui/use-title';
import styles from './buy.module.css';
import sheet from './checkout.module.css';
import { rememberedOrders, rememberOrder } from './checkout-page';
import { TicketCard, useShowPoster } from './ticket-card';

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
  const waits = order?.state === 'awaiting-payment' || order?.state === 'expiring';
  useEffect(() => {
    if (!waits || asked.current || !params.has('payment')) return;
    asked.current = true;
    paymentReturned(orderId, key).then(
      (now) => client.setQueryData(orderQuery(orderId, key).queryKey, now),
      () => undefined,
    );
  }, [waits, params, orderId, key, client]);
  useEffect(() => {
    if (order) rememberOrder(order);
  }, [order]);
  if (error && !order)
    return (
      <div className={ui.page}>
        <Notice tone="error" title={error instanceof ApiProblem ? error.problem.title : t('app.no-answer')}>
          <Link to="/tickets">{t('nav.tickets')}</Link>
        </Notice>
      </div>
    );
  if (!order) return <Waiting label={t('app.loading')} />;
  return order.state === 'paid' ? (
    <Ready order={order} orderKey={key} />
  ) : (
    <div className={ui.page}>
      <h1>{t('order.title', { number: order.number })}</h1>
      <div className={`${ui.narrow} ${ui.stack}`}>
        <Standing order={order} failed={params.get('payment') === 'failed'} />
      </div>
    </div>
  );
}

function Ready({ order, orderKey }: { order: Order; orderKey: string | null }) {
  const { t } = useWords();
  const poster = useShowPoster(order.lines[0]?.screeningId ?? '');
  return (
    <div className={`${sheet.done} ${feltOf(poster)}`}>
      <div>
        <h1>{t('order.ready')}</h1>
        <p>{order.paidLate ? t('order.paid-late') : t('order.mailed', { number: order.number })}</p>
      </div>
      <ul className={sheet.tickets}>
        {order.tickets.map((ticket) => (
          <TicketCard key={ticket.id} ticket={ticket} />
        ))}
      </ul>
      <div className={sheet.deeds}>
        <a href={orderDocument(order.id, orderKey, 'tickets.pdf')} download>
          <Icon name="download" />
          PDF
        </a>
        <a href={orderDocument(order.id, orderKey, 'calendar.ics')} download>
          <Icon name="calendar" />
          {t('order.calendar')}
        </a>
        <Link to="/tickets">
          <Icon name="ticket" />
          {t('nav.tickets')}
        </Link>
      </div>
    </div>
  );
}

/** What happened, what is safe, what to do: for every state but paid. */
function Standing({ order, failed }: { order: Order; failed: boolean }) {
  const { t } = useWords();
  const refund = order.refund ? formatMoney(order.refund) : formatMoney(order.total);
  if (order.state === 'refund-due') return <Notice tone="warning">{t('order.refund-due', { sum: refund })}</Notice>;
  if (order.state === 'refunded') return <Notice tone="ok">{t('order.refunded', { sum: refund })}</Notice>;
  if (order.state === 'review') return <Notice tone="warning">{t('order.review')}</Notice>;
  if (order.state === 'expired')
    return (
      <>
        <Notice tone="error">{t('order.expired')}</Notice>
        <div>
          <Link className={buttonClass()} to="/">
            {t('nav.programme')}
          </Link>
        </div>
      </>
    );
  if (order.paymentPending && !failed)
    return (
      <Notice tone="warning" title={t('order.unknown-title')}>
        {t('order.unknown')}
      </Notice>
    );
  return (
    <>
      {failed && <Notice tone="error">{t('order.failed')}</Notice>}
      <p>{t('order.awaiting')}</p>
      <PayAgain order={order} />
    </>
  );
}

function PayAgain({ order }: { order: Order }) {
  const { t } = useWords();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  async function pay() {
    setBusy(true);
    setProblem(undefined);
    try {
      const { redirectUrl } = await startPayment(order, crypto.randomUUID());
      window.location.assign(redirectUrl);
    } catch (error) {
      setProblem(error instanceof ApiProblem ? error.problem.title : t('app.no-answer'));
      setBusy(false);
    }
  }
  return (
    <>
      {problem && <Notice tone="error">{problem}</Notice>}
      <Button wide className={styles.pay} busy={busy} onClick={() => void pay()}>
        <span className={sheet.payLine}>
          <span>{busy ? t('checkout.busy') : t('checkout.pay')}</span>
          <span className="tabular">{formatMoney(order.total)}</span>
        </span>
      </Button>
    </>
  );
}
