import { type KeyboardEvent, type ReactNode, useId, useRef } from 'react';
import styles from './choices.module.css';
import { Icon, type IconName } from './icon';
import { ui } from './parts';

interface Choice<V extends string> {
  value: V;
  label: ReactNode;
  icon?: IconName;
}

/** Two or three ways of looking at the same thing. */
export function Segmented<V extends string>({
  label,
  options,
  value,
  onChoose,
}: {
  label: string;
  options: Choice<V>[];
  value: V;
  onChoose(value: NoInfer<V>): void;
}) {
  return (
    <div className={styles.segments} role="group" aria-label={label}>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          className={styles.segment}
          aria-pressed={option.value === value}
          onClick={() => onChoose(option.value)}
        >
          {option.icon && <Icon name={option.icon} />}
          {option.label}
        </button>
      ))}
    </div>
  );
}

/** A filter that is on or off; on = filled and ticked. */
export function Chip({
  on,
  icon,
  count,
  onToggle,
  children,
}: {
  on: boolean;
  icon?: IconName;
  count?: number;
  onToggle(): void;
  children: ReactNode;
}) {
  return (
    <button type="button" className={ui.chip} aria-pressed={on} onClick={onToggle}>
      {on ? <Icon name="check" /> : icon && <Icon name={icon} />}
      {children}
      {count !== undefined && <span className="tabular">{count}</span>}
    </button>
  );
}

/** Chips side by side; on narrow screens they scroll inside themselves. */
export function Chips({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={styles.chips} role="group" aria-label={label}>
      {children}
    </div>
  );
}

const STEP: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** Tabs after the ARIA pattern: one stop, arrow keys choose, Home and End go to the ends. */
export function Tabs<V extends string>({
  label,
  tabs,
  value,
  onChoose,
  children,
}: {
  label: string;
  tabs: (Choice<V> & { count?: number })[];
  value: V;
  onChoose(value: NoInfer<V>): void;
  children: ReactNode;
}) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const go = (index: number) => {
    const tab = tabs[(index + tabs.length) % tabs.length]!;
    onChoose(tab.value);
    list.current?.querySelector<HTMLElement>(`#${CSS.escape(`${id}${tab.value}`)}`)?.focus();
  };
  const onKey = (event: KeyboardEvent) => {
    const at = tabs.findIndex((tab) => tab.value === value);
    const step = STEP[event.key];
    const index = event.key === 'Home' ? 0 : event.key === 'End' ? tabs.length - 1 : step && at + step;
    if (index === undefined) return;
    event.preventDefault();
    go(index);
  };
  return (
    <>
      <div ref={list} className={styles.tabs} role="tablist" aria-label={label} onKeyDown={onKey}>
        {tabs.map((tab) => (
          <button
            key={tab.value}
            id={`${id}${tab.value}`}
            type="button"
            role="tab"
            aria-selected={tab.value === value}
            aria-controls={`${id}panel`}
            tabIndex={tab.value === value ? 0 : -1}
            className={styles.tab}
            onClick={() => onChoose(tab.value)}
          >
            {tab.icon && <Icon name={tab.icon} />}
            {tab.label}
            {tab.count !== undefined && <span className="tabular quiet">{tab.count}</span>}
          </button>
        ))}
      </div>
      <div id={`${id}panel`} role="tabpanel" aria-labelledby={`${id}${value}`} tabIndex={-1}>
        {children}
      </div>
    </>
  );
}
