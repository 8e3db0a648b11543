import {
  type ButtonHTMLAttributes,
  type ComponentProps,
  type ReactNode,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react';
import { Icon, type IconName } from './icon';
import styles from './ui.module.css';

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  kind?: 'primary' | 'outline' | 'quiet';
  wide?: boolean;
  busy?: boolean;
}

export function buttonClass(kind: 'primary' | 'outline' | 'quiet' = 'primary', wide = false): string {
  if (kind === 'quiet') return styles.quietButton!;
  return [styles.button, kind === 'outline' && styles.outline, wide && styles.wide].filter(Boolean).join(' ');
}

/** One primary per view. Busy keeps its width, says what is in progress and ignores further presses. */
export function Button({ kind = 'primary', wide, busy, onClick, className, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={`${buttonClass(kind, wide)} ${className ?? ''}`}
      aria-disabled={busy || rest['aria-disabled'] ? true : undefined}
      onClick={(event) => {
        if (busy || rest['aria-disabled']) event.preventDefault();
        else onClick?.(event);
      }}
    />
  );
}

interface FieldProps extends ComponentProps<'input'> {
  label: ReactNode;
  hint?: ReactNode;
  error?: string;
}

export function Field({ label, hint, error, ...input }: FieldProps) {
  const id = useId();
  const about = [hint && `${id}h`, error && `${id}e`].filter(Boolean).join(' ');
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      {hint && (
        <span className={styles.hint} id={`${id}h`}>
          {hint}
        </span>
      )}
      <input
        {...input}
        id={id}
        className={styles.input}
        aria-invalid={error ? true : undefined}
        aria-describedby={about || undefined}
      />
      {error && (
        <span className={styles.fieldError} id={`${id}e`}>
          <Icon name="warning" />
          {error}
        </span>
      )}
    </div>
  );
}

type Tone = 'info' | 'ok' | 'warning' | 'error';
const TONE_ICON: Record<Tone, IconName> = { info: 'info', ok: 'check', warning: 'clock', error: 'warning' };

/** What happened, what is safe, what to do. Errors are spoken at once, the rest politely. */
export function Notice({ tone = 'info', title, children }: { tone?: Tone; title?: ReactNode; children?: ReactNode }) {
  return (
    <div className={styles.notice} data-tone={tone} role={tone === 'error' ? 'alert' : 'status'}>
      <Icon name={TONE_ICON[tone]} />
      <div>
        {title && <strong>{title}</strong>}
        {children}
      </div>
    </div>
  );
}

export function StateWord({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span className={styles.state} data-tone={tone}>
      <Icon name={TONE_ICON[tone]} />
      {children}
    </span>
  );
}

/** Ridge and sun, one sentence, one verb. `whole`: it is all that the page shows, so its sentence is the page's heading. */
export function Empty({ title, whole, children }: { title: ReactNode; whole?: boolean; children?: ReactNode }) {
  const Head = whole ? 'h1' : 'h2';
  return (
    <div className={styles.empty}>
      <svg viewBox="0 0 270 62" aria-hidden="true">
        <path
          className={styles.emptyRidge}
          d="M0 62V30L24 24 46 30 66 22 92 34 118 28 140 36 164 40 190 22 226 38 248 14 270 26V62Z"
        />
        <circle className={styles.emptySun} cx="217" cy="20" r="13" />
      </svg>
      <Head className={styles.emptyHead}>{title}</Head>
      {children}
    </div>
  );
}

/** Still blocks of true size, shown only when waiting lasts. */
export function Waiting({ rows = 3, label }: { rows?: number; label: string }) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 300);
    return () => clearTimeout(timer);
  }, []);
  if (!late) return <div aria-busy="true" />;
  return (
    <div className={styles.skeleton} aria-busy="true">
      <span className="visually-hidden" role="status">
        {label}
      </span>
      {Array.from({ length: rows }, (_, i) => `row ${i}`).map((row) => (
        <div key={row} className={styles.skeletonRow}>
          <div className={`${styles.block} ${styles.blockTall}`} />
          <div className={styles.stack}>
            <div className={styles.block} />
            <div className={`${styles.block} ${styles.blockShort}`} />
          </div>
        </div>
      ))}
    </div>
  );
}

/** A native modal dialog: focus is kept inside by the browser, Escape closes it. */
export function Dialog({
  open,
  label,
  onClose,
  children,
}: {
  open: boolean;
  label: string;
  onClose(): void;
  children: ReactNode;
}) {
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = ref.current;
    if (open && !dialog?.open) dialog?.showModal();
    if (!open && dialog?.open) dialog.close();
  }, [open]);
  return (
    <dialog ref={ref} className={styles.dialog} aria-label={label} onClose={onClose}>
      {open && children}
    </dialog>
  );
}

export { styles as ui };
