import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { OfficeProgramme } from '#libs/contracts';
import { formatShortDayTime } from '#libs/kernel';
import { checkQuery, patchScreening, screeningQuery } from '../../../api/office-programme.api';
import { useWords } from '../../../i18n';
import { Trouble } from '../../../ui/data-table';
import { Icon } from '../../../ui/icon';
import { Button } from '../../../ui/parts';
import { hoursOf, useHallName } from './screening-words';
import type { Ghost } from './timetable';
import styles from './timetable.module.css';
import { useOffice } from './use-office';

interface CarryBarProps {
  programme: OfficeProgramme;
  ghost: Ghost;
  /** It was put down and waits for a decision. */
  dropped: boolean;
  onLeave(): void;
  /** What is announced goes on with the assistant, because people hold tickets for it. */
  onMoveAnnounced(): void;
}

/** What the server says of a block that is being carried, and what may be done with it. */
export function CarryBar({ programme, ghost, dropped, onLeave, onMoveAnnounced }: CarryBarProps) {
  const { t, language } = useWords();
  const client = useQueryClient();
  const { changed } = useOffice();
  const hallName = useHallName(programme);
  const button = useRef<HTMLDivElement>(null);
  const one = programme.screenings.find(({ id }) => id === ghost.id)!;
  const { data: check, error } = useQuery(
    checkQuery({
      editionId: one.editionId,
      screeningId: one.id,
      items: one.items,
      hallId: ghost.hallId,
      startsAt: ghost.startsAt,
      ...(one.ageRating ? { ageRating: one.ageRating } : {}),
    }),
  );
  const save = useMutation({
    mutationFn: async () => {
      const { tag } = await client.fetchQuery(screeningQuery(one.id));
      return patchScreening(one.id, tag, { startsAt: ghost.startsAt, hallId: ghost.hallId });
    },
    onSuccess: async () => {
      await changed();
      onLeave();
    },
  });
  useEffect(() => {
    if (dropped) button.current?.querySelector('button')?.focus();
  }, [dropped]);
  const refused = check?.problems.some((problem) => !problem.draft) ?? true;
  const stays = ghost.hallId === one.hallId && +new Date(ghost.startsAt) === +new Date(one.startsAt);
  return (
    <div className={styles.carry} role="status">
      <div>
        <strong>
          {t('carry.to', {
            title: one.title[language],
            when: formatShortDayTime(new Date(ghost.startsAt), one.timezone, language),
            hall: hallName(ghost.hallId),
          })}
        </strong>
        {check && check.problems.length > 0 && (
          <ul>
            {check.problems.map((problem) => (
              <li key={`${problem.code} ${problem.screeningId}`}>
                <Icon name="warning" /> {problem.reason[language]}{' '}
                {problem.title &&
                  problem.from &&
                  problem.until &&
                  `${problem.title[language]}, ${hoursOf({ startsAt: problem.from, endsAt: problem.until, timezone: one.timezone })}`}
              </li>
            ))}
          </ul>
        )}
        {check && check.problems.length === 0 && <p className={styles.fine}>{t('carry.free')}</p>}
        {(error ?? save.error) && <Trouble error={(error ?? save.error)!} />}
      </div>
      <div className={styles.buttons} ref={button}>
        <Button
          aria-disabled={stays || refused || !check}
          busy={save.isPending}
          onClick={() => (one.state === 'draft' ? save.mutate() : onMoveAnnounced())}
        >
          {one.state === 'draft' ? t('carry.put-here') : t('carry.ask-assistant')}
        </Button>
        <Button kind="outline" onClick={onLeave}>
          {t('ui.leave-it')}
        </Button>
      </div>
    </div>
  );
}
