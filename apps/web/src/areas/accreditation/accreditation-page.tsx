import { useQuery } from '@tanstack/react-query';
import { Link, Navigate, NavLink, Route, Routes, useLocation, useParams } from 'react-router';
import type { Application, CategoryList } from '#libs/contracts';
import { formatDateRange } from '#libs/kernel';
import { categoriesQuery, myApplicationsQuery, myBadgesQuery } from '../../api/accreditations-applicant.api';
import { programmeQuery } from '../../api/screenings.api';
import { useWords } from '../../i18n';
import { useSession } from '../../session/use-session';
import { Trouble } from '../../ui/data-table';
import { buttonClass, Empty, Waiting } from '../../ui/parts';
import { useTitle } from '../../ui/use-title';
import styles from './accreditation.module.css';
import { ApplyPage } from './apply-page';
import { BadgePage } from './badge-page';
import { BookingsPage } from './bookings-page';
import { DelegationPage } from './delegation-page';
import { ExtrasPage } from './extras-page';
import { CategoriesShown, HomePage } from './home-page';
import { MessagesPage } from './messages-page';
import { StatusPage } from './status-page';
import { useInbox } from './use-inbox';

/** The accreditation portal: the way of an application, the badge and what it opens, messages. */
export default function AccreditationPage() {
  const { t } = useWords();
  useTitle(t('nav.accreditation'));
  const { pathname, search } = useLocation();
  const { person, isPending } = useSession();
  const { data: programme, error } = useQuery(programmeQuery);
  const editionId = programme?.edition.id ?? '';
  const { data: categories } = useQuery(categoriesQuery(editionId));
  const mine = useQuery({ ...myApplicationsQuery, enabled: person !== null, refetchInterval: 15_000 });
  const badges = useQuery({ ...myBadgesQuery, enabled: person !== null });
  const { language } = useWords();
  const edition = programme?.edition;
  const applications = mine.data?.applications ?? [];
  const badge = badges.data?.badges.length ?? 0;
  return (
    <>
      <header className={`${styles.hero} felt-spruce`}>
        <div className={styles.heroText}>
          {edition && (
            <p>
              {edition.name[language]} · {formatDateRange(edition.from, edition.to, language)}
            </p>
          )}
          <p className={`${styles.heroTitle} display`}>{t('portal.title')}</p>
        </div>
        <svg viewBox="0 0 1440 60" preserveAspectRatio="none" aria-hidden="true">
          <path d="M0 60V50L60 46 150 48 240 20 300 34 380 24 450 44 540 32 620 4 700 26 760 18 840 36 930 24 1010 42 1090 30 1170 44 1260 34 1340 48 1440 40V60Z" />
        </svg>
      </header>
      <div className={styles.portal}>
        {person && <Ways badge={badge > 0} />}
        {error && <Trouble error={error} />}
        {isPending || !programme || !categories || (person && mine.isPending) ? (
          !error && <Waiting label={t('app.loading')} rows={4} />
        ) : person ? (
          <Routes>
            <Route index element={<HomePage applications={applications} categories={categories} />} />
            <Route
              path="applications/:id/form"
              element={<OneApplication form applications={applications} categories={categories} />}
            />
            <Route
              path="applications/:id"
              element={<OneApplication applications={applications} categories={categories} />}
            />
            <Route
              path="badge"
              element={<BadgePage badges={badges.data?.badges ?? []} edition={programme.edition.name[language]} />}
            />
            <Route path="bookings" element={<BookingsPage programme={programme} />} />
            <Route path="extras" element={<ExtrasPage editionId={editionId} />} />
            <Route path="delegations/:id" element={<DelegationPage />} />
            <Route path="messages" element={<MessagesPage />} />
            <Route path="*" element={<Empty whole title={t('app.lost')} />} />
          </Routes>
        ) : (
          <>
            <h1>{t('nav.accreditation')}</h1>
            <p className={styles.lead}>{t('accreditation.lead')}</p>
            <div>
              <Link className={buttonClass()} to={`/sign-in?next=${encodeURIComponent(`${pathname}${search}`)}`}>
                {t('accreditation.sign-in')}
              </Link>
            </div>
            <CategoriesShown categories={categories} />
          </>
        )}
      </div>
    </>
  );
}

function Ways({ badge }: { badge: boolean }) {
  const { t } = useWords();
  const { data } = useInbox(true);
  const ways = [
    { to: '/accreditation', label: t('portal.application'), end: true },
    ...(badge
      ? [
          { to: '/accreditation/badge', label: t('portal.badge') },
          { to: '/accreditation/bookings', label: t('portal.bookings') },
          { to: '/accreditation/extras', label: t('portal.extras') },
        ]
      : []),
    {
      to: '/accreditation/messages',
      label: data?.unread ? t('portal.messages-new', { n: data.unread }) : t('portal.messages'),
    },
  ];
  return (
    <nav className={styles.ways} aria-label={t('portal.sections')}>
      {ways.map(({ to, label, end }) => (
        <NavLink key={to} to={to} end={end ?? false} className={styles.way!}>
          {label}
        </NavLink>
      ))}
    </nav>
  );
}

function OneApplication({
  applications,
  categories,
  form,
}: {
  applications: Application[];
  categories: CategoryList;
  form?: boolean;
}) {
  const { t } = useWords();
  const { id } = useParams();
  const application = applications.find((one) => one.id === id);
  const category = categories.categories.find((one) => one.id === application?.category);
  if (!application || !category)
    return (
      <Empty whole title={t('home.no-such')}>
        <Link to="/accreditation">{t('status.all')}</Link>
      </Empty>
    );
  const open =
    application.state === 'draft' ||
    application.state === 'information-requested' ||
    application.allowed.includes('reopen');
  if (form && open)
    return (
      <ApplyPage key={application.id} application={application} category={category} consent={categories.consent} />
    );
  if (application.state === 'draft') return <Navigate to="form" replace />;
  return <StatusPage key={application.id} application={application} category={category} />;
}
