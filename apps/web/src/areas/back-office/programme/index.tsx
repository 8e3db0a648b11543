import { useWords } from '../../../i18n';
import { ui } from '../../../ui/parts';
import { useTitle } from '../../../ui/use-title';

export default function ProgrammeSection() {
  const { t } = useWords();
  useTitle(t('office.programme'));
  return (
    <div className={ui.page}>
      <h1>{t('office.programme')}</h1>
    </div>
  );
}
