import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import type { OrderRowView } from '#libs/contracts';
import { formatMoney, formatShortDayTime } from '#libs/kernel';
import { findPeople, peopleNamedQuery } from '../../../api/house.api';
import { ordersQuery } from '../../../api/sales-office.api';
import { useWords } from '../../../i18n';
import { Chip, Chips } from '../../../ui/choices';
import { type Column, DataTable, TwoLines } from '../../../ui/data-table';
import { SearchField } from '../../../ui/fields';
import { ListAndPanel, PageHead } from '../../../ui/overlays';
import { useTitle } from '../../../ui/use-title';
import { useEdition } from '../use-edition';
import { OrderPanel } from './order-panel';
import styles from './sales.module.css';

const STATES = ['paid', 'awaiting-payment', 'expired', 'cancelled', 'refund-due', 'refunded'] as const;
/** A number or the end of a code; anything else is somebody's name or address. */
const CODE = /^[a-z0-9-]{4,12}$/i;

/** Orders found by number, by the end of a code, or by the name or address of whoever bought, in any script. */
export function OrdersPage() {
  const { t } = useWords();
  useTitle(t('sales.orders'));
  const { orderId } = useParams();
  const navigate = useNavigate();
  const [asked, setAsked] = useSearchParams();
  const [typed, setTyped] = useState(asked.get('q') ?? '');
  const state = asked.get('state') ?? '';
  const screening = asked.get('screening') ?? '';
  const found = useOrders(useDeferredValue(typed.trim()), state, screening);
  const orders = found.query.data?.pages.flatMap((page) => page.orders);
  const narrow = (name: string, value: string) => {
    const next = new URLSearchParams(asked);
    if (value) next.set(name, value);
    else next.delete(name);
    setAsked(next, { replace: true });
  };
  const columns = useColumns(orders ?? []);
  return (
    <ListAndPanel
      label={t('sales.order')}
      onBack={() => void navigate(`/office/sales/orders?${asked}`)}
      panel={orderId ? <OrderPanel id={orderId} /> : null}
      list={
        <>
          <PageHead title={t('sales.orders')} />
          <div className={styles.filters}>
            <SearchField
              label={t('sales.find-order')}
              value={typed}
              onChange={(event) => {
                setTyped(event.target.value);
                narrow('q', event.target.value);
              }}
            />
            <Chips label={t('sales.state')}>
              {STATES.map((one) => (
                <Chip key={one} on={state === one} onToggle={() => narrow('state', state === one ? '' : one)}>
                  {t(`sales.order-${one}`)}
                </Chip>
              ))}
              {screening && (
                <Chip on onToggle={() => narrow('screening', '')}>
                  {t('sales.one-screening')}
                </Chip>
              )}
            </Chips>
          </div>
          <DataTable
            caption={t('sales.orders')}
            columns={columns}
            rows={orders}
            rowId={(order) => order.id}
            rowName={(order) => order.number}
            error={found.query.error}
            onRetry={() => void found.query.refetch()}
            empty={{ title: typed ? t('sales.no-order-found') : t('sales.no-orders') }}
            open={{ id: orderId ?? null, onOpen: (id) => void navigate(`/office/sales/orders/${id}?${asked}`) }}
            {...(found.query.hasNextPage && {
              more: { busy: found.query.isFetchingNextPage, onMore: () => void found.query.fetchNextPage() },
            })}
          />
        </>
      }
    />
  );
}

function useOrders(text: string, state: string, screening: string) {
  const { id } = useEdition();
  const byPerson = text.length >= 2 && !CODE.test(text);
  const people = useQuery({
    queryKey: ['people', text],
    queryFn: () => findPeople(text),
    enabled: text.length >= 2,
    staleTime: 30_000,
  });
  const ids = people.data?.people.map((person) => person.id) ?? [];
  // A word such as "adam" may be a name and may be the end of a code: whoever is found by name comes first.
  const asPeople = byPerson || ids.length > 0;
  const filter = {
    ...(text.length >= 2 && asPeople && { people: ids.join(',') || 'nobody' }),
    ...(text.length >= 2 && !asPeople && { text }),
    ...(state && { state }),
    ...(screening && { screening }),
  };
  const query = useInfiniteQuery({
    ...ordersQuery(id, filter),
    enabled: id !== '' && (text.length < 2 || !people.isPending),
  });
  return { query };
}

function useColumns(orders: OrderRowView[]): Column<OrderRowView>[] {
  const { t, language } = useWords();
  const { zone } = useEdition();
  const { data } = useQuery(peopleNamedQuery(orders.map((order) => order.personId)));
  const who = new Map(data?.people.map((person) => [person.id, person]));
  return [
    {
      id: 'order',
      title: t('sales.order'),
      names: true,
      cell: (order) => {
        const buyer = who.get(order.personId);
        return <TwoLines first={buyer?.name || buyer?.email || order.number} second={order.number} />;
      },
    },
    {
      id: 'for',
      title: t('sales.screening'),
      cell: (order) => {
        const [first] = order.screenings;
        if (!first) return t('sales.no-seats');
        const more = order.screenings.length > 1 ? ` +${order.screenings.length - 1}` : '';
        return (
          <TwoLines
            first={`${first.title[language]}${more}`}
            second={formatShortDayTime(new Date(first.startsAt), zone, language)}
          />
        );
      },
    },
    { id: 'state', title: t('sales.state'), cell: (order) => t(`sales.order-${order.state}`) },
    { id: 'tickets', title: t('sales.tickets'), figures: true, cell: (order) => order.tickets },
    { id: 'total', title: t('sales.total'), figures: true, cell: (order) => formatMoney(order.total) },
  ];
}
