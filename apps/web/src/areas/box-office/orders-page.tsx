import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useRef, useState } from 'react';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import type { Shift } from '#libs/contracts';
import { formatShortDayTime } from '#libs/kernel';
import { orderAtCounterQuery } from '../../api/counter-sales.api';
import { findPeople, peopleNamedQuery } from '../../api/house.api';
import { deskOrderQuery, ordersQuery } from '../../api/sales-office.api';
import { useWords } from '../../i18n';
import { Trouble } from '../../ui/data-table';
import { SearchField } from '../../ui/fields';
import { ListAndPanel } from '../../ui/overlays';
import { Empty, ui, Waiting } from '../../ui/parts';
import { useTitle } from '../../ui/use-title';
import { ChangeTickets } from './change-tickets';
import styles from './counter.module.css';
import { useKeys } from './keys';
import { TicketList } from './ticket-papers';
import { usePapers } from './use-papers';

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
  const toSearch = () => search.current?.focus();
  return (
    <div className={styles.orders}>
      <ListAndPanel
        label={t('counter.order-papers')}
        onBack={() => void navigate(`/counter/orders?${asked}`)}
        panel={
          orderId ? <OrderPapers key={orderId} orderId={orderId} shift={shift} zone={zone} onSearch={toSearch} /> : null
        }
        list={
          <>
            {!orderId && <SearchKey onSearch={toSearch} />}
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
    </div>
  );
}

/** The keys of the page while no order is open. */
function SearchKey({ onSearch }: { onSearch(): void }) {
  useKeys('order', (deed) => {
    if (deed.do === 'search') onSearch();
  });
  return null;
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

interface PapersProps {
  orderId: string;
  shift: Shift;
  zone: string;
  onSearch(): void;
}

function OrderPapers({ orderId, shift, zone, onSearch }: PapersProps) {
  const { t } = useWords();
  const { data: order, error, refetch } = useQuery(orderAtCounterQuery(orderId));
  const { data: atDesk } = useQuery(deskOrderQuery(orderId));
  const papers = usePapers(shift.id, orderId, order?.tickets ?? []);
  if (error && !order) return <Trouble error={error} onRetry={() => void refetch()} />;
  if (!order) return <Waiting label={t('app.loading')} />;
  return (
    <div className={ui.stack}>
      <h2>{t('counter.order', { number: order.number })}</h2>
      <TicketList shiftId={shift.id} zone={zone} tickets={order.tickets} papers={papers} keyed />
      {atDesk && <ChangeTickets order={atDesk} shift={shift} zone={zone} papers={papers} onSearch={onSearch} />}
    </div>
  );
}
