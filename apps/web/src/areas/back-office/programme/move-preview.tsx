import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { OfficeProgramme, ScreeningMove } from '#libs/contracts';
import { formatShortDayTime, venueTime } from '#libs/kernel';
import { seatingQuery } from '../../../api/moves.api';
import { useWords } from '../../../i18n';
import { Chip, Chips } from '../../../ui/choices';
import { DataTable, TwoLines } from '../../../ui/data-table';
import { Figures } from '../../../ui/overlays';
import { Button, Notice, StateWord, Waiting } from '../../../ui/parts';
import styles from './forms.module.css';
import { useHallName } from './screening-words';
import { byOwner, keepsSeat, rangesOf } from './seating.rules';
import type { OfficeScreening } from './timetable.rules';

const SHOWN = 60;
type Only = 'all' | 'changed' | 'unseated';

export function MoveWay({
  programme,
  screening,
  move,
}: {
  programme: OfficeProgramme;
  screening: OfficeScreening;
  move: ScreeningMove;
}) {
  const { t, language } = useWords();
  const hallName = useHallName(programme);
  const end = ({ startsAt, hallId, planId, planVersion }: ScreeningMove['from']) =>
    `${formatShortDayTime(new Date(startsAt), screening.timezone, language)} · ${hallName(hallId)} · ${t('panel.plan-version', { plan: planId, version: planVersion })}`;
  return (
    <dl className={styles.way}>
      <div>
        <dt>{t('move.from')}</dt>
        <dd>{end(move.from)}</dd>
      </div>
      <div>
        <dt>{t('move.to')}</dt>
        <dd>
          <strong>{end(move.to)}</strong>
        </dd>
      </div>
    </dl>
  );
}

/** Who would sit where, before anybody has moved. */
export function MovePreview({
  programme,
  screening,
  move,
  busy,
  onConfirm,
  onAbandon,
}: {
  programme: OfficeProgramme;
  screening: OfficeScreening;
  move: ScreeningMove;
  busy: boolean;
  onConfirm(tag: string): void;
  onAbandon(): void;
}) {
  const { t, count } = useWords();
  const [only, setOnly] = useState<Only>('changed');
  const { preview } = move;
  const {
    data: seats,
    error,
    refetch,
  } = useQuery({
    ...seatingQuery(move.id, preview?.tag ?? ''),
    enabled: preview !== null,
  });
  if (!preview)
    return (
      <div className={styles.form}>
        <MoveWay programme={programme} screening={screening} move={move} />
        <Waiting label={t('move.asking')} />
        {move.trouble && <Notice tone="warning" title={t('move.slow')} />}
        <Button kind="outline" busy={busy} onClick={onAbandon}>
          {t('move.abandon')}
        </Button>
      </div>
    );
  const taken = Object.values(preview.claims).reduce((sum, n) => sum + n, 0);
  const unseated = preview.unseated.reduce((sum, owner) => sum + owner.seats.length, 0);
  const owners = byOwner(seats ?? []).filter(
    ({ lines }) => only === 'all' || lines.some((line) => (only === 'unseated' ? line.to === null : !keepsSeat(line))),
  );
  const places = (list: readonly { row: string; number: string }[]) =>
    rangesOf(list)
      .map(([row, numbers]) => t('move.seats-in-row', { row, seats: numbers }))
      .join('; ');
  return (
    <section className={styles.wide} aria-label={t('move.step-preview')}>
      <MoveWay programme={programme} screening={screening} move={move} />
      <Figures
        items={[
          { id: 'taken', figure: taken, words: t('move.taken') },
          { id: 'same', figure: preview.unchanged, words: t('move.same-seat') },
          { id: 'split', figure: preview.split.length, words: t('move.split') },
          { id: 'worse', figure: preview.worse, words: t('move.worse') },
          { id: 'clashes', figure: preview.clashes, words: t('move.clashes') },
          { id: 'unseated', figure: unseated, words: t('move.unseated') },
        ]}
      />
      {taken === 0 && <Notice tone="ok" title={t('move.nobody')} />}
      {unseated > 0 && (
        <Notice tone="warning" title={count('move.without-seat', unseated)}>
          {t('move.unseated-what')}
          {preview.unseated.some(({ accessible }) => accessible) && <p>{t('move.unseated-accessible')}</p>}
        </Notice>
      )}
      {taken > 0 && (
        <>
          <Chips label={t('move.show')}>
            {(['changed', 'unseated', 'all'] as const).map((one) => (
              <Chip key={one} on={only === one} onToggle={() => setOnly(one)}>
                {t(`move.show-${one}`)}
              </Chip>
            ))}
          </Chips>
          <DataTable
            caption={t('move.seats')}
            rows={seats && owners.slice(0, SHOWN)}
            total={owners.length}
            rowId={(owner) => owner.ownerId}
            error={error}
            onRetry={() => void refetch()}
            empty={{ title: t('move.nothing-changes') }}
            columns={[
              {
                id: 'who',
                title: t('move.who'),
                names: true,
                cell: (owner) => (
                  <TwoLines
                    first={owner.number ?? t(`owner.${owner.ownerKind}`)}
                    second={count('seats.some', owner.lines.length)}
                  />
                ),
              },
              { id: 'from', title: t('move.from'), cell: (owner) => places(owner.lines.map(({ from }) => from)) },
              {
                id: 'to',
                title: t('move.to'),
                cell: (owner) => places(owner.lines.flatMap(({ to }) => to ?? [])) || '—',
              },
              {
                id: 'note',
                title: t('move.note'),
                cell: ({ ownerId, lines }) => (
                  <span className={styles.buttons}>
                    {lines.some(({ to }) => to === null) && (
                      <StateWord tone="error">
                        {count('move.lost', lines.filter(({ to }) => to === null).length)}
                      </StateWord>
                    )}
                    {preview.split.some((group) => group.ownerId === ownerId) && (
                      <StateWord tone="warning">{t('move.apart')}</StateWord>
                    )}
                    {lines.some(({ worse }) => worse) && <StateWord tone="warning">{t('move.worse-seat')}</StateWord>}
                  </span>
                ),
              },
            ]}
          />
        </>
      )}
      <p className={styles.quiet}>
        {t('move.expires', {
          time: venueTime(new Date(move.expiresAt), Intl.DateTimeFormat().resolvedOptions().timeZone),
        })}
      </p>
      <div className={styles.buttons}>
        <Button busy={busy} onClick={() => onConfirm(preview.tag)}>
          {t('move.confirm')}
        </Button>
        <Button kind="outline" busy={busy} onClick={onAbandon}>
          {t('move.abandon')}
        </Button>
      </div>
    </section>
  );
}
