import { lazy } from 'react';
import { Navigate, Route, Routes } from 'react-router';
import { withWords } from '../../../i18n';

const Devices = lazy(() => withWords('back-office/door/devices', import('./devices')));

/** Everything at the doors: who scans there and with what. */
export default function DoorSection() {
  return (
    <Routes>
      <Route path="devices" element={<Devices />} />
      <Route path="*" element={<Navigate to="/office/door/devices" replace />} />
    </Routes>
  );
}
