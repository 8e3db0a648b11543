import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { categoriesQuery, myApplicationsQuery, myBadgesQuery } from '../../api/accreditations.api';
import { programmeQuery } from '../../api/screenings.api';
import { useWords } from '../../i18n';
import { useSession } from '../../session/use-session';
import { buttonClass, ui, Waiting } from '../../ui/parts';
import { useTitle } from '../../ui/use-title';
import styles from './accreditation.module.css';
import { ApplicationCard } from './application-card';
import { BadgeBookings } from './badge-bookings';
import { BadgeCard } from './badge-card';
import { StartForm } from './start-form';

/** Where one stands: what waits for the applicant first, then the badge and its bookings, then what one may apply for. */
export default function AccreditationPage() {
  const { t, language } = useWords();
  useTitle(t('nav.accreditation'));
  const { person, isPending } = useSession();
  const { data: programme } = useQuery(programmeQuery);
  const editionId = programme?.edition.id ?? '';
  const { data: categories } = useQuery({ ...categoriesQuery(editionId), enabled: editionId !== '' });
  const { data: mine } = useQuery({ ...myApplicationsQuery, enabled: person !== null });
  const { data: badges } = useQuery({ ...myBadgesQuery, enabled: person !== null, refetchInterval: 5_000 });
  if (isPending || !programme) return <Waiting label={t('app.loading')} />;
  const badge = badges?.badges.find((one) => one.state === 'live') ?? badges?.badges[0];
  const applications = mine?.applications ?? [];
  const open = applications.filter((one) => !['withdrawn', 'lapsed', 'rejected'].includes(one.state));
  return (
    <div className={ui.page}>
      <header className={ui.stack}>
        <h1>{t('nav.accreditation')}</h1>
        <p className={`${styles.lead} quiet`}>{t('accreditation.lead')}</p>
      </header>
      {!person && (
        <div>
          <Link className={buttonClass()} to="/sign-in?next=/accreditation">
            {t('accreditation.sign-in')}
          </Link>
        </div>
      )}
      {person && (
        <div className={styles.columns}>
          <div className={styles.column}>
            {applications.map((application) => (
              <ApplicationCard
                key={application.id}
                application={application}
                category={categories?.categories.find((one) => one.id === application.category)}
                consent={categories?.consent ?? null}
              />
            ))}
            {open.length === 0 && categories && <StartForm categories={categories} />}
          </div>
          {badge && (
            <div className={styles.column}>
              <BadgeCard badge={badge} edition={programme.edition.name[language]} />
              {badge.state === 'live' && <BadgeBookings programme={programme} />}
            </div>
          )}
        </div>
      )}
      {!person && categories && (
        <section className={ui.stack}>
          <h2>{t('accreditation.categories')}</h2>
          <ul className={styles.categories}>
            {categories.categories.map((category) => (
              <li key={category.id}>
                <h3>{category.name[language]}</h3>
                <p className="small">{category.description[language]}</p>
                <p className="small quiet">
                  {category.evidence
                    .filter((rule) => rule.required)
                    .map((rule) => rule.name[language])
                    .join(' · ')}
                </p>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
