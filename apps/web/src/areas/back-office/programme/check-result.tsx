import type { ScreeningCheck } from '#libs/contracts';
import { venueTime } from '#libs/kernel';
import { useWords } from '../../../i18n';
import { Icon } from '../../../ui/icon';
import styles from './forms.module.css';
import { hoursOf } from './screening-words';

/** What the server says of a screening before it is saved: its end, and everything in its way. */
export function CheckResult({ check, zone }: { check: ScreeningCheck; zone: string }) {
  const { t, language } = useWords();
  const time = (instant: string) => venueTime(new Date(instant), zone);
  return (
    <div className={styles.check} role="status" data-wrong={check.problems.some(({ draft }) => !draft) || undefined}>
      <p>
        {t('check.ends', { end: time(check.endsAt), free: time(check.freeFrom) })}
        {check.ageRating && ` · ${check.ageRating}`}
        {check.ageRatingPending && ` · ${t('panel.rating-pending')}`}
      </p>
      {check.guardianNote && <p className={styles.quiet}>{check.guardianNote[language]}</p>}
      {check.problems.length === 0 ? (
        <p className={styles.fine}>
          <Icon name="check" /> {t('check.free')}
        </p>
      ) : (
        <ul>
          {check.problems.map((problem) => (
            <li key={`${problem.code} ${problem.screeningId}`} data-draft={problem.draft || undefined}>
              <Icon name="warning" />
              <span>
                {problem.reason[language]}{' '}
                {problem.title &&
                  problem.from &&
                  problem.until &&
                  `${problem.title[language]}, ${hoursOf({ startsAt: problem.from, endsAt: problem.until, timezone: zone })}.`}{' '}
                {problem.draft && t('check.only-draft')}
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
