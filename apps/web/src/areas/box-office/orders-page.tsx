import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useDeferredValue, useRef, useState } from 'react';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import type { OrderAtDesk, ReturnedAtCounter, Shift } from '#libs/contracts';
import { formatMoney, formatShortDayTime, minorUnits } from '#libs/kernel';
import { orderAtCounterQuery, returnAtCounter } from '../../api/counter-sales.api';
import { findPeople, peopleNamedQuery } from '../../api/house.api';
import { deskOrderQuery, ordersQuery } from '../../api/sales-office.api';
import { useSureDeed } from '../../api/sure-deed';
import { useWords } from '../../i18n';
import { Trouble } from '../../ui/data-table';
import { CheckBox, SearchField } from '../../ui/fields';
import { ListAndPanel } from '../../ui/overlays';
import { Button, Empty, Field, Notice, ui, Waiting } from '../../ui/parts';
import { useTitle } from '../../ui/use-title';
import styles from './counter.module.css';
import { useKeys } from './keys';
import { ReasonDialog } from './reason-dialog';
import { TicketPapers } from './ticket-papers';

const LEAST_TYPED = 2;
/** A number or the end of a code; anything else is somebody's name or address. */
const CODE = /^[a-z0-9-]{4,12}$/i;

/** Tickets that wait for whoever bought them elsewhere: found by name, number or code, printed here, given back here. */
export function OrdersPage({ shift, zone }: { shift: Shift; zone: string }) {
  const { t } = useWords();
  useTitle(t('counter.orders'));
  const { orderId } = useParams();
  const navigate = useNavigate();
  const [asked, setAsked] = useSearchParams();
  const [typed, setTyped] = useState(asked.get('q') ?? '');
  const search = useRef<HTMLInputElement>(null);
  useKeys('screenings', (deed) => {
    if (deed.do === 'search') search.current?.focus();
  });
  return (
    <ListAndPanel
      label={t('counter.order-papers')}
      onBack={() => void navigate(`/counter/orders?${asked}`)}
      panel={orderId ? <OrderPapers key={orderId} orderId={orderId} shift={shift} zone={zone} /> : null}
      list={
        <>
          <h1 className={styles.listTitle}>{t('counter.orders')}</h1>
          <SearchField
            ref={search}
            label={t('counter.find-order')}
            value={typed}
            onChange={(event) => {
              setTyped(event.target.value);
              setAsked(event.target.value ? { q: event.target.value } : {}, { replace: true });
            }}
            onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
          />
          <Found editionId={shift.editionId} zone={zone} text={useDeferredValue(typed.trim())} open={orderId} />
        </>
      }
    />
  );
}

function Found(props: { editionId: string; zone: string; text: string; open: string | undefined }) {
  const { editionId, zone, text, open } = props;
  const { t, language, count } = useWords();
  const enough = text.length >= LEAST_TYPED;
  const people = useQuery({
    queryKey: ['people', text],
    queryFn: () => findPeople(text),
    enabled: enough,
    staleTime: 30_000,
  });
  const ids = people.data?.people.map((person) => person.id) ?? [];
  const byPerson = ids.length > 0 || !CODE.test(text);
  const asked = { state: 'paid', ...(byPerson ? { people: ids.join(',') || 'nobody' } : { text }) };
  const found = useInfiniteQuery({ ...ordersQuery(editionId, asked), enabled: enough && !people.isPending });
  // The first page is enough at a counter: where there is more, more is typed.
  const orders = found.data?.pages[0]?.orders;
  const { data: names } = useQuery(peopleNamedQuery(orders?.map((order) => order.personId) ?? []));
  if (!enough) return <p className="quiet">{t('counter.find-order-how')}</p>;
  if (found.error) return <Trouble error={found.error} />;
  if (!orders) return <Waiting label={t('app.loading')} />;
  if (orders.length === 0) return <Empty title={t('counter.no-order-found')} />;
  return (
    <ul className={styles.found}>
      {orders.map((order) => {
        const buyer = names?.people.find((one) => one.id === order.personId);
        const [first] = order.screenings;
        return (
          <li key={order.id}>
            <Link
              to={`/counter/orders/${order.id}?q=${encodeURIComponent(text)}`}
              aria-current={order.id === open || undefined}
            >
              <strong>{buyer?.name || buyer?.email || order.number}</strong>
              <span className="small quiet">
                {order.number} · {count('counter.tickets-n', order.tickets)}
                {first &&
                  ` · ${first.title[language]}, ${formatShortDayTime(new Date(first.startsAt), zone, language)}`}
              </span>
            </Link>
          </li>
        );
      })}
    </ul>
  );
}

function OrderPapers({ orderId, shift, zone }: { orderId: string; shift: Shift; zone: string }) {
  const { t } = useWords();
  const { data: papers, error, refetch } = useQuery(orderAtCounterQuery(orderId));
  const { data: order } = useQuery(deskOrderQuery(orderId));
  if (error && !papers) return <Trouble error={error} onRetry={() => void refetch()} />;
  if (!papers) return <Waiting label={t('app.loading')} />;
  return (
    <div className={ui.stack}>
      <h2>{t('counter.order', { number: papers.number })}</h2>
      <TicketPapers shiftId={shift.id} zone={zone} orderId={orderId} tickets={papers.tickets} />
      {order && <GiveBack order={order} shift={shift} />}
    </div>
  );
}

function GiveBack({ order, shift }: { order: OrderAtDesk; shift: Shift }) {
  const { t, count } = useWords();
  const client = useQueryClient();
  const [chosen, setChosen] = useState<number[]>([]);
  const [kept, setKept] = useState<string>();
  const [asking, setAsking] = useState(false);
  const [told, setTold] = useState<ReturnedAtCounter>();
  const surely = useSureDeed<ReturnedAtCounter>();
  const lines = order.lines.filter((line) => line.fee !== null);
  const picked = lines.filter(({ line }) => chosen.includes(line));
  const worth = picked.reduce((sum, line) => sum + line.price.amount, 0);
  const usual = picked.reduce((sum, line) => sum + (line.fee?.amount ?? 0), 0);
  const keptFee = kept === undefined ? usual : minorUnits(kept.replace(',', '.').replaceAll(/\s/g, '') || '0');
  const valid = keptFee !== undefined && keptFee <= worth;
  const money = (amount: number) => formatMoney({ amount, currency: order.total.currency });
  const back = useMutation({
    mutationFn: (reason: string) =>
      surely((key) =>
        returnAtCounter(order.id, { shiftId: shift.id, lines: chosen, keptFee: keptFee ?? 0, reason }, key),
      ),
    onSuccess: (answer) => {
      setTold(answer);
      setAsking(false);
      setChosen([]);
      setKept(undefined);
      void client.invalidateQueries({ queryKey: ['counter'] });
      void client.invalidateQueries({ queryKey: deskOrderQuery(order.id).queryKey });
    },
  });
  useKeys('elsewhere', () => undefined);
  return (
    <section className={ui.stack} aria-labelledby="back">
      <h3 id="back">{t('counter.give-back')}</h3>
      {told && (
        <Notice tone="ok" title={t('counter.given-back')}>
          {told.cashBack.amount > 0 && (
            <p className={`${styles.cashBack} tabular`}>
              {t('counter.hand-over', { sum: formatMoney(told.cashBack) })}
            </p>
          )}
          {told.otherwise.amount > 0 && <p>{t('counter.goes-back', { sum: formatMoney(told.otherwise) })}</p>}
        </Notice>
      )}
      {lines.length === 0 && <p className="quiet">{t('counter.nothing-to-return')}</p>}
      {lines.map((line) => (
        <CheckBox
          key={line.line}
          checked={chosen.includes(line.line)}
          hint={money(line.price.amount)}
          onChange={(event) =>
            setChosen(event.target.checked ? [...chosen, line.line] : chosen.filter((one) => one !== line.line))
          }
        >
          {t('counter.seat', { row: line.row, seat: line.seat })}
        </CheckBox>
      ))}
      {picked.length > 0 && (
        <>
          <Field
            label={t('counter.kept-fee')}
            hint={t('counter.kept-fee-hint', { sum: money(usual) })}
            inputMode="decimal"
            value={kept ?? String(usual / 100)}
            onChange={(event) => setKept(event.target.value)}
            {...(!valid && { error: t('counter.sum-wrong') })}
          />
          <Button kind="outline" busy={!valid} onClick={() => setAsking(true)}>
            {count('counter.return-n', picked.length, { sum: money(worth - (keptFee ?? 0)) })}
          </Button>
        </>
      )}
      <ReasonDialog
        open={asking}
        title={t('counter.give-back')}
        lead={t('counter.give-back-lead', { sum: money(worth - (keptFee ?? 0)) })}
        verb={t('counter.give-back-do')}
        busy={back.isPending}
        error={back.error}
        onDo={(reason) => back.mutate(reason)}
        onClose={() => setAsking(false)}
      />
    </section>
  );
}
