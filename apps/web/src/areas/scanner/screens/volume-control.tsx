import { useWords } from '../../../i18n';
import { Icon } from '../../../ui/icon';
import { type Loudness, sound } from '../sound';
import styles from './gate.module.css';

/** How loud verdicts are; always in sight, and heard as it is moved. */
export function VolumeControl({ loudness, onChange }: { loudness: Loudness; onChange(next: Loudness): void }) {
  const { t } = useWords();
  return (
    <div className={styles.foot}>
      <button
        type="button"
        className={styles.square}
        aria-pressed={loudness.muted}
        aria-label={t('scan.mute')}
        onClick={() => onChange({ ...loudness, muted: !loudness.muted })}
      >
        <Icon name={loudness.muted ? 'silent' : 'sound'} />
      </button>
      <input
        className={styles.volume}
        type="range"
        min="0"
        max="1"
        step="0.1"
        aria-label={t('scan.volume')}
        value={loudness.muted ? 0 : loudness.volume}
        onChange={(event) => onChange({ volume: Number(event.target.value), muted: false })}
        onPointerUp={() => sound('ok')}
      />
    </div>
  );
}
