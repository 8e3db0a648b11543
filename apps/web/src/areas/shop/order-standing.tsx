import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { Order, PaymentStarted } from '#libs/contracts';
import { formatMoney } from '#libs/kernel';
import { ApiProblem } from '../../api/client';
import { useSureDeed } from '../../api/sure-deed';
import { cancelOrder, type OrderRef, orderQuery, paymentReturned, startPayment } from '../../api/tickets-orders.api';
import { useWords } from '../../i18n';
import { Button, buttonClass, Notice } from '../../ui/parts';
import { minutesAndSeconds, useSecondsLeft } from '../../ui/use-seconds-left';
import styles from './buy.module.css';
import sheet from './checkout.module.css';

interface Props {
  order: Order;
  orderRef: OrderRef;
  /** The bank sent the buyer back with a no. */
  failed: boolean;
}

/** What happened, what is safe, what to do: for every state but paid. */
export function Standing({ order, orderRef, failed }: Props) {
  const { t } = useWords();
  const sum = formatMoney(order.refund ?? order.total);
  switch (order.state) {
    case 'refund-due':
      return (
        <>
          <Notice tone="warning">
            {order.tickets.length > 0 ? t('order.refund-due-returned', { sum }) : t('order.refund-due', { sum })}
          </Notice>
          <WriteTo order={order} />
          <Elsewhere order={order} />
        </>
      );
    case 'refunded':
      return <Notice tone="ok">{t('order.refunded', { sum })}</Notice>;
    case 'review':
      return (
        <>
          <Notice tone="warning">{t('order.review')}</Notice>
          <WriteTo order={order} />
        </>
      );
    case 'charged-back':
      return (
        <>
          <Notice tone="error">{t('order.charged-back')}</Notice>
          <WriteTo order={order} />
        </>
      );
    case 'cancelled':
      return (
        <>
          <Notice>{t('order.cancelled')}</Notice>
          <Elsewhere order={order} />
        </>
      );
    case 'expired':
      return (
        <>
          <Notice tone="error">{t('order.expired')}</Notice>
          <Elsewhere order={order} />
        </>
      );
    default:
      return order.paymentPending && !failed ? (
        <Unknown orderRef={orderRef} />
      ) : (
        <Unpaid order={order} orderRef={orderRef} failed={failed} />
      );
  }
}

/** Who helps where only people can. */
function WriteTo({ order }: { order: Order }) {
  const { t } = useWords();
  const subject = encodeURIComponent(t('order.title', { number: order.number }));
  return (
    <p>
      {t('order.write-to')}{' '}
      <a className={styles.address} href={`mailto:${order.writeTo}?subject=${subject}`}>
        {order.writeTo}
      </a>
    </p>
  );
}

function Elsewhere({ order }: { order: Order }) {
  const { t } = useWords();
  const screening = order.lines[0]?.screeningId;
  return (
    <div>
      <Link className={buttonClass()} to={screening ? `/screenings/${screening}` : '/'}>
        {screening ? t('order.try-others') : t('nav.programme')}
      </Link>
    </div>
  );
}

/** The bank has not told yet: waiting is shown, and asking again is all that helps. */
function Unknown({ orderRef }: { orderRef: OrderRef }) {
  const { t } = useWords();
  const client = useQueryClient();
  const ask = useMutation({
    mutationFn: () => paymentReturned(orderRef),
    onSuccess: (now) => client.setQueryData(orderQuery(orderRef.id, orderRef.key).queryKey, now),
  });
  return (
    <>
      <Notice tone="warning" title={t('order.unknown-title')}>
        {t('order.unknown')}
      </Notice>
      <Button kind="outline" busy={ask.isPending} onClick={() => ask.mutate()}>
        {t('order.ask-bank')}
      </Button>
    </>
  );
}

function Unpaid({ order, orderRef, failed }: Props) {
  const { t } = useWords();
  const client = useQueryClient();
  const left = useSecondsLeft(Date.parse(order.payUntil));
  const surely = useSureDeed<PaymentStarted>();
  const pay = useMutation({
    mutationFn: () => surely((key) => startPayment(orderRef, key)),
    onSuccess: ({ redirectUrl }) => window.location.assign(redirectUrl),
  });
  const cancel = useMutation({
    mutationFn: () => cancelOrder(orderRef),
    onSuccess: (now) => client.setQueryData(orderQuery(orderRef.id, orderRef.key).queryKey, now),
  });
  const error = pay.error ?? cancel.error;
  return (
    <>
      {failed && <Notice tone="error">{t('order.failed')}</Notice>}
      <p>{t('order.awaiting')}</p>
      {left > 0 ? (
        <p role="timer" className="tabular">
          {t('order.pay-until', { time: minutesAndSeconds(left) })}
        </p>
      ) : (
        <Notice tone="warning">{t('order.expiring')}</Notice>
      )}
      {error && <Notice tone="error">{error instanceof ApiProblem ? error.problem.title : t('app.no-answer')}</Notice>}
      <Button wide className={styles.pay} busy={pay.isPending || pay.isSuccess} onClick={() => pay.mutate()}>
        <span className={sheet.payLine}>
          <span>{pay.isPending || pay.isSuccess ? t('checkout.busy') : t('checkout.pay')}</span>
          <span className="tabular">{formatMoney(order.total)}</span>
        </span>
      </Button>
      <Button kind="quiet" busy={cancel.isPending} onClick={() => cancel.mutate()}>
        {t('order.cancel')}
      </Button>
    </>
  );
}
