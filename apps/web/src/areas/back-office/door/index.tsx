import { lazy } from 'react';
import { Navigate, Route, Routes } from 'react-router';
import { useWords, withWords } from '../../../i18n';
import { SectionWays } from '../../../ui/section-ways';
import { HouseList } from './house/house-list';
import { HousePage } from './house/house-page';
import { PaperPage } from './house/paper-page';

const Devices = lazy(() => withWords('back-office/door/devices', import('./devices')));

/** Everything at the doors: how entry goes, hall by hall, and who scans there with what. */
export default function DoorSection() {
  const { t } = useWords();
  const ways = [
    { to: '/office/door/screenings', word: t('house.ways-screenings') },
    { to: '/office/door/devices', word: t('house.ways-devices') },
  ];
  return (
    <>
      <SectionWays label={t('house.ways')} ways={ways} />
      <Routes>
        <Route path="screenings" element={<HouseList />} />
        <Route path="devices" element={<Devices />} />
        <Route path="screenings/:screeningId" element={<HousePage />} />
        <Route path="screenings/:screeningId/paper" element={<PaperPage />} />
        <Route path="*" element={<Navigate to="/office/door/screenings" replace />} />
      </Routes>
    </>
  );
}
