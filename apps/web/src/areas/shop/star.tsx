import { useWords } from '../../i18n';
import { Icon } from '../../ui/icon';
import { plan, usePlan } from './plan';
import plans from './plan.module.css';

/** Into my plan, or out of it again. */
export function Star({ id, title }: { id: string; title: string }) {
  const { t } = useWords();
  const starred = usePlan().includes(id);
  return (
    <button
      type="button"
      className={plans.star}
      aria-pressed={starred}
      aria-label={t('plan.star', { title })}
      onClick={() => plan.toggle(id)}
    >
      <Icon name="star" />
    </button>
  );
}
