import { lazy, Suspense } from 'react';
import { Navigate, Route, Routes } from 'react-router';
import { useWords } from '../i18n';
import { CompletionPage, LinkPage } from '../session/link-page';
import { PrivacyPage } from '../session/privacy-page';
import { SignInPage } from '../session/sign-in-page';
import { Empty, Waiting } from '../ui/parts';
import { Failure } from './failure';
import { Frame } from './frame';

const ProgrammePage = lazy(() => import('../areas/shop/programme-page'));
const FilmsPage = lazy(() => import('../areas/shop/films-page'));
const FilmPage = lazy(() => import('../areas/shop/film-page'));
const SeatsPage = lazy(() => import('../areas/shop/seats-page'));
const CheckoutPage = lazy(() => import('../areas/shop/checkout-page'));
const OrderPage = lazy(() => import('../areas/shop/order-page'));
const OfferPage = lazy(() => import('../areas/shop/offer-page'));
const InvitationPage = lazy(() => import('../areas/shop/invitation-page'));
const TicketsPage = lazy(() => import('../areas/shop/tickets-page'));
const AccreditationPage = lazy(() => import('../areas/accreditation/accreditation-page'));
const DecidePage = lazy(() => import('../areas/back-office/decide-page'));
const ScanPage = lazy(() => import('../areas/scanner/scan-page'));

export function App() {
  const { t } = useWords();
  return (
    <Failure>
      <Suspense fallback={<Waiting label={t('app.loading')} />}>
        <Routes>
          <Route path="scan" element={<ScanPage />} />
          <Route element={<Frame />}>
            <Route index element={<ProgrammePage />} />
            <Route path="films" element={<FilmsPage />} />
            <Route path="films/:filmId" element={<FilmPage />} />
            <Route path="screenings/:screeningId" element={<SeatsPage />} />
            <Route path="checkout" element={<CheckoutPage />} />
            <Route path="orders/:orderId" element={<OrderPage />} />
            <Route path="orders/:orderId/return" element={<OrderPage />} />
            <Route path="offers/:offerId" element={<OfferPage />} />
            <Route path="invitations/:invitationId" element={<InvitationPage />} />
            <Route path="tickets" element={<TicketsPage />} />
            <Route path="accreditation" element={<AccreditationPage />} />
            <Route path="accreditation/complete" element={<CompletionPage />} />
            <Route path="office/accreditations" element={<DecidePage />} />
            <Route path="sign-in" element={<SignInPage />} />
            <Route path="sign-in/link" element={<LinkPage />} />
            <Route path="privacy" element={<PrivacyPage />} />
            <Route path="programme" element={<Navigate to="/" replace />} />
            <Route path="*" element={<Lost />} />
          </Route>
        </Routes>
      </Suspense>
    </Failure>
  );
}

function Lost() {
  const { t } = useWords();
  return (
    <div className="wrap">
      <Empty title={t('app.lost')}>
        <a href="/">{t('nav.programme')}</a>
      </Empty>
    </div>
  );
}
