import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { ApiProblem } from '../api/client';
import { redeemLink, sessionQuery } from '../api/session.api';
import { useWords } from '../i18n';
import { Button, Notice, ui } from '../ui/parts';
import { useTitle } from '../ui/use-title';
import { safePath } from './sign-in-page';

/** Where a mailed link lands. Only the button signs in: mail scanners open links and would spend it. */
export function LinkPage() {
  const { t } = useWords();
  useTitle(t('sign-in.title'));
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  async function redeem() {
    setBusy(true);
    try {
      await redeemLink(params.get('token') ?? '');
      await client.invalidateQueries({ queryKey: sessionQuery.queryKey });
      void navigate(safePath(params.get('next')), { replace: true });
    } catch (error) {
      setProblem(error instanceof ApiProblem ? error.problem.title : t('app.no-answer'));
      setBusy(false);
    }
  }
  return (
    <div className={ui.page}>
      <h1>{t('sign-in.title')}</h1>
      <div className={`${ui.stack} ${ui.narrow}`}>
        <p>{t('sign-in.press')}</p>
        {problem && (
          <Notice tone="error" title={problem}>
            <Link to="/sign-in">{t('sign-in.new-link')}</Link>
          </Notice>
        )}
        <div>
          <Button busy={busy} onClick={() => void redeem()}>
            {t('sign-in.enter')}
          </Button>
        </div>
      </div>
    </div>
  );
}
