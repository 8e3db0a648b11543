import { type DragEvent, type ReactNode, useId, useState } from 'react';
import { useWords } from '../i18n';
import styles from './drop-area.module.css';
import { Icon } from './icon';
import { ui } from './parts';

interface DropAreaProps {
  label: ReactNode;
  hint?: ReactNode;
  error?: string;
  /** As of an input of type file: ".csv,application/json". */
  accept?: string;
  multiple?: boolean;
  /** On a phone the camera may open at once. */
  capture?: 'user' | 'environment';
  busy?: boolean;
  /** 0 to 1 while a file is on its way. */
  progress?: number;
  onFiles(files: File[]): void;
}

/** A field that takes files: dropped, chosen, or from the camera; it says how far the file is. */
export function DropArea({ label, hint, error, accept, multiple, capture, busy, progress, onFiles }: DropAreaProps) {
  const { t } = useWords();
  const id = useId();
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const files = [...event.dataTransfer.files];
    if (files.length > 0 && !busy) onFiles(multiple ? files : files.slice(0, 1));
  };
  return (
    <div className={ui.field}>
      <span className={ui.label} id={`${id}l`}>
        {label}
      </span>
      {hint && (
        <span className={ui.hint} id={`${id}h`}>
          {hint}
        </span>
      )}
      <label
        className={styles.area}
        data-over={over || undefined}
        data-wrong={error ? true : undefined}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <Icon name="upload" />
        <span className={styles.words}>
          <span className={styles.verb}>{busy ? t('ui.sending') : t('ui.choose-file')}</span>
          {!busy && <span className={styles.or}>{t('ui.or-drop')}</span>}
        </span>
        <input
          type="file"
          className={styles.input}
          accept={accept}
          multiple={multiple}
          capture={capture}
          disabled={busy}
          aria-labelledby={`${id}l`}
          aria-describedby={[hint && `${id}h`, error && `${id}e`].filter(Boolean).join(' ') || undefined}
          onChange={(event) => {
            const files = [...(event.target.files ?? [])];
            if (files.length > 0) onFiles(files);
            event.target.value = '';
          }}
        />
      </label>
      {progress !== undefined && <Progress label={t('ui.sending')} value={progress} />}
      {error && (
        <span className={ui.fieldError} id={`${id}e`}>
          <Icon name="warning" />
          {error}
        </span>
      )}
    </div>
  );
}

/** How far a long work is: 0 to 1, or unknown. */
export function Progress({ label, value, words }: { label: string; value?: number; words?: ReactNode }) {
  return (
    <div className={styles.progress}>
      <progress aria-label={label} max={1} value={value} />
      <span className="tabular small">{words ?? (value === undefined ? '' : `${Math.round(value * 100)} %`)}</span>
    </div>
  );
}

/** How much of something limited is used: the bar in greyscale, full ones hatched, and the figures beside it. */
export function QuotaBar({ label, used, of }: { label: ReactNode; used: number; of: number }) {
  const id = useId();
  const full = used >= of;
  return (
    <span className={styles.quota}>
      <span>{label}</span>
      <svg className={styles.bar} viewBox="0 0 60 12" aria-hidden="true" preserveAspectRatio="none">
        <defs>
          <pattern id={`${id}p`} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect className={styles.hatchGround} width="6" height="6" />
            <rect className={styles.fill} width="3" height="6" />
          </pattern>
        </defs>
        <rect className={styles.ground} x="0.75" y="0.75" width="58.5" height="10.5" rx="2" />
        <rect
          className={full ? undefined : styles.fill}
          fill={full ? `url(#${id}p)` : undefined}
          x="0.75"
          y="0.75"
          width={of > 0 ? Math.min(1, used / of) * 58.5 : 0}
          height="10.5"
        />
      </svg>
      <strong className="tabular">
        {used} / {of}
      </strong>
    </span>
  );
}
