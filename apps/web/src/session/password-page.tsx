import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useLocation } from 'react-router';
import { ApiProblem } from '../api/client';
import { choosePassword } from '../api/house.api';
import { useWords } from '../i18n';
import { Button, buttonClass, Field, Notice, ui } from '../ui/parts';
import { useTitle } from '../ui/use-title';

const SHORTEST = 12;

/** Where a member of staff chooses a password. The link's secret stands behind the #, which no server sees. */
export default function PasswordPage() {
  const { t } = useWords();
  useTitle(t('password.title'));
  const { hash } = useLocation();
  const [password, setPassword] = useState('');
  const [shown, setShown] = useState(false);
  const choose = useMutation({ mutationFn: () => choosePassword(hash.slice(1), password) });
  const problem = choose.error instanceof ApiProblem ? choose.error : undefined;
  const tooShort = password.length > 0 && password.length < SHORTEST;
  return (
    <div className={ui.page}>
      <h1>{t('password.title')}</h1>
      {choose.isSuccess ? (
        <Notice tone="ok" title={t('password.chosen')}>
          <Link className={buttonClass('primary')} to="/sign-in?next=/office">
            {t('nav.sign-in')}
          </Link>
        </Notice>
      ) : (
        <form
          className={`${ui.stack} ${ui.narrow}`}
          onSubmit={(event) => {
            event.preventDefault();
            if (password.length >= SHORTEST) choose.mutate();
          }}
        >
          <p>{t('password.lead')}</p>
          <Field
            label={t('password.new')}
            hint={t('password.hint')}
            type={shown ? 'text' : 'password'}
            autoComplete="new-password"
            value={password}
            error={
              tooShort
                ? t('password.hint')
                : problem?.code === 'password-too-simple'
                  ? problem.problem.title
                  : undefined
            }
            onChange={(event) => {
              setPassword(event.target.value);
              choose.reset();
            }}
          />
          <label className={ui.check}>
            <input type="checkbox" checked={shown} onChange={(event) => setShown(event.target.checked)} />
            <span>{t('password.show')}</span>
          </label>
          {choose.error && problem?.code !== 'password-too-simple' && (
            <Notice tone="error" title={problem?.problem.title ?? t('app.no-answer')} />
          )}
          <Button type="submit" busy={choose.isPending} aria-disabled={password.length < SHORTEST}>
            {t('password.choose')}
          </Button>
        </form>
      )}
    </div>
  );
}
