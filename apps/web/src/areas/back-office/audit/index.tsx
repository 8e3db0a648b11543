import { useWords } from '../../../i18n';
import { ui } from '../../../ui/parts';
import { useTitle } from '../../../ui/use-title';

export default function AuditSection() {
  const { t } = useWords();
  useTitle(t('office.audit'));
  return (
    <div className={ui.page}>
      <h1>{t('office.audit')}</h1>
    </div>
  );
}
