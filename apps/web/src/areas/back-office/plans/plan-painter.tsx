import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { PlanGeometry } from '#libs/contracts';
import { ApiProblem } from '../../../api/client';
import { recordPlan } from '../../../api/plans.api';
import { useWords } from '../../../i18n';
import { Segmented } from '../../../ui/choices';
import { Trouble } from '../../../ui/data-table';
import { Icon } from '../../../ui/icon';
import { Button } from '../../../ui/parts';
import { type Drawing, done, type History, moveSeats, readDrawing, redone, toPlan, undone } from './drawing.rules';
import { PainterMap, SIZES, type Size } from './painter-map';
import { PainterTools } from './painter-tools';
import styles from './plans.module.css';

const NOBODY: ReadonlySet<string> = new Set();

/** Seats are chosen, then painted; every deed can be undone, and saving makes a new version of the plan. */
export function PlanPainter({
  plan,
  newest,
  onSaved,
}: {
  plan: PlanGeometry;
  /** A drawing of an older version is saved over the newest. */
  newest: number;
  onSaved(version: number): void;
}) {
  const { t, count } = useWords();
  const client = useQueryClient();
  const [history, setHistory] = useState<History>(() => ({ past: [], now: readDrawing(plan), future: [] }));
  const [chosen, setChosen] = useState<ReadonlySet<string>>(NOBODY);
  const [size, setSize] = useState<Size>('fit');
  const drawing = history.now;
  const act = (next: Drawing) => setHistory((before) => done(before, next));
  const save = useMutation({
    mutationFn: () =>
      recordPlan(plan.hallId, { planId: plan.planId, format: 'drawing', seen: newest, plan: toPlan(drawing) }, false),
    onSuccess: async (report) => {
      for (const key of ['plan-versions', 'office-programme']) await client.invalidateQueries({ queryKey: [key] });
      onSaved(report.version);
    },
  });
  const undo = () => setHistory(undone);
  const redo = () => setHistory(redone);
  const dirty = history.past.length > 0;
  return (
    <div className={styles.painter}>
      <div className={styles.canvas}>
        <div className={styles.toolbar} role="toolbar" aria-label={t('painter.toolbar')}>
          <Button kind="outline" aria-disabled={history.past.length === 0} onClick={undo}>
            <Icon name="undo" /> {t('ui.undo')}
          </Button>
          <Button kind="outline" aria-disabled={history.future.length === 0} onClick={redo}>
            {t('painter.redo')}
          </Button>
          <Segmented
            label={t('painter.size')}
            value={size}
            onChoose={(value) => setSize(value)}
            options={SIZES.map((value) => ({ value, label: t(`painter-size.${value}`) }))}
          />
          <span className="quiet" role="status">
            {count('painter.chosen', chosen.size)}
          </span>
        </div>
        <PainterMap
          drawing={drawing}
          chosen={chosen}
          held={NOBODY}
          large={size === 'large'}
          onChoose={setChosen}
          onUndo={undo}
          onRedo={redo}
          onNudge={(dx, dy) => act(moveSeats(drawing, chosen, dx, dy))}
        />
        <p className={styles.hint}>{t('painter.keys')}</p>
      </div>
      <div className={styles.tools}>
        <PainterTools drawing={drawing} chosen={chosen} onDraw={act} onChoose={setChosen} />
        {save.error && <Trouble error={save.error} />}
        {save.error instanceof ApiProblem && (save.error.problem.errors?.length ?? 0) > 0 && (
          <ul className={styles.wrong}>
            {save.error.problem.errors!.slice(0, 20).map((error) => (
              <li key={`${error.field} ${error.code}`}>
                <Icon name="warning" /> {error.reason}
              </li>
            ))}
          </ul>
        )}
        <div className={styles.save}>
          <Button wide busy={save.isPending} aria-disabled={!dirty} onClick={() => save.mutate()}>
            {save.isPending ? t('painter.saving') : t('painter.save', { version: newest + 1 })}
          </Button>
          <p className={styles.hint}>{t('painter.save-hint')}</p>
        </div>
      </div>
    </div>
  );
}
