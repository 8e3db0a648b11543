import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { formatDayTime } from '#libs/kernel';
import { clockQuery } from '../../api/screenings.api';
import { useWords } from '../../i18n';
import { useSession } from '../../session/use-session';
import { Icon } from '../../ui/icon';
import { PageHead } from '../../ui/overlays';
import { ui } from '../../ui/parts';
import { useTitle } from '../../ui/use-title';
import { Guide } from './guide';
import styles from './overview.module.css';
import type { OfficeSection } from './sections';

/** Where a day in the office begins: what still is to be done for a first edition, and the sections that are open. */
export function Overview({ open }: { open: OfficeSection[] }) {
  const { t, language } = useWords();
  const { may } = useSession();
  const { data: clock } = useQuery(clockQuery);
  useTitle(t('office.title'));
  return (
    <div className={ui.page}>
      <PageHead
        title={t('office.title')}
        lead={clock && formatDayTime(new Date(clock.now), clock.timezone, language)}
      />
      {may('admin') && <Guide />}
      <section className={styles.sections} aria-label={t('office.title')}>
        {open.map(({ path, icon }) => (
          <Link key={path} to={`/office/${path}`}>
            <Icon name={icon} />
            <strong>{t(`office.${path}`)}</strong>
            <span>{t(`office-about.${path}`)}</span>
          </Link>
        ))}
      </section>
    </div>
  );
}
