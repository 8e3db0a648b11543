import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { screeningQuery } from '../../../api/office-programme.api';
import { useWords } from '../../../i18n';
import { Trouble } from '../../../ui/data-table';
import { PageHead } from '../../../ui/overlays';
import { buttonClass, Empty, ui, Waiting } from '../../../ui/parts';
import { useTitle } from '../../../ui/use-title';
import { ScreeningForm } from './screening-form';
import { StateSign } from './screening-words';
import { useOffice } from './use-office';
import { Ways } from './ways';

/** A screening that is made or changed by hand. */
export default function ScreeningPage() {
  const { t, language } = useWords();
  const { screeningId } = useParams();
  const { editions, edition, programme, error, again } = useOffice();
  const kept = useQuery({ ...screeningQuery(screeningId ?? ''), enabled: screeningId !== undefined });
  const title = kept.data?.screening.title[language] ?? t('edit.new');
  useTitle(title);
  const trouble = error ?? kept.error;
  const noFilms = programme?.venues.every(({ halls }) => halls.length === 0);
  return (
    <div className={ui.page}>
      <PageHead title={screeningId ? title : t('edit.new')}>
        {kept.data && <StateSign state={kept.data.screening.state} />}
      </PageHead>
      <Ways editions={editions} edition={edition} />
      {trouble && <Trouble error={trouble} onRetry={again} />}
      {!trouble && (!programme || (screeningId && !kept.data)) && <Waiting label={t('app.loading')} />}
      {noFilms && (
        <Empty title={t('timetable.no-halls')}>
          <Link className={buttonClass()} to="/office/programme/import">
            {t('programme.import')}
          </Link>
        </Empty>
      )}
      {programme && !noFilms && (!screeningId || kept.data) && (
        <ScreeningForm key={screeningId ?? 'new'} programme={programme} kept={screeningId ? kept.data : undefined} />
      )}
    </div>
  );
}
