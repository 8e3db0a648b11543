import type { Programme, ScreeningView } from '#libs/contracts';
import { formatShortDayTime } from '#libs/kernel';
import { useWords } from '../../i18n';
import { Notice } from '../../ui/parts';
import { placeOf } from './programme.rules';

/** What somebody must know before they buy or come: cancelled, moved, late, not rated yet, minors after 22:00. */
export function ScreeningNotes({ screening, programme }: { screening: ScreeningView; programme: Programme }) {
  const { t, language } = useWords();
  const { movedFrom, delay } = screening;
  const { venue, hall } = placeOf(programme, screening);
  const time = (at: string) => formatShortDayTime(new Date(at), screening.timezone, language);
  if (screening.state === 'cancelled') return <Notice tone="error">{t('note.cancelled')}</Notice>;
  return (
    <>
      {movedFrom && (
        <Notice tone="warning">
          {t('note.moved', {
            time: time(screening.startsAt),
            hall: [venue?.name[language], hall?.name[language]].filter(Boolean).join(', '),
            before: time(movedFrom.startsAt),
          })}
        </Notice>
      )}
      {delay && <Notice tone="warning">{t('note.delayed', { minutes: delay.minutes })}</Notice>}
      {screening.ageRatingPending && <Notice>{t('note.rating-pending')}</Notice>}
      {screening.guardianNote && <Notice>{screening.guardianNote[language]}</Notice>}
    </>
  );
}
