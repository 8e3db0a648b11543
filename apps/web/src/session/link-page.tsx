import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Link, useLocation, useNavigate, useSearchParams } from 'react-router';
import { ApiProblem } from '../api/client';
import { openCompletion, redeemLink } from '../api/session.api';
import { useWords } from '../i18n';
import { Button, Notice, ui } from '../ui/parts';
import { useTitle } from '../ui/use-title';
import { safePath } from './sign-in-page';

/** Where a login link lands. Only the button signs in: mail scanners open links and would spend it. */
export function LinkPage() {
  const { t } = useWords();
  const [params] = useSearchParams();
  const next = safePath(params.get('next'));
  return (
    <OpenByLink
      title={t('sign-in.title')}
      text={t('sign-in.press')}
      action={t('sign-in.enter')}
      open={async () => {
        await redeemLink(params.get('token') ?? '');
        return next;
      }}
      otherwise={<Link to="/sign-in">{t('sign-in.new-link')}</Link>}
    />
  );
}

/** Where the link of an invitation lands: its secret stands behind the #, which no server sees. */
export function CompletionPage() {
  const { t } = useWords();
  const { hash } = useLocation();
  return (
    <OpenByLink
      title={t('complete.title')}
      text={t('complete.press')}
      action={t('complete.open')}
      open={async () => {
        await openCompletion(hash.slice(1));
        return '/accreditation';
      }}
      otherwise={<Link to="/sign-in?next=/accreditation">{t('complete.sign-in')}</Link>}
    />
  );
}

interface Opening {
  title: string;
  text: string;
  action: string;
  /** Opens the session; answers where to go. */
  open: () => Promise<string>;
  /** What to do when the link is used up. */
  otherwise: ReactNode;
}

function OpenByLink({ title, text, action, open, otherwise }: Opening) {
  const { t } = useWords();
  useTitle(title);
  const navigate = useNavigate();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  async function enter() {
    setBusy(true);
    try {
      const next = await open();
      // Whoever was here before leaves nothing for whoever is here now.
      client.clear();
      void navigate(next, { replace: true });
    } catch (error) {
      setProblem(error instanceof ApiProblem ? error.problem.title : t('app.no-answer'));
      setBusy(false);
    }
  }
  return (
    <div className={ui.page}>
      <h1>{title}</h1>
      <div className={`${ui.stack} ${ui.narrow}`}>
        <p>{text}</p>
        {problem && (
          <Notice tone="error" title={problem}>
            {otherwise}
          </Notice>
        )}
        <div>
          <Button busy={busy} onClick={() => void enter()}>
            {action}
          </Button>
        </div>
      </div>
    </div>
  );
}
