import { useWords } from '../../../i18n';
import { ui } from '../../../ui/parts';
import { useTitle } from '../../../ui/use-title';

export default function SalesSection() {
  const { t } = useWords();
  useTitle(t('office.sales'));
  return (
    <div className={ui.page}>
      <h1>{t('office.sales')}</h1>
    </div>
  );
}
