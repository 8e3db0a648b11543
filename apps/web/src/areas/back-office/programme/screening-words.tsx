import type { OfficeProgramme, ScreeningState } from '#libs/contracts';
import { venueTime } from '#libs/kernel';
import { useWords } from '../../../i18n';
import { Icon, type IconName } from '../../../ui/icon';
import styles from './timetable.module.css';
import type { OfficeScreening } from './timetable.rules';

const SIGN: Record<ScreeningState, IconName> = {
  draft: 'edit',
  announced: 'eye',
  'on-sale': 'ticket',
  closed: 'lock',
  ended: 'check',
  cancelled: 'close',
};

/** Where a screening is in its life: sign and word. */
export function StateSign({ state }: { state: ScreeningState }) {
  const { t } = useWords();
  return (
    <span className={styles.state} data-state={state}>
      <Icon name={SIGN[state]} />
      <span>{t(`show-state.${state}`)}</span>
    </span>
  );
}

/** "19:30–21:43" on the venue's clock. */
export function hoursOf({ startsAt, endsAt, timezone }: Pick<OfficeScreening, 'startsAt' | 'endsAt' | 'timezone'>) {
  return `${venueTime(new Date(startsAt), timezone)}–${venueTime(new Date(endsAt), timezone)}`;
}

/** How halls are called: "Arman, hall 1". */
export function useHallName(programme: OfficeProgramme | undefined) {
  const { language } = useWords();
  return (hallId: string): string => {
    for (const venue of programme?.venues ?? [])
      for (const hall of venue.halls) if (hall.id === hallId) return `${venue.name[language]}, ${hall.name[language]}`;
    return hallId;
  };
}
