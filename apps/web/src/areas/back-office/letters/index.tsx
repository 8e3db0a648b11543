import { useWords } from '../../../i18n';
import { ui } from '../../../ui/parts';
import { useTitle } from '../../../ui/use-title';

export default function LettersSection() {
  const { t } = useWords();
  useTitle(t('office.letters'));
  return (
    <div className={ui.page}>
      <h1>{t('office.letters')}</h1>
    </div>
  );
}
