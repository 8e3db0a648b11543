import { Link } from 'react-router';
import type { OfficeProgramme } from '#libs/contracts';
import { useWords } from '../../../i18n';
import { buttonClass, Notice } from '../../../ui/parts';
import styles from './timetable.module.css';

/** Moves that somebody began and nobody finished: each can be found again here. */
export function OpenMoves({ programme }: { programme: OfficeProgramme }) {
  const { t, language } = useWords();
  if (programme.moves.length === 0) return null;
  return (
    <Notice tone="warning" title={t('moves.open')}>
      <ul>
        {programme.moves.map((move) => {
          const one = programme.screenings.find(({ id }) => id === move.screeningId);
          return (
            <li key={move.id} className={styles.buttons}>
              <span>
                {one?.title[language]} · {t(`move-state.${move.state}`)}
              </span>
              <Link className={buttonClass('quiet')} to={`/office/programme/screenings/${move.screeningId}/move`}>
                {t('moves.go-on')}
              </Link>
            </li>
          );
        })}
      </ul>
    </Notice>
  );
}
