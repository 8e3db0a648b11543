import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { ApiProblem } from '../api/client';
import { requestLink, sessionQuery, signIn, signInWithCode } from '../api/session.api';
import { useWords } from '../i18n';
import { Button, Field, Notice, ui } from '../ui/parts';
import { useTitle } from '../ui/use-title';

/** A path of our own site, whatever an address line says. */
export function safePath(next: string | null): string {
  return next && /^\/(?![/\\])/.test(next) ? next : '/';
}

/** Two doors: staff by password, everybody else by a link in a mail. */
export function SignInPage() {
  const { t, language } = useWords();
  useTitle(t('sign-in.title'));
  const [params] = useSearchParams();
  const next = safePath(params.get('next'));
  return (
    <div className={ui.page}>
      <h1>{t('sign-in.title')}</h1>
      <div className={`${ui.stack} ${ui.narrow}`}>
        <LinkForm language={language} next={next} />
        <hr />
        <PasswordForm next={next} />
      </div>
    </div>
  );
}

function LinkForm({ language, next }: { language: 'kk' | 'ru' | 'en'; next: string }) {
  const { t } = useWords();
  const [sent, setSent] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const email = String(new FormData(event.currentTarget).get('email'));
    setBusy(true);
    setProblem(undefined);
    try {
      await requestLink({ email, language, next });
      setSent(true);
    } catch (error) {
      setProblem(error instanceof ApiProblem ? (error.field('email') ?? error.problem.title) : t('app.no-answer'));
    }
    setBusy(false);
  }
  if (sent)
    return (
      <Notice tone="ok" title={t('sign-in.sent')}>
        {t('sign-in.sent-detail')}
      </Notice>
    );
  return (
    <form className={ui.stack} onSubmit={(event) => void submit(event)}>
      <h2>{t('sign-in.link')}</h2>
      <p className="quiet">{t('sign-in.link-detail')}</p>
      <Field label={t('field.email')} name="email" type="email" required autoComplete="email" error={problem} />
      <div>
        <Button type="submit" busy={busy}>
          {t('sign-in.send-link')}
        </Button>
      </div>
    </form>
  );
}

function PasswordForm({ next }: { next: string }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const client = useQueryClient();
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [needsCode, setNeedsCode] = useState(false);
  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    setBusy(true);
    setProblem(undefined);
    try {
      const answer = needsCode
        ? await signInWithCode(String(data.get('code')).replaceAll(/\s/g, ''))
        : await signIn({ email: String(data.get('email')), password: String(data.get('password')) });
      setBusy(false);
      if (answer.next === 'two-factor') return setNeedsCode(true);
      await client.invalidateQueries({ queryKey: sessionQuery.queryKey });
      // Who works here and asked for nothing in particular begins in the office.
      void navigate(next === '/' && (answer.session?.person?.roles.length ?? 0) > 0 ? '/office' : next);
    } catch (error) {
      setProblem(error instanceof ApiProblem ? error.problem.title : t('app.no-answer'));
      setBusy(false);
    }
  }
  return (
    <form className={ui.stack} onSubmit={(event) => void submit(event)}>
      <h2>{t('sign-in.staff')}</h2>
      {problem && <Notice tone="error">{problem}</Notice>}
      {needsCode ? (
        <Field
          key="code"
          label={t('sign-in.code')}
          hint={t('sign-in.code-hint')}
          name="code"
          autoComplete="one-time-code"
          autoFocus
          required
          maxLength={11}
        />
      ) : (
        <>
          <Field label={t('field.email')} name="email" type="email" required autoComplete="username" />
          <Field label={t('field.password')} name="password" type="password" required autoComplete="current-password" />
        </>
      )}
      <div>
        <Button type="submit" kind="outline" busy={busy}>
          {t('sign-in.enter')}
        </Button>
      </div>
    </form>
  );
}
