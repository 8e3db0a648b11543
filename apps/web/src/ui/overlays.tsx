import { type ReactNode, useId, useRef } from 'react';
import { useWords } from '../i18n';
import { Icon, type IconName } from './icon';
import styles from './overlays.module.css';
import { Button, Dialog, ui } from './parts';

/** Asks before what can't be undone; says what will happen, and the verb stands on the button. */
export function ConfirmDialog({
  open,
  title,
  children,
  verb,
  busy,
  onConfirm,
  onClose,
}: {
  open: boolean;
  title: string;
  children?: ReactNode;
  verb: ReactNode;
  busy?: boolean;
  onConfirm(): void;
  onClose(): void;
}) {
  const { t } = useWords();
  return (
    <Dialog open={open} label={title} onClose={onClose}>
      <div className={ui.stack}>
        <h2 className={styles.title}>{title}</h2>
        {children}
        <div className={styles.row}>
          <Button busy={busy} onClick={onConfirm}>
            {verb}
          </Button>
          <Button kind="outline" onClick={onClose}>
            {t('ui.leave-it')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

export interface MenuItem {
  id: string;
  label: ReactNode;
  icon?: IconName;
  disabled?: boolean;
  onChoose(): void;
}

/** Further verbs behind one button. The browser's own popover keeps focus, Escape and outside presses right. */
export function Menu({ label, items }: { label: string; items: MenuItem[] }) {
  const id = useId();
  const popover = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const place = () => {
    const at = button.current?.getBoundingClientRect();
    if (!at || !popover.current) return;
    popover.current.style.setProperty('inset-block-start', `${at.bottom + 4}px`);
    popover.current.style.setProperty('inset-inline-start', `${Math.max(8, at.right - popover.current.offsetWidth)}px`);
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        className={styles.more}
        popoverTarget={id}
        aria-haspopup="true"
        aria-label={label}
      >
        <Icon name="menu" />
      </button>
      <div ref={popover} id={id} popover="auto" className={styles.menu} onToggle={place}>
        {items.map((item) => (
          <button
            key={item.id}
            type="button"
            className={styles.item}
            aria-disabled={item.disabled || undefined}
            onClick={() => {
              if (item.disabled) return;
              popover.current?.hidePopover();
              item.onChoose();
            }}
          >
            {item.icon && <Icon name={item.icon} />}
            {item.label}
          </button>
        ))}
      </div>
    </>
  );
}

/** Head of a staff page: its name, what it is about, and its one main verb at the end. */
export function PageHead({ title, lead, children }: { title: ReactNode; lead?: ReactNode; children?: ReactNode }) {
  return (
    <header className={styles.head}>
      <div>
        <h1 className={styles.headTitle}>{title}</h1>
        {lead && <p className="quiet">{lead}</p>}
      </div>
      {children && <div className={styles.row}>{children}</div>}
    </header>
  );
}

/** A list with what is open beside it; under 1,024 px the open one stands alone, with a way back. */
export function ListAndPanel({
  list,
  panel,
  label,
  onBack,
}: {
  list: ReactNode;
  panel: ReactNode | null;
  label: string;
  onBack(): void;
}) {
  const { t } = useWords();
  return (
    <div className={styles.split} data-open={panel ? true : undefined}>
      <div className={styles.list}>{list}</div>
      {panel && (
        <aside className={styles.panel} aria-label={label}>
          <button type="button" className={`${ui.quietButton} ${styles.back}`} onClick={onBack}>
            <Icon name="back" /> {t('ui.back')}
          </button>
          {panel}
        </aside>
      )}
    </div>
  );
}

/** Figures side by side: the big one and what it means. */
export function Figures({ items }: { items: { id: string; figure: ReactNode; words: ReactNode }[] }) {
  return (
    <dl className={styles.figures}>
      {items.map((item) => (
        <div key={item.id}>
          <dt>{item.words}</dt>
          <dd className="tabular">{item.figure}</dd>
        </div>
      ))}
    </dl>
  );
}
