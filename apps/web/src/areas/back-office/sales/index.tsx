import { Route, Routes } from 'react-router';
import { useWords } from '../../../i18n';
import { useSession } from '../../../session/use-session';
import { SectionWays } from '../../../ui/section-ways';
import { EditionPage } from './edition-page';
import { MoneyPage } from './money-page';
import { OrdersPage } from './orders-page';
import { PricesPage } from './prices-page';
import { PromoCodesPage } from './promo-codes-page';
import { ScreeningPage } from './screening-page';

const desk = ['box-office', 'finance', 'house-manager'];

/** Everything that concerns money and seats: how it sells, orders, prices, promo codes, what is owed. */
export default function SalesSection() {
  const { t } = useWords();
  const { may } = useSession();
  const ways = [
    { to: '/office/sales', word: t('sales.dashboard'), open: true, end: true },
    { to: '/office/sales/orders', word: t('sales.orders'), open: desk.some(may) },
    { to: '/office/sales/prices', word: t('sales.prices'), open: may('finance') || may('programmer') },
    { to: '/office/sales/promo-codes', word: t('sales.promo-codes'), open: may('finance') },
    { to: '/office/sales/money', word: t('sales.money'), open: may('finance') },
  ];
  return (
    <>
      <SectionWays label={t('sales.ways')} ways={ways.filter((way) => way.open)} />
      <Routes>
        <Route index element={<EditionPage />} />
        <Route path="screenings/:screeningId" element={<ScreeningPage />} />
        <Route path="orders/:orderId?" element={<OrdersPage />} />
        <Route path="prices" element={<PricesPage />} />
        <Route path="promo-codes" element={<PromoCodesPage />} />
        <Route path="money" element={<MoneyPage />} />
      </Routes>
    </>
  );
}
