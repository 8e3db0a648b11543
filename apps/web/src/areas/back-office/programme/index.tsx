import { lazy } from 'react';
import { Route, Routes } from 'react-router';
import TimetablePage from './timetable-page';

const MovePage = lazy(() => import('./move-page'));
const ScreeningPage = lazy(() => import('./screening-page'));
const FilmsPage = lazy(() => import('./films-page'));
const FilmPage = lazy(() => import('./film-page'));
const SectionsPage = lazy(() => import('./sections-page'));
const ImportPage = lazy(() => import('./import-page'));
const NextEditionPage = lazy(() => import('./next-edition-page'));

/** Everything that makes a programme: its days, its films, its screenings and their moves. */
export default function ProgrammeSection() {
  return (
    <Routes>
      <Route index element={<TimetablePage />} />
      <Route path="screenings/new" element={<ScreeningPage />} />
      <Route path="screenings/:screeningId" element={<ScreeningPage />} />
      <Route path="screenings/:screeningId/move" element={<MovePage />} />
      <Route path="films" element={<FilmsPage />} />
      <Route path="films/:filmId" element={<FilmPage />} />
      <Route path="sections" element={<SectionsPage />} />
      <Route path="import" element={<ImportPage />} />
      <Route path="next" element={<NextEditionPage />} />
    </Routes>
  );
}
