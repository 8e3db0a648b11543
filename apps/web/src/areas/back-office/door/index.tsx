import { lazy } from 'react';
import { Navigate, Route, Routes } from 'react-router';
import { useWords, withWords } from '../../../i18n';
import { useSession } from '../../../session/use-session';
import { SectionWays } from '../../../ui/section-ways';
import { HouseList } from './house/house-list';
import { HousePage } from './house/house-page';
import { PaperPage } from './house/paper-page';
import { RushList, RushPage } from './rush/rush-pages';

const Devices = lazy(() => withWords('back-office/door/devices', import('./devices')));

/** Everything at the doors: how entry goes, hall by hall, who scans there with what, and the rush line, which cashiers call too. */
export default function DoorSection() {
  const { t } = useWords();
  const manages = useSession().may('house-manager');
  const ways = [
    { to: '/office/door/screenings', word: t('house.ways-screenings') },
    { to: '/office/door/rush', word: t('house.ways-rush') },
    { to: '/office/door/devices', word: t('house.ways-devices') },
  ].filter(({ to }) => manages || to === '/office/door/rush');
  return (
    <>
      <SectionWays label={t('house.ways')} ways={ways} />
      <Routes>
        <Route path="rush" element={<RushList />} />
        <Route path="rush/:screeningId" element={<RushPage />} />
        <Route path="screenings" element={<HouseList />} />
        <Route path="devices" element={<Devices />} />
        <Route path="screenings/:screeningId" element={<HousePage />} />
        <Route path="screenings/:screeningId/paper" element={<PaperPage />} />
        <Route path="*" element={<Navigate to={manages ? '/office/door/screenings' : '/office/door/rush'} replace />} />
      </Routes>
    </>
  );
}
