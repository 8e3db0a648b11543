import { useParams } from 'react-router';
import { useWords } from '../../../i18n';
import { Trouble } from '../../../ui/data-table';
import { PageHead } from '../../../ui/overlays';
import { Empty, ui, Waiting } from '../../../ui/parts';
import { useTitle } from '../../../ui/use-title';
import { FilmForm } from './film-form';
import { useOffice } from './use-office';
import { Ways } from './ways';

/** One film, new or known. */
export default function FilmPage() {
  const { t, language } = useWords();
  const { filmId = '' } = useParams();
  const { editions, edition, programme, error, again } = useOffice();
  const film = programme?.films.find(({ id }) => id === filmId);
  const isNew = filmId === 'new';
  const title = film?.title[language] ?? t('films.add');
  useTitle(title);
  return (
    <div className={ui.page}>
      <PageHead title={title} lead={film?.original} />
      <Ways editions={editions} edition={edition} />
      {error && <Trouble error={error} onRetry={again} />}
      {!programme && !error && <Waiting label={t('app.loading')} />}
      {programme && !film && !isNew && <Empty title={t('films.none-found')} />}
      {programme && (film || isNew) && <FilmForm key={filmId} programme={programme} film={film} />}
    </div>
  );
}
