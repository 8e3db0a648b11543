import { Link, useNavigate } from 'react-router';
import { useWords } from '../../../i18n';
import { DataTable, Trouble, TwoLines } from '../../../ui/data-table';
import { Icon } from '../../../ui/icon';
import { PageHead } from '../../../ui/overlays';
import { buttonClass, Empty, ui, Waiting } from '../../../ui/parts';
import { useTitle } from '../../../ui/use-title';
import styles from './plans.module.css';
import { useHalls } from './use-halls';

/** Every venue, its halls and their plans. */
export default function PlansPage() {
  const { t, language, count } = useWords();
  useTitle(t('office.plans'));
  const navigate = useNavigate();
  const { programme, error, nothing, again } = useHalls();
  const venues = programme?.venues ?? [];
  return (
    <div className={ui.page}>
      <PageHead title={t('office.plans')} lead={t('plans.lead')}>
        <Link className={buttonClass()} to="/office/plans/import">
          <Icon name="upload" /> {t('plans.import')}
        </Link>
      </PageHead>
      {error && <Trouble error={error} onRetry={again} />}
      {!programme && !error && !nothing && <Waiting label={t('app.loading')} />}
      {(nothing || (programme && venues.length === 0)) && (
        <Empty title={t('plans.none')}>
          <Link className={buttonClass()} to="/office/programme/import">
            {t('plans.import-programme')}
          </Link>
        </Empty>
      )}
      {venues.map((venue) => {
        const plans = programme!.plans.filter((plan) => venue.halls.some((hall) => hall.id === plan.hallId));
        return (
          <section key={venue.id} className={styles.venue}>
            <h2>{venue.name[language]}</h2>
            <p className="quiet">{venue.address}</p>
            {venue.halls.length === 0 ? (
              <p className="quiet">{t('plans.no-halls')}</p>
            ) : (
              <DataTable
                caption={venue.name[language]}
                rows={plans}
                rowId={(plan) => plan.planId}
                rowName={(plan) => plan.name}
                open={{ id: null, onOpen: (id) => navigate(`/office/plans/${id}`) }}
                empty={{ title: t('plans.no-plan') }}
                columns={[
                  {
                    id: 'hall',
                    title: t('plans.hall'),
                    names: true,
                    cell: (plan) => (
                      <TwoLines
                        first={venue.halls.find((hall) => hall.id === plan.hallId)?.name[language] ?? plan.hallId}
                        second={plan.name}
                      />
                    ),
                  },
                  { id: 'admission', title: t('plans.admission'), cell: (plan) => t(`admission.${plan.admission}`) },
                  {
                    id: 'seats',
                    title: t('plans.seats'),
                    figures: true,
                    cell: (plan) => count('seats.some', plan.seats),
                  },
                  { id: 'categories', title: t('plans.categories'), cell: (plan) => plan.categories.join(', ') },
                  { id: 'chairs', title: t('plans.wheelchairs'), figures: true, cell: (plan) => plan.wheelchairPlaces },
                  { id: 'version', title: t('plans.version'), figures: true, cell: (plan) => plan.version },
                ]}
              />
            )}
          </section>
        );
      })}
    </div>
  );
}
