import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import type { ChargebackView, RefundView, SettlementDay } from '#libs/contracts';
import { formatMoney, formatShortDay, formatShortDayTime } from '#libs/kernel';
import { chargebacksQuery, invoicesQuery, refundsQuery, settlementsQuery } from '../../../api/sales-office.api';
import { useWords } from '../../../i18n';
import { Tabs } from '../../../ui/choices';
import { type Column, DataTable } from '../../../ui/data-table';
import { PageHead } from '../../../ui/overlays';
import { ui } from '../../../ui/parts';
import { useTitle } from '../../../ui/use-title';
import { useEdition } from '../use-edition';

const TABS = ['settlements', 'refunds', 'chargebacks', 'invoices'] as const;
type Tab = (typeof TABS)[number];
const DAY_MS = 86_400_000;

/** What came in by provider and day, what is owed to buyers, what is disputed, which invoices are open. */
export function MoneyPage() {
  const { t } = useWords();
  useTitle(t('sales.money'));
  const [tab, setTab] = useState<Tab>('settlements');
  return (
    <div className={ui.page}>
      <PageHead title={t('sales.money')} lead={t('sales.money-lead')} />
      <Tabs<Tab>
        label={t('sales.money')}
        value={tab}
        onChoose={setTab}
        tabs={TABS.map((value) => ({
          value,
          label: t(`sales.tab-${value}`),
        }))}
      >
        {tab === 'settlements' && <Settlements />}
        {tab === 'refunds' && <Refunds />}
        {tab === 'chargebacks' && <Chargebacks />}
        {tab === 'invoices' && <Invoices />}
      </Tabs>
    </div>
  );
}

function useWhen() {
  const { zone, language } = useEdition();
  return (instant: string) => formatShortDayTime(new Date(instant), zone, language);
}

function Settlements() {
  const { t, language } = useWords();
  const { id, edition } = useEdition();
  // Money moves for weeks before the first day and is settled for weeks after the last; the clock may be stepped.
  const until = new Date(Math.max(Date.now(), Date.parse(edition?.to ?? '')) + 60 * DAY_MS);
  const { data, error, refetch } = useQuery({
    ...settlementsQuery(id, `${edition?.from.slice(0, 4)}-01-01`, until.toISOString().slice(0, 10)),
    enabled: edition !== undefined,
  });
  const money = (day: SettlementDay, amount: number) => formatMoney({ amount, currency: day.currency });
  const columns: Column<SettlementDay>[] = [
    { id: 'day', title: t('sales.day'), names: true, cell: (day) => formatShortDay(day.day, language) },
    { id: 'provider', title: t('sales.provider'), cell: (day) => day.provider },
    { id: 'in', title: t('sales.captured'), figures: true, cell: (day) => money(day, day.captured) },
    { id: 'back', title: t('sales.refund'), figures: true, cell: (day) => money(day, day.refunded) },
    { id: 'disputed', title: t('sales.tab-chargebacks'), figures: true, cell: (day) => money(day, day.chargedBack) },
    { id: 'closed', title: t('sales.closed'), cell: (day) => (day.closedAt ? t('sales.yes') : t('sales.not-yet')) },
  ];
  return (
    <DataTable
      caption={t('sales.tab-settlements')}
      columns={columns}
      rows={data}
      rowId={(day) => `${day.provider} ${day.day} ${day.currency}`}
      error={error}
      onRetry={() => void refetch()}
      empty={{ title: t('sales.no-money-yet') }}
    />
  );
}

function Refunds() {
  const { t } = useWords();
  const when = useWhen();
  const { data, error, refetch } = useQuery(refundsQuery);
  const columns: Column<RefundView>[] = [
    {
      id: 'order',
      title: t('sales.order'),
      names: true,
      cell: (one) => <Link to={`/office/sales/orders/${one.orderId}`}>{one.orderNumber}</Link>,
    },
    { id: 'at', title: t('sales.made'), cell: (one) => when(one.madeAt) },
    {
      id: 'how',
      title: t('sales.provider'),
      cell: (one) => (one.attemptId ? t('sales.by-provider') : t('sales.by-hand')),
    },
    { id: 'sum', title: t('sales.sum'), figures: true, cell: (one) => formatMoney(one.amount) },
  ];
  return (
    <DataTable
      caption={t('sales.tab-refunds')}
      columns={columns}
      rows={data}
      rowId={(one) => one.id}
      error={error}
      onRetry={() => void refetch()}
      empty={{ title: t('sales.nothing-owed') }}
    />
  );
}

function Chargebacks() {
  const { t } = useWords();
  const when = useWhen();
  const { data, error, refetch } = useQuery(chargebacksQuery);
  const columns: Column<ChargebackView>[] = [
    {
      id: 'order',
      title: t('sales.order'),
      names: true,
      cell: (one) => <Link to={`/office/sales/orders/${one.orderId}`}>{one.orderNumber}</Link>,
    },
    { id: 'ref', title: t('sales.reference'), cell: (one) => one.reference },
    { id: 'at', title: t('sales.made'), cell: (one) => when(one.madeAt) },
    { id: 'state', title: t('sales.state'), cell: (one) => t(`sales.dispute-${one.state}`) },
    { id: 'sum', title: t('sales.sum'), figures: true, cell: (one) => formatMoney(one.amount) },
  ];
  return (
    <DataTable
      caption={t('sales.tab-chargebacks')}
      columns={columns}
      rows={data}
      rowId={(one) => one.id}
      error={error}
      onRetry={() => void refetch()}
      empty={{ title: t('sales.no-disputes') }}
    />
  );
}

function Invoices() {
  const { t, language } = useWords();
  const { id } = useEdition();
  const { data, error, refetch } = useQuery({ ...invoicesQuery(id), enabled: id !== '' });
  return (
    <DataTable
      caption={t('sales.tab-invoices')}
      columns={[
        {
          id: 'order',
          title: t('sales.order'),
          names: true,
          cell: (one) => <Link to={`/office/sales/orders/${one.orderId}`}>{one.number}</Link>,
        },
        { id: 'who', title: t('sales.payer'), cell: (one) => one.company.name },
        { id: 'due', title: t('sales.due'), cell: (one) => formatShortDay(one.dueOn, language) },
        { id: 'sum', title: t('sales.sum'), figures: true, cell: (one) => formatMoney(one.total) },
      ]}
      rows={data}
      rowId={(one) => one.orderId}
      error={error}
      onRetry={() => void refetch()}
      empty={{ title: t('sales.no-invoices') }}
    />
  );
}
