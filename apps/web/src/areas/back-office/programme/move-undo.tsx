import { useEffect, useState } from 'react';
import type { OfficeProgramme, ScreeningMove } from '#libs/contracts';
import { useWords } from '../../../i18n';
import { Button, Notice } from '../../../ui/parts';
import styles from './forms.module.css';
import { MoveWay } from './move-preview';
import type { OfficeScreening } from './timetable.rules';

const UNDO_MS = 600_000;
const ROUND = 2 * Math.PI * 26;

function useLeft(until: string | null): number {
  const [left, setLeft] = useState(() => (until ? Date.parse(until) - Date.now() : 0));
  useEffect(() => {
    const tick = () => setLeft(until ? Math.max(0, Date.parse(until) - Date.now()) : 0);
    tick();
    const timer = setInterval(tick, 1_000);
    return () => clearInterval(timer);
  }, [until]);
  return left;
}

/** Everybody sits; for ten minutes it can be taken back and nobody has been told. */
export function MoveUndo({
  programme,
  screening,
  move,
  busy,
  onUndo,
  onSettle,
}: {
  programme: OfficeProgramme;
  screening: OfficeScreening;
  move: ScreeningMove;
  busy: boolean;
  onUndo(): void;
  onSettle(): void;
}) {
  const { t } = useWords();
  const left = useLeft(move.undoUntil);
  const clock = `${Math.floor(left / 60_000)}:${`${Math.floor(left / 1_000) % 60}`.padStart(2, '0')}`;
  return (
    <section className={styles.form} aria-label={t('move.step-undo')}>
      <MoveWay programme={programme} screening={screening} move={move} />
      {move.state === 'seated' ? (
        <>
          <div className={styles.undo}>
            <svg viewBox="0 0 64 64" aria-hidden="true">
              <circle className={styles.ring} cx="32" cy="32" r="26" />
              <circle
                className={styles.ringLeft}
                cx="32"
                cy="32"
                r="26"
                strokeDasharray={`${(ROUND * left) / UNDO_MS} ${ROUND}`}
                transform="rotate(-90 32 32)"
              />
            </svg>
            <strong role="timer" className={styles.clock}>
              {clock}
            </strong>
            <p>{t('move.undo-what')}</p>
          </div>
          <div className={styles.buttons}>
            <Button kind="outline" busy={busy} onClick={onUndo}>
              {t('move.undo')}
            </Button>
            <Button busy={busy} onClick={onSettle}>
              {t('move.settle')}
            </Button>
          </div>
        </>
      ) : (
        <Notice tone="info" title={t(`move-state.${move.state}`)}>
          {move.trouble ? t('move.slow') : t('move.may-leave')}
        </Notice>
      )}
    </section>
  );
}
