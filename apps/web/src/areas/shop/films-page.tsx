import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { compareIn, matchesSearch } from '#libs/kernel';
import { programmeQuery } from '../../api/screenings.api';
import { useWords } from '../../i18n';
import { PosterArt } from '../../ui/art/poster';
import { posterOf } from '../../ui/art/poster-input';
import { Field, ui, Waiting } from '../../ui/parts';
import { useTitle } from '../../ui/use-title';
import art from './film.module.css';
import { SectionLine, useCredits } from './wording';

/** Every film by its title, in the order of the page's language; found by any of its titles or makers. */
export default function FilmsPage() {
  const { t, language } = useWords();
  const credits = useCredits();
  const [typed, setTyped] = useState('');
  useTitle(t('nav.films'));
  const { data } = useQuery(programmeQuery);
  if (!data) return <Waiting label={t('app.loading')} />;
  const order = compareIn(language);
  const films = data.films
    .filter((film) => {
      const names = [...Object.values(film.title), film.original ?? '', ...Object.values(film.directors).flat()];
      return matchesSearch(names.join(' '), typed);
    })
    .sort((a, b) => order(a.title[language], b.title[language]));
  return (
    <div className={ui.page}>
      <h1>{t('nav.films')}</h1>
      <div className={ui.narrow}>
        <Field
          label={t('films.search')}
          type="search"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      </div>
      <div className={art.filmGrid}>
        {films.map((film) => {
          const section = data.sections.find((other) => other.id === film.sectionId) ?? null;
          return (
            <Link key={film.id} to={`/films/${film.id}`} className={art.filmCard}>
              <div>
                <PosterArt {...posterOf(data, film)} />
              </div>
              <SectionLine show={{ section, film } as never} />
              <h3>{film.title[language]}</h3>
              <p className="small quiet">{credits(film, false)}</p>
            </Link>
          );
        })}
      </div>
      {films.length === 0 && <p>{t('films.none')}</p>}
    </div>
  );
}
