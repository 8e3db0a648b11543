import type { ApplicationState } from '#libs/contracts';
import { useWords } from '../../../i18n';

/** One application's state as staff read it, as a sign and a word. */
export function useStateWords() {
  const { t } = useWords();
  const groups = useReviewWords();
  return (state: ApplicationState) => ({ word: t(`review.one-${state}`), tone: groups(state).tone });
}

/** The states as names of groups: shorter than what an applicant is told. */
export function useReviewWords() {
  const { t } = useWords();
  return (state: ApplicationState): { word: string; tone: 'info' | 'ok' | 'warning' | 'error' } => {
    switch (state) {
      case 'submitted':
        return { word: t('review.new'), tone: 'info' };
      case 'under-review':
        return { word: t('review.reading'), tone: 'info' };
      case 'information-requested':
        return { word: t('review.asked'), tone: 'warning' };
      case 'waitlisted':
        return { word: t('review.waitlisted'), tone: 'warning' };
      case 'offered':
        return { word: t('review.offered'), tone: 'warning' };
      case 'awaiting-payment':
        return { word: t('review.paying'), tone: 'warning' };
      case 'appealed':
        return { word: t('review.appealed'), tone: 'warning' };
      case 'approved':
        return { word: t('review.approved'), tone: 'ok' };
      case 'revoked':
        return { word: t('review.revoked'), tone: 'error' };
      case 'suspended':
        return { word: t('review.suspended'), tone: 'warning' };
      case 'rejected':
        return { word: t('review.rejected'), tone: 'error' };
      case 'withdrawn':
        return { word: t('review.withdrawn'), tone: 'info' };
      case 'lapsed':
        return { word: t('review.lapsed'), tone: 'info' };
      default:
        return { word: t('review.other'), tone: 'info' };
    }
  };
}
