import type { ApplicationState } from '#libs/contracts';
import { useWords } from '../../i18n';

type Tone = 'info' | 'ok' | 'warning' | 'error';

const TONES: Partial<Record<ApplicationState, Tone>> = {
  approved: 'ok',
  rejected: 'error',
  revoked: 'error',
  suspended: 'warning',
  lapsed: 'error',
  'information-requested': 'warning',
  waitlisted: 'warning',
  offered: 'warning',
  'awaiting-payment': 'warning',
};

/** A state as a sign and a word. */
export function useStateWords() {
  const { t } = useWords();
  return (state: ApplicationState): { word: string; tone: Tone } => {
    const words: Record<ApplicationState, string> = {
      draft: t('application.draft'),
      submitted: t('application.submitted'),
      'under-review': t('application.under-review'),
      'information-requested': t('application.information-requested'),
      waitlisted: t('application.waitlisted'),
      offered: t('application.offered'),
      rejected: t('application.rejected'),
      appealed: t('application.appealed'),
      'awaiting-payment': t('application.awaiting-payment'),
      approved: t('application.approved'),
      suspended: t('application.suspended'),
      revoked: t('application.revoked'),
      withdrawn: t('application.withdrawn'),
      lapsed: t('application.lapsed'),
    };
    return { word: words[state], tone: TONES[state] ?? 'info' };
  };
}
