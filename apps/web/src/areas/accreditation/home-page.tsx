import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { Application, CategoryList } from '#libs/contracts';
import { formatDate, formatMoney, venueDate } from '#libs/kernel';
import { myDelegationsQuery } from '../../api/accreditations-applicant.api';
import { useWords } from '../../i18n';
import { buttonClass, StateWord, ui } from '../../ui/parts';
import styles from './accreditation.module.css';
import { StartForm } from './start-form';
import { useStateWords } from './state-words';

const ZONE = 'Asia/Almaty';
const ENDED = ['withdrawn', 'lapsed', 'rejected'];

/** Where one stands: applications, what one leads, and what one may apply as. */
export function HomePage({ applications, categories }: { applications: Application[]; categories: CategoryList }) {
  const { t } = useWords();
  const { data: led } = useQuery(myDelegationsQuery);
  const open = applications.filter((one) => !ENDED.includes(one.state));
  return (
    <div className={styles.home}>
      <h1 className="visually-hidden">{t('nav.accreditation')}</h1>
      {applications.map((application) => (
        <ApplicationLine key={application.id} application={application} />
      ))}
      {led?.delegations.map((delegation) => (
        <section key={delegation.id} className={styles.row}>
          <div>
            <h2 className={styles.rowTitle}>{delegation.name}</h2>
            <p className="small">
              {t('home.led')} · {delegation.members.length} / {delegation.places}
            </p>
          </div>
          <Link className={buttonClass('outline')} to={`/accreditation/delegations/${delegation.id}`}>
            {t('home.open')}
          </Link>
        </section>
      ))}
      {open.length === 0 && <StartForm categories={categories} />}
    </div>
  );
}

function ApplicationLine({ application }: { application: Application }) {
  const { t, language } = useWords();
  const { word, tone } = useStateWords()(application.state);
  const draft = application.state === 'draft';
  const turn = ['draft', 'information-requested', 'offered', 'awaiting-payment'].includes(application.state);
  const path = `/accreditation/applications/${application.id}`;
  return (
    <section className={styles.row} data-turn={turn || undefined}>
      <div>
        <h2 className={styles.rowTitle}>{application.categoryName[language]}</h2>
        <p>
          <StateWord tone={tone}>{word}</StateWord>
        </p>
        {application.request && <p className="small">{application.request.message}</p>}
        {application.dueAt && turn && (
          <p className="small">
            {t('accreditation.until', { date: formatDate(venueDate(new Date(application.dueAt), ZONE), language) })}
          </p>
        )}
      </div>
      <Link className={buttonClass(turn ? 'primary' : 'outline')} to={draft ? `${path}/form` : path}>
        {draft ? t('home.go-on') : t('home.open')}
      </Link>
    </section>
  );
}

/** What one can apply as, for whoever is not signed in yet. */
export function CategoriesShown({ categories }: { categories: CategoryList }) {
  const { t, language } = useWords();
  return (
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
            {category.fee && <p className="small">{formatMoney(category.fee)}</p>}
          </li>
        ))}
      </ul>
    </section>
  );
}
