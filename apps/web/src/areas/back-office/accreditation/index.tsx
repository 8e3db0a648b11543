import { Route, Routes } from 'react-router';
import DecidePage from './decide-page';

/** Everything that officers of accreditation do. */
export default function AccreditationSection() {
  return (
    <Routes>
      <Route index element={<DecidePage />} />
    </Routes>
  );
}
