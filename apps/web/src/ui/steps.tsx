import type { ReactNode } from 'react';
import { useWords } from '../i18n';
import { Icon } from './icon';
import styles from './steps.module.css';

export interface Step {
  id: string;
  label: ReactNode;
  state: 'done' | 'current' | 'ahead' | 'wrong';
  onOpen?(): void;
}

const SIGN = { done: 'check', wrong: 'warning' } as const;

/** Where one is on a way of several steps; those that are done may be opened again. */
export function Steps({ label, steps }: { label: string; steps: Step[] }) {
  const { t } = useWords();
  return (
    <nav aria-label={label}>
      <ol className={styles.steps}>
        {steps.map((step, index) => {
          const body = (
            <>
              <span className={styles.mark} aria-hidden="true">
                {step.state === 'done' || step.state === 'wrong' ? <Icon name={SIGN[step.state]} /> : index + 1}
              </span>
              <span className={styles.word}>{step.label}</span>
              <span className="visually-hidden">{t(`ui.step-${step.state}`)}</span>
            </>
          );
          return (
            <li key={step.id} className={styles.step} data-state={step.state}>
              {step.onOpen ? (
                <button
                  type="button"
                  className={styles.way}
                  aria-current={step.state === 'current' ? 'step' : undefined}
                  onClick={step.onOpen}
                >
                  {body}
                </button>
              ) : (
                <span className={styles.way} aria-current={step.state === 'current' ? 'step' : undefined}>
                  {body}
                </span>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

export interface Moment {
  id: string;
  /** done: it happened · turn: it is the reader's turn · ahead: to come. */
  state: 'done' | 'turn' | 'ahead';
  title: ReactNode;
  /** When, and who. */
  when?: ReactNode;
  children?: ReactNode;
}

/** What happened, whose turn it is, what comes next and by when. */
export function Timeline({ label, moments }: { label: string; moments: Moment[] }) {
  const { t } = useWords();
  return (
    <ol className={styles.timeline} aria-label={label}>
      {moments.map((moment) => (
        <li key={moment.id} className={styles.moment} data-state={moment.state}>
          <span className={styles.dot} aria-hidden="true">
            {moment.state === 'done' && <Icon name="check" />}
          </span>
          <div>
            <strong>{moment.title}</strong>
            <span className="visually-hidden"> {t(`ui.moment-${moment.state}`)}</span>
            {moment.when && <span className={styles.when}>{moment.when}</span>}
            {moment.children}
          </div>
        </li>
      ))}
    </ol>
  );
}
