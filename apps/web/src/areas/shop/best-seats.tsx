import { useState } from 'react';
import { useWords } from '../../i18n';
import { Icon } from '../../ui/icon';
import { Button } from '../../ui/parts';
import styles from './buy.module.css';

const SIZES = [1, 2, 3, 4, 5, 6];

/** Party size and one verb; the result is shown on the map. */
export function BestSeats({ busy, quiet, onPick }: { busy: boolean; quiet: boolean; onPick(count: number): void }) {
  const { t } = useWords();
  const [size, setSize] = useState(2);
  return (
    <div className={styles.best}>
      <fieldset className={styles.sizes}>
        <legend>{t('best.how-many')}</legend>
        <div>
          {SIZES.map((n) => (
            <label key={n} className={styles.size}>
              <input type="radio" name="party" checked={size === n} onChange={() => setSize(n)} />
              <span>{n}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <Button kind={quiet ? 'outline' : 'primary'} busy={busy} onClick={() => onPick(size)}>
        <Icon name="star" />
        {t('best.pick')}
      </Button>
      <p className={`${styles.keys} small quiet`}>{t('best.keys')}</p>
    </div>
  );
}
