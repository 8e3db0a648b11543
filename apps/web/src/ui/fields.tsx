import {
  type ComponentProps,
  type InputHTMLAttributes,
  type ReactNode,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
  useId,
} from 'react';
import styles from './fields.module.css';
import { Icon, type IconName } from './icon';
import { ui } from './parts';

interface About {
  label: ReactNode;
  hint?: ReactNode;
  error?: string;
}

/** Label above, hint under it, what is wrong below with what to do. The control gets the ids that tie them together. */
function Labelled({
  label,
  hint,
  error,
  children,
}: About & { children: (tied: { id: string; 'aria-describedby'?: string; 'aria-invalid'?: true }) => ReactNode }) {
  const id = useId();
  const about = [hint && `${id}h`, error && `${id}e`].filter(Boolean).join(' ');
  return (
    <div className={ui.field}>
      <label className={ui.label} htmlFor={id}>
        {label}
      </label>
      {hint && (
        <span className={ui.hint} id={`${id}h`}>
          {hint}
        </span>
      )}
      {children({ id, 'aria-describedby': about || undefined, 'aria-invalid': error ? true : undefined })}
      {error && (
        <span className={ui.fieldError} id={`${id}e`}>
          <Icon name="warning" />
          {error}
        </span>
      )}
    </div>
  );
}

/** One of a list. Options are given as children. */
export function Select({ label, hint, error, ...select }: About & SelectHTMLAttributes<HTMLSelectElement>) {
  return (
    <Labelled label={label} hint={hint} error={error}>
      {(tied) => <select {...select} {...tied} className={`${ui.input} ${styles.select}`} />}
    </Labelled>
  );
}

/** Several lines. */
export function TextArea({ label, hint, error, ...area }: About & TextareaHTMLAttributes<HTMLTextAreaElement>) {
  return (
    <Labelled label={label} hint={hint} error={error}>
      {(tied) => <textarea {...area} {...tied} className={ui.input} />}
    </Labelled>
  );
}

interface CheckBoxProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'type'> {
  children: ReactNode;
  hint?: ReactNode;
}

/** A sentence to agree to, or a thing to have. */
export function CheckBox({ children, hint, ...input }: CheckBoxProps) {
  return (
    <label className={ui.check}>
      <input type="checkbox" {...input} />
      <span>
        {children}
        {hint && <span className={`${ui.hint} ${styles.under}`}>{hint}</span>}
      </span>
    </label>
  );
}

export interface Option<V extends string> {
  value: V;
  label: ReactNode;
  hint?: ReactNode;
  icon?: IconName;
  disabled?: boolean;
}

/** One of a few, each with a sentence: what it means stands before it is chosen. */
export function RadioCards<V extends string>({
  legend,
  options,
  value,
  onChoose,
}: {
  legend: ReactNode;
  options: Option<V>[];
  value: V | undefined;
  onChoose(value: NoInfer<V>): void;
}) {
  const name = useId();
  return (
    <fieldset className={styles.cards}>
      <legend className={ui.label}>{legend}</legend>
      {options.map((option) => (
        <label key={option.value} className={styles.card}>
          <input
            type="radio"
            name={name}
            checked={option.value === value}
            disabled={option.disabled}
            onChange={() => onChoose(option.value)}
          />
          {option.icon && <Icon name={option.icon} />}
          <span>
            <strong>{option.label}</strong>
            {option.hint && <span className={`${ui.hint} ${styles.under}`}>{option.hint}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

/** Looks for something while one types; its label is for readers, its sign for eyes. */
export function SearchField({ label, ...input }: { label: string } & ComponentProps<'input'>) {
  return (
    <div className={styles.search}>
      <Icon name="search" />
      <input type="search" placeholder={label} {...input} aria-label={label} className={ui.input} />
    </div>
  );
}
