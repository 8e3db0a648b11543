import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, Navigate, useNavigate, useParams } from 'react-router';
import type { Order, Programme } from '#libs/contracts';
import { formatMoney, formatShortDayTime, KZT, newId, sumMoney } from '#libs/kernel';
import { ApiProblem } from '../../api/client';
import { programmeQuery } from '../../api/screenings.api';
import { useSureDeed } from '../../api/sure-deed';
import { availabilityQuery } from '../../api/tickets.api';
import {
  exchangeTickets,
  type OrderRef,
  orderQuery,
  priceRulesQuery,
  startPayment,
} from '../../api/tickets-orders.api';
import { useWords } from '../../i18n';
import { Button, Notice, ui, Waiting } from '../../ui/parts';
import { useTitle } from '../../ui/use-title';
import { basket, useBasket } from './basket';
import lines from './basket.module.css';
import styles from './buy.module.css';
import sheet from './checkout.module.css';
import { type Exchange, exchange, useExchange } from './exchange';
import { rememberOrder } from './order-memory';
import { PriceLine } from './price-line';
import { chosenFor, useQuote } from './use-quote';
import { Availability } from './wording';

/** Other seats for tickets of an order: first where to, then what it costs; the old tickets live until it is done. */
export default function ExchangePage() {
  const { t } = useWords();
  useTitle(t('exchange.title'));
  const { orderId = '' } = useParams();
  const begun = useExchange();
  const { data: programme } = useQuery(programmeQuery);
  const { data: order } = useQuery(orderQuery(orderId, begun?.key ?? null));
  const { list } = useBasket();
  const [leaving, setLeaving] = useState(false);
  if (leaving) return <Waiting label={t('app.loading')} />;
  if (begun?.id !== orderId) return <Navigate to={`/orders/${orderId}`} replace />;
  if (!programme || !order) return <Waiting label={t('app.loading')} />;
  const old = order.lines.filter((line) => begun.lines.includes(line.line));
  return (
    <div className={sheet.checkout}>
      <h1>{t('exchange.title')}</h1>
      <Notice>{t('exchange.safe')}</Notice>
      <section className={ui.stack}>
        <h2>{t('exchange.old')}</h2>
        <Lines old={old} />
      </section>
      {list.length > 0 ? (
        <Confirm begun={begun} old={old} programme={programme} onDone={() => setLeaving(true)} />
      ) : (
        <Elsewhere programme={programme} old={old} />
      )}
      <Button kind="quiet" onClick={() => exchange.end()}>
        {t('exchange.stop')}
      </Button>
    </div>
  );
}

function Lines({ old }: { old: Order['lines'] }) {
  const { t, language } = useWords();
  return (
    <ul className={lines.items}>
      {old.map((line) => (
        <li key={line.line}>
          <span>
            {line.title[language]}, {formatShortDayTime(new Date(line.startsAt), line.timezone, language)} ·{' '}
            {t('map.row', { row: line.row })}, {t('map.seat', { seat: line.seat })}
          </span>
          <span className="tabular">{formatMoney(line.price)}</span>
        </li>
      ))}
    </ul>
  );
}

/** Screenings that can still be had, the same film first. */
function Elsewhere({ programme, old }: { programme: Programme; old: Order['lines'] }) {
  const { t, language } = useWords();
  const { data: availability } = useQuery(availabilityQuery(programme.edition.id));
  const from = programme.screenings.find((one) => one.id === old[0]?.screeningId);
  const films = new Set(from?.items.flatMap((item) => item.filmId ?? []));
  const open = programme.screenings.filter(
    (one) => one.state === 'on-sale' && one.visibility === 'public' && one.id !== from?.id,
  );
  const same = open.filter((one) => one.items.some((item) => item.filmId && films.has(item.filmId)));
  const others = open.filter((one) => !same.includes(one));
  const list = (title: string, screenings: Programme['screenings']) =>
    screenings.length > 0 && (
      <section>
        <h2>{title}</h2>
        <ul className={lines.others}>
          {screenings.map((one) => (
            <li key={one.id}>
              <Link to={`/screenings/${one.id}`}>
                <span>
                  {one.title[language]}
                  <br />
                  <span className="small quiet">
                    {formatShortDayTime(new Date(one.startsAt), one.timezone, language)}
                  </span>
                </span>
                <Availability screening={one} free={availability?.screenings[one.id]?.free} />
              </Link>
            </li>
          ))}
        </ul>
      </section>
    );
  return (
    <>
      {list(t('exchange.same-film'), same)}
      {list(t('exchange.others'), others)}
    </>
  );
}

interface ConfirmProps {
  begun: Exchange;
  old: Order['lines'];
  programme: Programme;
  /** The page is being left: what was begun is over. */
  onDone(): void;
}

function Confirm({ begun, old, programme, onDone }: ConfirmProps) {
  const { t, language } = useWords();
  const navigate = useNavigate();
  const { list, choices, count } = useBasket();
  const { quote } = useQuote(programme.edition.id);
  const { data: rules } = useQuery(priceRulesQuery(programme.edition.id));
  const surely = useSureDeed<Order>();
  const fresh = sumMoney(quote?.lines.map((line) => line.price) ?? []);
  const credit = sumMoney(old.map((line) => line.price));
  const fee = (rules?.rules.returns.exchangeFee ?? 0) * old.length;
  const difference = fresh.amount + fee - credit.amount;
  const go = useMutation({
    mutationFn: async () => {
      const { holds, kinds } = chosenFor(list, choices);
      const body = { lines: begun.lines, holds, ...(kinds && { kinds }) };
      const order = await surely((key) => exchangeTickets(begun, body, key));
      rememberOrder(order);
      const page = order.state === 'paid' ? undefined : await pageOf(order);
      return { order, page };
    },
    onSuccess: ({ order, page }) => {
      onDone();
      basket.clear();
      exchange.end();
      if (page) window.location.assign(page);
      else void navigate(`/orders/${order.id}?key=${order.key}`);
    },
  });
  return (
    <section className={ui.stack}>
      <h2>{t('exchange.new')}</h2>
      {list.map((hold) => {
        const screening = programme.screenings.find((one) => one.id === hold.screeningId);
        return (
          screening && (
            <div key={hold.holdId}>
              <p>
                <Link to={`/screenings/${screening.id}`}>{screening.title[language]}</Link>,{' '}
                {formatShortDayTime(new Date(screening.startsAt), screening.timezone, language)}
              </p>
              <ul className={lines.lines}>
                {hold.seats.map((seat) => (
                  <PriceLine key={seat.id} screening={screening} seat={seat} quote={quote} />
                ))}
              </ul>
            </div>
          )
        );
      })}
      <div className={styles.total}>
        <span>{difference < 0 ? t('exchange.back') : t('exchange.extra')}</span>
        <strong className="tabular">{formatMoney({ amount: Math.abs(difference), currency: KZT })}</strong>
      </div>
      {count !== old.length && <Notice tone="warning">{t('exchange.uneven')}</Notice>}
      {go.error && (
        <Notice tone="error">{go.error instanceof ApiProblem ? go.error.problem.title : t('app.no-answer')}</Notice>
      )}
      <Button wide busy={go.isPending || count !== old.length || !quote} onClick={() => go.mutate()}>
        {t('exchange.do')}
      </Button>
    </section>
  );
}

/** The bank's page for the difference; where it does not open the order's own page offers it again. */
async function pageOf(order: OrderRef): Promise<string | undefined> {
  return startPayment(order, newId()).then(
    ({ redirectUrl }) => redirectUrl,
    () => undefined,
  );
}
