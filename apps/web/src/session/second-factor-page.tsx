import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from 'react-router';
import { ApiProblem } from '../api/client';
import { enableTwoFactor, sessionQuery, signInWithCode } from '../api/session.api';
import { useWords } from '../i18n';
import { Button, buttonClass, Field, Notice, ui } from '../ui/parts';
import { QrCode } from '../ui/qr';
import { useTitle } from '../ui/use-title';
import styles from './second-factor.module.css';
import { useSession } from './use-session';

/** A member of staff sets up the second factor: password, code to read, first code back. */
export default function SecondFactorPage() {
  const { t } = useWords();
  useTitle(t('second.title'));
  const client = useQueryClient();
  const { person } = useSession();
  const begin = useMutation({ mutationFn: (password: string) => enableTwoFactor(password) });
  const confirm = useMutation({
    mutationFn: (code: string) => signInWithCode(code),
    onSuccess: () => client.invalidateQueries({ queryKey: sessionQuery.queryKey }),
  });
  const trouble = confirm.error ?? begin.error;
  const secret = begin.data;
  return (
    <div className={ui.page}>
      <h1>{t('second.title')}</h1>
      <div className={`${ui.stack} ${ui.narrow}`}>
        <p>{t('second.lead')}</p>
        {trouble && (
          <Notice tone="error" title={trouble instanceof ApiProblem ? trouble.problem.title : t('app.no-answer')} />
        )}
        {person?.twoFactor && !secret ? (
          <Notice tone="ok" title={t('second.on')}>
            <Link className={buttonClass('quiet')} to="/office">
              {t('nav.office')}
            </Link>
          </Notice>
        ) : confirm.isSuccess ? (
          <Notice tone="ok" title={t('second.on')}>
            <Link className={buttonClass('quiet')} to="/office">
              {t('nav.office')}
            </Link>
          </Notice>
        ) : secret ? (
          <>
            <h2>{t('second.scan')}</h2>
            <QrCode className={styles.code} text={secret.uri} label={t('second.scan')} />
            <p>{t('second.backup')}</p>
            <ul className={`${styles.backup} tabular`}>
              {secret.backupCodes.map((code) => (
                <li key={code}>{code}</li>
              ))}
            </ul>
            <Ask
              label={t('sign-in.code')}
              verb={t('second.confirm')}
              busy={confirm.isPending}
              onAnswer={(code) => confirm.mutate(code)}
            />
          </>
        ) : (
          <Ask
            label={t('field.password')}
            verb={t('second.begin')}
            secret
            busy={begin.isPending}
            onAnswer={(password) => begin.mutate(password)}
          />
        )}
      </div>
    </div>
  );
}

function Ask({
  label,
  verb,
  secret,
  busy,
  onAnswer,
}: {
  label: string;
  verb: string;
  secret?: boolean;
  busy: boolean;
  onAnswer(typed: string): void;
}) {
  return (
    <form
      className={ui.stack}
      onSubmit={(event) => {
        event.preventDefault();
        onAnswer(String(new FormData(event.currentTarget).get('typed')).trim());
      }}
    >
      <Field
        key={label}
        label={label}
        name="typed"
        required
        type={secret ? 'password' : 'text'}
        inputMode={secret ? undefined : 'numeric'}
        autoComplete={secret ? 'current-password' : 'one-time-code'}
      />
      <Button type="submit" busy={busy}>
        {verb}
      </Button>
    </form>
  );
}
