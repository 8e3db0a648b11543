import { lazy } from 'react';
import { Route, Routes } from 'react-router';
import PlansPage from './plans-page';

const PlanPage = lazy(() => import('./plan-page'));
const PlanImportPage = lazy(() => import('./plan-import-page'));

/** Venues, halls, and the plans that people sit by. */
export default function PlansSection() {
  return (
    <Routes>
      <Route index element={<PlansPage />} />
      <Route path="import" element={<PlanImportPage />} />
      <Route path=":planId" element={<PlanPage />} />
    </Routes>
  );
}
