import type { RefObject } from 'react';
import { useWords } from '../../../i18n';
import { Icon } from '../../../ui/icon';
import type { CameraState } from '../camera/camera';
import styles from './gate.module.css';

interface Props {
  video: RefObject<HTMLVideoElement | null>;
  state: CameraState;
  hint: string;
  onAgain(): void;
}

/** What the camera sees, in its brackets; or why it sees nothing, and that codes can be typed all the same. */
export function Sight({ video, state, hint, onAgain }: Props) {
  const { t } = useWords();
  const blind = state === 'refused' || state === 'none' || state === 'broken';
  return (
    <div className={styles.sight} data-camera={state}>
      <video ref={video} muted playsInline aria-hidden="true" tabIndex={-1} hidden={blind} />
      {blind ? (
        <div className={styles.blind}>
          <Icon name="camera" />
          <strong>{t(`scan.camera-${state}`)}</strong>
          <p>{t('scan.camera-without')}</p>
          <button type="button" className={styles.verb} onClick={onAgain}>
            {t('scan.camera-again')}
          </button>
        </div>
      ) : (
        <>
          <svg className={styles.frame} viewBox="0 0 100 100" aria-hidden="true">
            <path d="M2 28V2H28M72 2H98V28M98 72V98H72M28 98H2V72" />
            <line x1="2" x2="98" y1="50" y2="50" />
          </svg>
          <p className={styles.hint}>{state === 'starting' ? t('scan.camera-starting') : hint}</p>
        </>
      )}
    </div>
  );
}
