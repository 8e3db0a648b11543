import { formatShortDayTime, venueTime } from '#libs/kernel';
import { useWords } from '../../../i18n';
import type { Scanner } from '../engine/scanner';
import type { ScannerState } from '../engine/state';
import styles from './gate.module.css';
import { Languages } from './languages';
import { Sheet } from './sheet';

const HERE = 'Asia/Almaty';

/** Which screening, who is on duty, practice, language, and what the device is. */
export function SettingsSheet({ scanner, state, onClose }: { scanner: Scanner; state: ScannerState; onClose(): void }) {
  const { t, language } = useWords();
  const { device, screening, screenings } = state;
  return (
    <Sheet title={t('scan.settings')} onClose={onClose}>
      <div className={styles.form}>
        <fieldset className={styles.choices}>
          <legend>{t('scan.screening')}</legend>
          {screenings.length === 0 && <p>{t('scan.none')}</p>}
          {screenings.map((one) => (
            <label key={one.id} className={styles.choice}>
              <input
                type="radio"
                name="screening"
                value={one.id}
                checked={one.id === screening?.id}
                onChange={() => scanner.choose(one.id)}
              />
              <span>
                {one.area
                  ? one.title[language]
                  : [venueTime(new Date(one.startsAt), one.timezone), one.title[language], one.hall[language]].join(
                      ' · ',
                    )}
              </span>
            </label>
          ))}
        </fieldset>
        <div className={styles.verbs}>
          <button
            type="button"
            className={styles.verb}
            aria-pressed={state.practice}
            onClick={() => {
              scanner.practise(!state.practice);
              onClose();
            }}
          >
            {t('scan.practise')}
          </button>
          {state.operator !== undefined && (
            <button type="button" className={styles.verb} onClick={() => scanner.duty.handOver()}>
              {t('scan.hand-over')}
            </button>
          )}
        </div>
        <Languages />
        {device && (
          <dl className={styles.facts}>
            <dt>{t('scan.device')}</dt>
            <dd>{device.name}</dd>
            {state.operator !== undefined && (
              <>
                <dt>{t('scan.on-duty')}</dt>
                <dd>{state.operator}</dd>
              </>
            )}
            <dt>{t('scan.works-until')}</dt>
            <dd>{formatShortDayTime(new Date(device.until), HERE, language)}</dd>
          </dl>
        )}
        <button type="button" className={styles.verb} data-first onClick={onClose}>
          {t('scan.close')}
        </button>
      </div>
    </Sheet>
  );
}
