import type { OfficeProgramme } from '#libs/contracts';
import { useWords } from '../../../i18n';
import { Icon } from '../../../ui/icon';
import { Empty } from '../../../ui/parts';
import { hoursOf, StateSign } from './screening-words';
import styles from './timetable.module.css';
import { clashesOf, type Lane } from './timetable.rules';

/** The day for a phone: a list per hall. */
export function HallList({
  programme,
  lanes,
  onOpen,
}: {
  programme: OfficeProgramme;
  lanes: Lane[];
  onOpen(id: string): void;
}) {
  const { t, language } = useWords();
  const taken = lanes.filter((lane) => lane.screenings.length > 0);
  if (taken.length === 0) return <Empty title={t('timetable.nothing')} />;
  return (
    <div className={styles.halls}>
      {taken.map((lane) => (
        <section key={lane.hallId}>
          <h2>
            {lane.venue[language]}, {lane.hall[language]}
          </h2>
          <ul className={styles.cards}>
            {lane.screenings.map((one) => (
              <li key={one.id}>
                <button
                  type="button"
                  className={styles.block}
                  data-state={one.state}
                  data-clash={clashesOf(programme, one.id).length > 0 || undefined}
                  data-main={one.highlight || undefined}
                  onClick={() => onOpen(one.id)}
                >
                  <span className={styles.time}>
                    {hoursOf(one)}
                    {one.ageRating === '21+' && <b> 21+</b>}
                  </span>
                  <strong>{one.title[language]}</strong>
                  <StateSign state={one.state} />
                  {clashesOf(programme, one.id).map(({ kind, otherId }) => (
                    <span key={otherId} className={styles.clash}>
                      <Icon name="warning" />
                      {t(kind === 'hall-overlap' ? 'timetable.overlap' : 'timetable.short-turnaround')}
                    </span>
                  ))}
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
