import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { categoriesQuery } from '../../api/accreditations-applicant.api';
import { devicesQuery } from '../../api/door-devices.api';
import { officeProgrammeQuery } from '../../api/office-programme.api';
import { clockQuery, editionsQuery } from '../../api/screenings.api';
import { useWords } from '../../i18n';
import { useSession } from '../../session/use-session';
import { Icon } from '../../ui/icon';
import { buttonClass } from '../../ui/parts';
import { type GuideStep, guideSteps } from './guide.rules';
import styles from './overview.module.css';

const WAY: Record<GuideStep, string> = {
  programme: '/office/programme/import',
  halls: '/office/plans',
  sales: '/office/programme',
  accreditation: '/office/accreditation',
  scanner: '/office/door',
};

/** Five steps from an empty house to the first visitor; each knows from facts whether it is done. */
export function Guide() {
  const { t } = useWords();
  const { may } = useSession();
  const { data: editions } = useQuery(editionsQuery);
  const edition = editions?.[0]?.id ?? '';
  const some = edition !== '';
  const { data: clock } = useQuery(clockQuery);
  const programme = useQuery({ ...officeProgrammeQuery(edition), enabled: some && may('programmer') });
  const categories = useQuery({ ...categoriesQuery(edition), enabled: some, retry: false });
  const devices = useQuery({ ...devicesQuery(edition), enabled: some && may('house-manager'), retry: false });
  const nothing = editions?.length === 0;
  const steps = guideSteps({
    now: clock ? new Date(clock.now) : new Date(),
    programme: nothing ? { screenings: [], venues: [], plans: [] } : programme.data,
    categories: nothing ? [] : categories.data?.categories,
    devices: nothing ? [] : devices.data?.devices,
  });
  const next = steps.find(({ done }) => done === false)?.id;
  if (!editions || programme.isLoading || categories.isLoading || devices.isLoading) return null;
  const ready = steps.every(({ done }) => done !== false);
  return (
    <section className={styles.guide} aria-label={t('guide.title')}>
      <h2>{t(ready ? 'guide.ready' : 'guide.title')}</h2>
      <ol>
        {steps.map(({ id, done }, index) => (
          <li key={id} data-state={done ? 'done' : id === next ? 'next' : 'ahead'}>
            <span className={styles.mark} aria-hidden="true">
              {done ? <Icon name="check" /> : index + 1}
            </span>
            <div>
              <h3>{t(`guide.${id}`)}</h3>
              <p>{done ? t(`guide.${id}-done`) : t(`guide.${id}-how`)}</p>
            </div>
            <Link className={id === next ? buttonClass() : buttonClass('quiet')} to={WAY[id]}>
              {done ? t('guide.look') : t(`guide.${id}-do`)}
            </Link>
          </li>
        ))}
      </ol>
    </section>
  );
}
