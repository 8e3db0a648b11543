import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { Icon, type IconName } from '../../ui/icon';
import { Cap } from './cap';
import styles from './counter.module.css';

interface Props extends ButtonHTMLAttributes<HTMLButtonElement> {
  icon?: IconName;
  /** What stands on its key. */
  cap?: string;
  look?: 'main' | 'strong' | 'plain';
  busy?: boolean;
  children: ReactNode;
}

/** A button of the counter with its key. A press by finger or mouse leaves the focus where it was, so that keys go on. */
export function CounterButton({ icon, cap, look = 'plain', busy, children, onClick, className, ...rest }: Props) {
  const off = busy || rest['aria-disabled'];
  return (
    <button
      type="button"
      {...rest}
      className={`${styles.button} ${className ?? ''}`}
      data-look={look}
      aria-disabled={off ? true : undefined}
      onMouseDown={(event) => event.preventDefault()}
      onClick={(event) => {
        if (off) event.preventDefault();
        else onClick?.(event);
      }}
    >
      <span className={styles.buttonWords}>
        {icon && <Icon name={icon} />}
        {children}
      </span>
      {cap && <Cap>{cap}</Cap>}
    </button>
  );
}
