import { useWords } from '../../../i18n';
import { ui } from '../../../ui/parts';
import { useTitle } from '../../../ui/use-title';

export default function DoorSection() {
  const { t } = useWords();
  useTitle(t('office.door'));
  return (
    <div className={ui.page}>
      <h1>{t('office.door')}</h1>
    </div>
  );
}
