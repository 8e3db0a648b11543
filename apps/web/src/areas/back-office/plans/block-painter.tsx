import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { OfficeProgramme, PlanGeometry } from '#libs/contracts';
import { formatShortDayTime } from '#libs/kernel';
import { blocksQuery, makeBlock, releaseBlock } from '../../../api/plans.api';
import { useSureDeed } from '../../../api/sure-deed';
import { useWords } from '../../../i18n';
import { Segmented } from '../../../ui/choices';
import { Trouble } from '../../../ui/data-table';
import { Button, Field, Notice } from '../../../ui/parts';
import { readDrawing } from './drawing.rules';
import { PainterMap, SIZES, type Size } from './painter-map';
import styles from './plans.module.css';

const nothing = () => undefined;

/** Seats of one screening that are kept for somebody, painted on the same drawing. */
export function BlockPainter({
  plan,
  screening,
}: {
  plan: PlanGeometry;
  screening: OfficeProgramme['screenings'][number];
}) {
  const { t, language, count } = useWords();
  const client = useQueryClient();
  const [drawing] = useState(() => readDrawing(plan));
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [size, setSize] = useState<Size>('fit');
  const [purpose, setPurpose] = useState('');
  const [minutes, setMinutes] = useState('30');
  const surely = useSureDeed<unknown>();
  const { data: blocks, error, refetch } = useQuery(blocksQuery(screening.id));
  const kept = blocks?.filter(({ state }) => state === 'kept') ?? [];
  const held = new Set(kept.flatMap(({ seats }) => seats));
  const refresh = () => client.invalidateQueries({ queryKey: ['blocks', screening.id] });
  const make = useMutation({
    mutationFn: () => {
      const body = {
        purpose: purpose.trim(),
        seats: [...chosen],
        ...(minutes.trim() === '' ? {} : { minutesBefore: Number(minutes) }),
      };
      return surely((key) => makeBlock(screening.id, body, key));
    },
    onSuccess: async () => {
      await refresh();
      setChosen(new Set());
      setPurpose('');
    },
  });
  const release = useMutation({ mutationFn: releaseBlock, onSuccess: refresh });
  return (
    <>
      <Notice
        title={`${screening.title[language]}, ${formatShortDayTime(new Date(screening.startsAt), screening.timezone, language)}`}
      >
        {screening.state === 'draft' && t('blocks.draft')}
      </Notice>
      <div className={styles.painter}>
        <div className={styles.canvas}>
          <div className={styles.toolbar}>
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
            held={held}
            large={size === 'large'}
            onChoose={setChosen}
            onUndo={nothing}
            onRedo={nothing}
          />
          <p className={styles.hint}>{t('painter.keys')}</p>
        </div>
        <div className={styles.tools}>
          <form
            className={styles.tool}
            onSubmit={(event) => {
              event.preventDefault();
              if (chosen.size > 0 && purpose.trim() !== '' && !make.isPending) make.mutate();
            }}
          >
            <h3>{t('blocks.hold')}</h3>
            <Field
              label={t('blocks.purpose')}
              hint={t('blocks.purpose-hint')}
              maxLength={60}
              value={purpose}
              onChange={({ target }) => setPurpose(target.value)}
            />
            <Field
              label={t('blocks.release-before')}
              hint={t('blocks.release-hint')}
              type="number"
              min={0}
              value={minutes}
              onChange={({ target }) => setMinutes(target.value)}
            />
            {make.error && <Trouble error={make.error} />}
            <Button
              type="submit"
              busy={make.isPending}
              aria-disabled={chosen.size === 0 || purpose.trim() === '' || screening.state === 'draft'}
            >
              {t('blocks.keep')} · {count('seats.some', chosen.size)}
            </Button>
          </form>
          <section className={styles.tool}>
            <h3>{t('blocks.kept')}</h3>
            {error && <Trouble error={error} onRetry={() => void refetch()} />}
            {release.error && <Trouble error={release.error} />}
            {blocks && kept.length === 0 && <p className="quiet">{t('blocks.none')}</p>}
            <ul className={styles.blocks}>
              {kept.map((block) => (
                <li key={block.id}>
                  <span>
                    <strong>{block.purpose}</strong>
                    <small>
                      {count('seats.some', block.seats.length)} ·{' '}
                      {block.releaseAt
                        ? t('blocks.until', {
                            when: formatShortDayTime(new Date(block.releaseAt), screening.timezone, language),
                          })
                        : t('blocks.by-hand')}
                    </small>
                  </span>
                  <Button kind="outline" onClick={() => setChosen(new Set(block.seats))}>
                    {t('blocks.show')}
                  </Button>
                  <Button kind="quiet" busy={release.isPending} onClick={() => release.mutate(block.id)}>
                    {t('blocks.release')}
                  </Button>
                </li>
              ))}
            </ul>
          </section>
        </div>
      </div>
    </>
  );
}
