import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { matchesSearch } from '#libs/kernel';
import { useWords } from '../../../i18n';
import { countryName } from '../../../i18n/places';
import { DataTable, TwoLines } from '../../../ui/data-table';
import { SearchField } from '../../../ui/fields';
import { Icon } from '../../../ui/icon';
import { PageHead } from '../../../ui/overlays';
import { buttonClass, StateWord, ui } from '../../../ui/parts';
import { useTitle } from '../../../ui/use-title';
import { useOffice } from './use-office';
import { Ways } from './ways';

/** Every film of the edition; a name is found in any script. */
export default function FilmsPage() {
  const { t, language, count } = useWords();
  useTitle(t('programme.films'));
  const navigate = useNavigate();
  const { editions, edition, programme, error, again } = useOffice();
  const [typed, setTyped] = useState('');
  const films = programme?.films.filter((film) =>
    matchesSearch(
      [
        film.title.kk,
        film.title.ru,
        film.title.en,
        film.original ?? '',
        ...film.directors.ru,
        ...film.directors.en,
      ].join(' '),
      typed,
    ),
  );
  const shows = (id: string) =>
    programme?.screenings.filter((one) => one.items.some((item) => item.filmId === id)).length ?? 0;
  return (
    <div className={ui.page}>
      <PageHead title={t('programme.films')}>
        <Link className={buttonClass()} to="/office/programme/films/new">
          <Icon name="plus" /> {t('films.add')}
        </Link>
      </PageHead>
      <Ways editions={editions} edition={edition} />
      <SearchField label={t('films.search')} value={typed} onChange={({ target }) => setTyped(target.value)} />
      <DataTable
        caption={t('programme.films')}
        rows={films}
        rowId={(film) => film.id}
        rowName={(film) => film.title[language]}
        error={error}
        onRetry={again}
        open={{ id: null, onOpen: (id) => navigate(`/office/programme/films/${id}`) }}
        empty={{ title: typed ? t('films.none-found') : t('films.none') }}
        columns={[
          {
            id: 'title',
            title: t('film.title'),
            names: true,
            cell: (film) => (
              <TwoLines
                first={film.title[language]}
                second={[film.original, film.directors[language].join(', ')].filter(Boolean).join(' · ')}
              />
            ),
          },
          {
            id: 'section',
            title: t('edit.section'),
            cell: (film) => programme?.sections.find(({ id }) => id === film.sectionId)?.name[language] ?? '—',
          },
          {
            id: 'countries',
            title: t('film.countries'),
            cell: (film) => film.countries?.map((code) => countryName(code, language)).join(', ') ?? '—',
          },
          { id: 'year', title: t('film.year'), figures: true, cell: (film) => film.year },
          { id: 'minutes', title: t('items.minutes'), figures: true, cell: (film) => film.minutes },
          {
            id: 'age',
            title: t('panel.age'),
            cell: (film) => film.ageRating ?? <StateWord tone="warning">{t('panel.rating-pending')}</StateWord>,
          },
          {
            id: 'shows',
            title: t('films.shows'),
            figures: true,
            cell: (film) => count('timetable.shows', shows(film.id)),
          },
        ]}
      />
    </div>
  );
}
