import { useWords } from '../../../i18n';
import { ui } from '../../../ui/parts';
import { useTitle } from '../../../ui/use-title';

export default function PeopleSection() {
  const { t } = useWords();
  useTitle(t('office.people'));
  return (
    <div className={ui.page}>
      <h1>{t('office.people')}</h1>
    </div>
  );
}
