import { useQuery } from '@tanstack/react-query';
import { Navigate, Route, Routes, useLocation } from 'react-router';
import { myShiftQuery } from '../../api/counter-shifts.api';
import { editionsQuery } from '../../api/screenings.api';
import { useWords } from '../../i18n';
import { useSession } from '../../session/use-session';
import { Trouble } from '../../ui/data-table';
import { buttonClass, Notice, ui, Waiting } from '../../ui/parts';
import { CounterFrame } from './counter-frame';
import { KeyMap } from './keys';
import { LeaseHint } from './leases/lease-hint';
import { LeasesPage } from './leases/leases-page';
import { useLeaseKeeper } from './leases/use-leases';
import { OfficePage } from './office-page';
import { OpenShiftPage } from './open-shift-page';
import { OrdersPage } from './orders-page';
import { ReservationsPage } from './reservations-page';
import { SalePage } from './sale-page';
import { SalesPage } from './sales-page';
import { ShiftPage } from './shift-page';
import { WillCallPage } from './will-call-page';
import { ZReportPage } from './z-report-page';

/** The counter: a clerk's shift at a till, and the house manager's view of all shifts. */
export default function Counter() {
  const { t } = useWords();
  const { pathname } = useLocation();
  const { isPending, may } = useSession();
  const office = ['house-manager', 'finance'].some(may);
  if (isPending) return <Waiting label={t('app.loading')} />;
  if (!may('box-office') && !office)
    return (
      <main className={ui.page}>
        <h1>{t('counter.title')}</h1>
        <Notice tone="warning" title={t('counter.staff-only')}>
          <a className={buttonClass('quiet')} href={`/sign-in?next=${encodeURIComponent(pathname)}`}>
            {t('nav.sign-in')}
          </a>
        </Notice>
      </main>
    );
  return <Pages sells={may('box-office')} office={office} />;
}

function Pages({ sells, office }: { sells: boolean; office: boolean }) {
  const { t } = useWords();
  const { data: editions } = useQuery(editionsQuery);
  const edition = editions?.[0];
  const { data: shift, error, refetch } = useQuery({ ...myShiftQuery(edition?.id ?? ''), enabled: sells && !!edition });
  if (!edition) return <Waiting label={t('app.loading')} />;
  const frame = { editionId: edition.id, shift: shift ?? null, office };
  return (
    <CounterFrame {...frame}>
      {shift && <LeaseKeeper key={shift.id} shiftId={shift.id} />}
      {shift && <LeaseHint shiftId={shift.id} />}
      <KeyMap>
        <Routes>
          <Route
            path="office"
            element={office ? <OfficePage edition={edition} /> : <Navigate to="/counter" replace />}
          />
          <Route path="shifts/:shiftId" element={<ZReportPage />} />
          {shift && (
            <>
              <Route index element={<SalePage key={shift.id} shift={shift} />} />
              <Route path="sales" element={<SalesPage shift={shift} zone={edition.timezone} />} />
              <Route path="reservations" element={<ReservationsPage shift={shift} zone={edition.timezone} />} />
              <Route path="orders/:orderId?" element={<OrdersPage shift={shift} zone={edition.timezone} />} />
              <Route path="will-call" element={<WillCallPage shift={shift} zone={edition.timezone} />} />
              <Route path="leases" element={<LeasesPage shift={shift} />} />
              <Route path="shift" element={<ShiftPage shift={shift} />} />
            </>
          )}
          <Route
            path="*"
            element={
              !sells ? (
                <Navigate to="/counter/office" replace />
              ) : error && !shift ? (
                <div className={ui.page}>
                  <Trouble error={error} onRetry={() => void refetch()} />
                </div>
              ) : shift === undefined ? (
                <Waiting label={t('app.loading')} />
              ) : shift === null ? (
                <OpenShiftPage editionId={edition.id} />
              ) : (
                <Navigate to="/counter" replace />
              )
            }
          />
        </Routes>
      </KeyMap>
    </CounterFrame>
  );
}

function LeaseKeeper({ shiftId }: { shiftId: string }) {
  useLeaseKeeper(shiftId);
  return null;
}
