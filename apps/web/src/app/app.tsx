import { lazy, Suspense, useEffect } from 'react';
import { Navigate, Route, Routes } from 'react-router';
import { useWords, withWords } from '../i18n';
import { CompletionPage, LinkPage } from '../session/link-page';
import { PrivacyPage } from '../session/privacy-page';
import { SignInPage } from '../session/sign-in-page';
import { Empty, Waiting } from '../ui/parts';
import { Failure } from './failure';
import { Frame } from './frame';

const ProgrammePage = lazy(() => withWords('shop', import('../areas/shop/programme-page')));
const FilmsPage = lazy(() => withWords('shop', import('../areas/shop/films-page')));
const FilmPage = lazy(() => withWords('shop', import('../areas/shop/film-page')));
const SeatsPage = lazy(() => withWords('shop', import('../areas/shop/seats-page')));
const CheckoutPage = lazy(() => withWords('shop', import('../areas/shop/checkout-page')));
const OrderPage = lazy(() => withWords('shop', import('../areas/shop/order-page')));
const ExchangePage = lazy(() => withWords('shop', import('../areas/shop/exchange-page')));
const PassesPage = lazy(() => withWords('shop', import('../areas/shop/passes-page')));
const PlanPage = lazy(() => withWords('shop', import('../areas/shop/plan-page')));
const VenuesPage = lazy(() => withWords('shop', import('../areas/shop/venues-page')));
const FindTicketsPage = lazy(() => withWords('shop', import('../areas/shop/find-tickets-page')));
const OfferPage = lazy(() => withWords('shop', import('../areas/shop/offer-page')));
const InvitationPage = lazy(() => withWords('shop', import('../areas/shop/invitation-page')));
const TicketsPage = lazy(() => withWords('shop', import('../areas/shop/tickets-page')));
const AccreditationPage = lazy(() => withWords('accreditation', import('../areas/accreditation/accreditation-page')));
const PasswordPage = lazy(() => import('../session/password-page'));
const SecondFactorPage = lazy(() => import('../session/second-factor-page'));
const Office = lazy(() => withWords('back-office', import('../areas/back-office/office')));
const Counter = lazy(() => withWords('box-office', import('../areas/box-office')));
const DesignPage = lazy(() => withWords('design', import('../areas/design/design-page')));

export function App() {
  const { t } = useWords();
  return (
    <Failure>
      <Suspense fallback={<Waiting label={t('app.loading')} />}>
        <Routes>
          <Route path="scan" element={<ToScanner />} />
          <Route path="office/*" element={<Office />} />
          <Route path="counter/*" element={<Counter />} />
          <Route element={<Frame />}>
            <Route index element={<ProgrammePage />} />
            <Route path="films" element={<FilmsPage />} />
            <Route path="films/:filmId" element={<FilmPage />} />
            <Route path="screenings/:screeningId" element={<SeatsPage />} />
            <Route path="checkout" element={<CheckoutPage />} />
            <Route path="orders/:orderId" element={<OrderPage />} />
            <Route path="orders/:orderId/return" element={<OrderPage />} />
            <Route path="orders/:orderId/exchange" element={<ExchangePage />} />
            <Route path="passes" element={<PassesPage />} />
            <Route path="plan" element={<PlanPage />} />
            <Route path="venues" element={<VenuesPage />} />
            <Route path="find-tickets" element={<FindTicketsPage />} />
            <Route path="offers/:offerId" element={<OfferPage />} />
            <Route path="invitations/:invitationId" element={<InvitationPage />} />
            <Route path="tickets" element={<TicketsPage />} />
            <Route path="accreditation/*" element={<AccreditationPage />} />
            <Route path="accreditation/complete" element={<CompletionPage />} />
            <Route path="sign-in" element={<SignInPage />} />
            <Route path="sign-in/link" element={<LinkPage />} />
            <Route path="sign-in/password" element={<PasswordPage />} />
            <Route path="sign-in/second-factor" element={<SecondFactorPage />} />
            <Route path="design" element={<DesignPage />} />
            <Route path="privacy" element={<PrivacyPage />} />
            <Route path="programme" element={<Navigate to="/" replace />} />
            <Route path="*" element={<Lost />} />
          </Route>
        </Routes>
      </Suspense>
    </Failure>
  );
}

/** The scanner is an application of its own, with its own page. */
function ToScanner() {
  useEffect(() => location.replace(`/scanner${location.hash}`), []);
  return null;
}

function Lost() {
  const { t } = useWords();
  return (
    <div className="wrap">
      <Empty whole title={t('app.lost')}>
        <a href="/">{t('nav.programme')}</a>
      </Empty>
    </div>
  );
}
