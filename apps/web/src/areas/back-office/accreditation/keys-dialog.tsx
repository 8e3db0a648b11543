import { useWords } from '../../../i18n';
import { Button, Dialog, ui } from '../../../ui/parts';
import styles from './office-accreditation.module.css';

/** Which keys work in the queue. */
export function KeysDialog({ open, onClose }: { open: boolean; onClose(): void }) {
  const { t } = useWords();
  const keys = [
    ['j', t('keys.next')],
    ['k', t('keys.previous')],
    ['x', t('keys.select')],
    ['a', t('decide.approve')],
    ['r', t('decide.ask')],
    ['w', t('decide.waitlist')],
    ['n', t('decide.reject')],
    ['/', t('keys.search')],
    ['z', t('keys.undo')],
    ['?', t('keys.title')],
  ];
  return (
    <Dialog open={open} label={t('keys.title')} onClose={onClose}>
      <div className={ui.stack}>
        <h2>{t('keys.title')}</h2>
        <dl className={styles.keys}>
          {keys.map(([key, words]) => (
            <div key={key}>
              <dt>
                <kbd>{key}</kbd>
              </dt>
              <dd>{words}</dd>
            </div>
          ))}
        </dl>
        <p className="small quiet">{t('keys.typing')}</p>
        <div>
          <Button onClick={onClose}>{t('keys.close')}</Button>
        </div>
      </div>
    </Dialog>
  );
}
