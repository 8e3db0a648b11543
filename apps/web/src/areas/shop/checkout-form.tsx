import { type FormEvent, useRef, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import type { HeldSeats, Order, PaymentStarted } from '#libs/contracts';
import { formatMoney, type Money } from '#libs/kernel';
import { ApiProblem } from '../../api/client';
import { useSureDeed } from '../../api/sure-deed';
import { placeOrder, startPayment } from '../../api/tickets-orders.api';
import { useWords } from '../../i18n';
import { useSession } from '../../session/use-session';
import { Icon } from '../../ui/icon';
import { Button, Field, Notice, ui } from '../../ui/parts';
import { basket, useBasket } from './basket';
import styles from './buy.module.css';
import sheet from './checkout.module.css';
import { rememberOrder } from './order-memory';
import { useTyped } from './typed';
import { goneSeats, queueAhead } from './use-hold';
import { chosenFor } from './use-quote';

const TERMS_VERSION = '2019-09';

interface Props {
  editionId: string | undefined;
  holds: HeldSeats[];
  total: Money;
  /** Whether the sum in the button is the server's. */
  priced: boolean;
  onPlaced(order: Order): void;
}

/** One field of typing and one mark; the button carries the sum, and pressing it twice is one order. */
export function CheckoutForm({ editionId, holds, total, priced, onPlaced }: Props) {
  const { t, language } = useWords();
  const navigate = useNavigate();
  const { person } = useSession();
  const { choices } = useBasket();
  const [email, setEmail] = useTyped('email');
  const [name, setName] = useTyped('name');
  const [problem, setProblem] = useState<ApiProblem | 'no-answer' | 'consent'>();
  const [busy, setBusy] = useState(false);
  const surely = useSureDeed<Order>();
  const surelyPaid = useSureDeed<PaymentStarted>();
  const placed = useRef<Order>(undefined);
  const isFree = total.amount === 0;

  function place(): Promise<Order> {
    const body = {
      ...chosenFor(holds, choices),
      ...(holds.length === 0 && editionId && { editionId }),
      ...(!person && { buyer: { email: email.trim(), ...(name.trim() && { name: name.trim() }) } }),
      language,
      consent: { terms: true as const, version: TERMS_VERSION },
      ...(priced && { expectedTotal: total.amount }),
    };
    return surely((key) => placeOrder(body, key));
  }
  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (!new FormData(event.currentTarget).get('terms')) {
      setProblem('consent');
      return;
    }
    setBusy(true);
    setProblem(undefined);
    try {
      placed.current ??= await place();
      const order = placed.current;
      onPlaced(order);
      rememberOrder(order);
      basket.clear();
      const page =
        order.state === 'paid' ? undefined : await surelyPaid((key) => startPayment(order, key)).catch(() => undefined);
      // The seats are claimed: where the bank's page does not open, the order's own page offers it again.
      if (page) window.location.assign(page.redirectUrl);
      else void navigate(`/orders/${order.id}?key=${order.key}`);
    } catch (error) {
      refuse(error);
    }
  }
  function refuse(error: unknown) {
    const queue = queueAhead(error);
    if (queue) {
      window.location.assign(queue);
      return;
    }
    setProblem(error instanceof ApiProblem ? error : 'no-answer');
    setBusy(false);
  }

  const emailError = problem instanceof ApiProblem ? problem.field('buyer/email') : undefined;
  return (
    <form className={ui.stack} onSubmit={(event) => void submit(event)}>
      {problem instanceof ApiProblem && !emailError && <Refused problem={problem} holds={holds} />}
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
            value={email}
            onChange={(event) => setEmail(event.target.value)}
            error={emailError}
          />
          <Field
            label={t('checkout.name')}
            name="name"
            autoComplete="name"
            maxLength={120}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        </>
      )}
      <label className={ui.check}>
        <input type="checkbox" name="terms" required aria-invalid={problem === 'consent' || undefined} />
        <span>{t('checkout.terms')}</span>
      </label>
      {problem === 'consent' && <Notice tone="error">{t('checkout.needs-consent')}</Notice>}
      <p className="small quiet">{isFree ? t('checkout.free-note') : t('checkout.card-note')}</p>
      <Button type="submit" wide className={styles.pay} busy={busy}>
        <span className={sheet.payLine}>
          <span className={sheet.payWord}>
            {!isFree && <Icon name="lock" />}
            {busy ? t('checkout.busy') : isFree ? t('checkout.take') : t('checkout.pay')}
          </span>
          <span className="tabular">{formatMoney(total)}</span>
        </span>
      </Button>
    </form>
  );
}

/** Why there is no order; where seats went to somebody else, the way back says which and offers others. */
function Refused({ problem, holds }: { problem: ApiProblem; holds: HeldSeats[] }) {
  const { t } = useWords();
  const gone = goneSeats(problem);
  const first = gone[0];
  const hold = holds.find((one) => one.screeningId === first?.screening) ?? holds[0];
  if (!hold) return <Notice tone="error">{problem.problem.title}</Notice>;
  const wanted = hold.seats.map((seat) => seat.id);
  return (
    <Notice tone="error" title={gone.length > 0 ? t('checkout.gone') : problem.problem.title}>
      <Link to={`/screenings/${hold.screeningId}`} state={gone.length > 0 ? { lost: gone, wanted } : null}>
        {t('checkout.back-to-seats')}
      </Link>
    </Notice>
  );
}
