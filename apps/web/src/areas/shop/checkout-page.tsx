import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import type { HeldSeats, Order, Programme } from '#libs/contracts';
import { formatMoney, formatShortDayTime, newId } from '#libs/kernel';
import { ApiProblem } from '../../api/client';
import { rushRulesQuery } from '../../api/places.api';
import { programmeQuery } from '../../api/screenings.api';
import { extendHold, placeOrder, releaseHold, startPayment } from '../../api/tickets.api';
import { useWords } from '../../i18n';
import { useSession } from '../../session/use-session';
import { PosterArt } from '../../ui/art/poster';
import { Button, buttonClass, Empty, Field, Notice, ui } from '../../ui/parts';
import { useTitle } from '../../ui/use-title';
import { basket, useBasket } from './basket';
import styles from './buy.module.css';
import sheet from './checkout.module.css';
import { showsOf } from './programme.rules';
import { HoldTimer } from './timer';

const TERMS_VERSION = '2019-09';

/** One page, guest first, the hold in the corner, the sum always in the button. */
export default function CheckoutPage() {
  const { t } = useWords();
  useTitle(t('checkout.title'));
  const { data } = useQuery(programmeQuery);
  const { data: rush } = useQuery(rushRulesQuery(data?.edition.id));
  const { list, total, expiresAt, extendable } = useBasket();
  const [order, setOrder] = useState<Order>();
  const [ended, setEnded] = useState(false);
  const navigate = useNavigate();
  if (list.length === 0 && !order)
    return (
      <div className={ui.page}>
        <Empty title={t('checkout.empty')}>
          <Link className={buttonClass()} to="/">
            {t('nav.programme')}
          </Link>
        </Empty>
      </div>
    );
  return (
    <div className={sheet.checkout}>
      <h1>{t('checkout.title')}</h1>
      <ol className={sheet.steps} aria-label={t('checkout.steps')}>
        <li data-done>{t('checkout.step-seats')}</li>
        <li aria-current="step">{t('checkout.step-contacts')}</li>
        <li>{t('checkout.step-pay')}</li>
      </ol>
      {data && list.map((hold) => <Summary key={hold.holdId} hold={hold} programme={data} />)}
      {rush?.paidSeats && <Notice>{t('checkout.late-seats')}</Notice>}
      {expiresAt !== null && !ended && (
        <HoldTimer
          until={expiresAt}
          extendable={extendable}
          onExtend={() => keepLonger(list)}
          onGiveBack={() => {
            for (const hold of list) void giveBack(hold);
            void navigate('/');
          }}
          onEnd={() => setEnded(true)}
        />
      )}
      {ended && !order && <Notice tone="error">{t('hold.ended')}</Notice>}
      <BuyerForm
        holds={list}
        total={formatMoney(order?.total ?? total)}
        isFree={(order?.total ?? total).amount === 0}
        onPlaced={setOrder}
      />
    </div>
  );
}

/** Every hold of the basket that has its one extension left. A lost answer changes nothing: the clock goes on. */
async function keepLonger(holds: HeldSeats[]): Promise<void> {
  for (const hold of holds.filter((one) => one.extendable)) await extendHold(hold).then(basket.put, () => undefined);
}

async function giveBack(hold: HeldSeats): Promise<void> {
  basket.drop(hold.screeningId);
  await releaseHold(hold).catch(() => undefined);
}

function Summary({ hold, programme }: { hold: HeldSeats; programme: Programme }) {
  const { t, language } = useWords();
  const show = showsOf(programme).find((other) => other.screening.id === hold.screeningId);
  if (!show) return null;
  const { screening } = show;
  return (
    <section className={sheet.summary}>
      <div className={sheet.summaryArt}>
        <PosterArt {...show.poster} />
      </div>
      <div>
        <h2 className={styles.buyTitle}>{screening.title[language]}</h2>
        <p className="small">{formatShortDayTime(new Date(screening.startsAt), screening.timezone, language)}</p>
        <p className="small">
          {hold.seats
            .map((seat) => `${t('map.row', { row: seat.row })}, ${t('map.seat', { seat: seat.number })}`)
            .join(' · ')}
        </p>
      </div>
    </section>
  );
}

interface BuyerProps {
  holds: HeldSeats[];
  total: string;
  isFree: boolean;
  onPlaced(order: Order): void;
}

function BuyerForm({ holds, total, isFree, onPlaced }: BuyerProps) {
  const { t, language } = useWords();
  const navigate = useNavigate();
  const { person } = useSession();
  const [problem, setProblem] = useState<ApiProblem | 'no-answer' | 'consent'>();
  const [busy, setBusy] = useState(false);
  // The same keys on a second press: a lost answer must not become a second order.
  const keys = useRef({ order: newId(), payment: newId() });
  const placed = useRef<Order>(undefined);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    if (!data.get('terms')) {
      setProblem('consent');
      return;
    }
    const name = String(data.get('name') ?? '').trim();
    setBusy(true);
    setProblem(undefined);
    try {
      placed.current ??= await placeOrder(
        {
          holds: holds.map((hold) => hold.token),
          ...(person ? {} : { buyer: { email: String(data.get('email')).trim(), ...(name ? { name } : {}) } }),
          language,
          consent: { terms: true, version: TERMS_VERSION },
        },
        keys.current.order,
      );
      const order = placed.current;
      onPlaced(order);
      rememberOrder(order);
      basket.clear();
      if (order.state === 'paid') {
        void navigate(`/orders/${order.id}?key=${order.key}`);
        return;
      }
      const page = await startPayment(order, keys.current.payment).catch(() => undefined);
      // The seats are claimed: where the bank's page does not open, the order's own page offers it again.
      if (page) window.location.assign(page.redirectUrl);
      else void navigate(`/orders/${order.id}?key=${order.key}`);
    } catch (error) {
      setProblem(error instanceof ApiProblem ? error : 'no-answer');
      if (!placed.current) keys.current.order = newId();
      keys.current.payment = newId();
      setBusy(false);
    }
  }

  const emailError = problem instanceof ApiProblem ? problem.field('buyer/email') : undefined;
  return (
    <form className={ui.stack} onSubmit={(event) => void submit(event)} noValidate={false}>
      {problem instanceof ApiProblem && !emailError && (
        <Notice tone="error" title={problem.problem.title}>
          <Link to={`/screenings/${holds[0]?.screeningId ?? ''}`}>{t('checkout.back-to-seats')}</Link>
        </Notice>
      )}
      {problem === 'no-answer' && <Notice tone="error">{t('checkout.no-answer')}</Notice>}
      {person ? (
        <p>{t('checkout.signed-in', { email: person.email })}</p>
      ) : (
        <>
          <Field
            label={t('field.email')}
            hint={t('checkout.email-hint')}
            name="email"
            type="email"
            required
            autoComplete="email"
            error={emailError}
          />
          <Field label={t('checkout.name')} name="name" autoComplete="name" maxLength={120} />
        </>
      )}
      <label className={ui.check}>
        <input type="checkbox" name="terms" required aria-invalid={problem === 'consent' || undefined} />
        <span>{t('checkout.terms')}</span>
      </label>
      <p className="small quiet">{isFree ? t('checkout.free-note') : t('checkout.card-note')}</p>
      <Button type="submit" wide className={styles.pay} busy={busy}>
        <span className={sheet.payLine}>
          <span>{busy ? t('checkout.busy') : isFree ? t('checkout.take') : t('checkout.pay')}</span>
          <span className="tabular">{total}</span>
        </span>
      </Button>
    </form>
  );
}

const ORDERS = 'seans.orders';

/** Orders made in this browser, so that "my tickets" opens them without an account. */
export function rememberOrder(order: Pick<Order, 'id' | 'key'>): void {
  const others = rememberedOrders().filter((other) => other.id !== order.id);
  localStorage.setItem(ORDERS, JSON.stringify([{ id: order.id, key: order.key }, ...others].slice(0, 30)));
}

export function rememberedOrders(): { id: string; key: string }[] {
  try {
    return JSON.parse(localStorage.getItem(ORDERS) ?? '[]') as { id: string; key: string }[];
  } catch {
    return [];
  }
}
