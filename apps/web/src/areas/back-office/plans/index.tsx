import { useWords } from '../../../i18n';
import { ui } from '../../../ui/parts';
import { useTitle } from '../../../ui/use-title';

export default function PlansSection() {
  const { t } = useWords();
  useTitle(t('office.plans'));
  return (
    <div className={ui.page}>
      <h1>{t('office.plans')}</h1>
    </div>
  );
}
