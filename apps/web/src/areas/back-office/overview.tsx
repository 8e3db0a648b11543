import { Link } from 'react-router';
import { useWords } from '../../i18n';
import { Icon } from '../../ui/icon';
import { ui } from '../../ui/parts';
import { useTitle } from '../../ui/use-title';
import type { OfficeSection } from './sections';

/** Where a day in the office begins: the sections that the person may open. */
export function Overview({ open }: { open: OfficeSection[] }) {
  const { t } = useWords();
  useTitle(t('office.title'));
  return (
    <div className={ui.page}>
      <h1>{t('office.title')}</h1>
      <ul className={ui.stack}>
        {open.map(({ path, icon }) => (
          <li key={path}>
            <Link to={`/office/${path}`}>
              <Icon name={icon} /> {t(`office.${path}`)}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
