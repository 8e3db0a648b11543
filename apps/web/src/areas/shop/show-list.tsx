import type { Programme } from '#libs/contracts';
import { useWords } from '../../i18n';
import type { ProgrammeView } from './filters';
import plans from './plan.module.css';
import { byHall, type Show } from './programme.rules';
import styles from './shop.module.css';
import { ShowRow } from './show-row';

interface Props {
  shows: Show[];
  programme: Programme;
  view: ProgrammeView;
  free(id: string): number | undefined;
  now: Date | null;
}

/** Rows by the hour, or hall by hall. */
export function ShowList({ shows, programme, view, free, now }: Props) {
  const { language } = useWords();
  const rows = (some: Show[]) => (
    <ul className={styles.rows}>
      {some.map((show) => (
        <ShowRow key={show.screening.id} show={show} programme={programme} free={free(show.screening.id)} now={now} />
      ))}
    </ul>
  );
  if (view === 'time') return rows(shows);
  return byHall(shows, programme).map(({ venue, hall, shows: here }) => (
    <section key={hall.id} className={plans.hallGroup}>
      <h3>
        {venue.name[language]}, {hall.name[language]}
      </h3>
      {rows(here)}
    </section>
  ));
}
