import { useMutation } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { Link } from 'react-router';
import { ApiProblem } from '../../api/client';
import { requestLink } from '../../api/session.api';
import { useWords } from '../../i18n';
import { Button, Field, Notice, ui } from '../../ui/parts';
import { useTitle } from '../../ui/use-title';
import { useTyped } from './typed';

/** Tickets by the address they were bought with; the answer is the same whether it is known or not. */
export default function FindTicketsPage() {
  const { t, language } = useWords();
  useTitle(t('find.title'));
  const [email, setEmail] = useTyped('email');
  const ask = useMutation({ mutationFn: () => requestLink({ email: email.trim(), language, next: '/tickets' }) });
  const problem = ask.error instanceof ApiProblem ? ask.error : undefined;
  function submit(event: FormEvent) {
    event.preventDefault();
    ask.mutate();
  }
  return (
    <div className={ui.page}>
      <h1>{t('find.title')}</h1>
      <div className={`${ui.stack} ${ui.narrow}`}>
        {ask.isSuccess ? (
          <>
            <Notice tone="ok" title={t('find.sent', { email: email.trim() })}>
              {t('find.sent-detail')}
            </Notice>
            <div>
              <Button kind="outline" onClick={() => ask.reset()}>
                {t('find.another')}
              </Button>
            </div>
          </>
        ) : (
          <form className={ui.stack} onSubmit={submit}>
            <p>{t('find.lead')}</p>
            {ask.error && !problem?.field('email') && (
              <Notice tone="error">{problem?.problem.title ?? t('app.no-answer')}</Notice>
            )}
            <Field
              label={t('field.email')}
              name="email"
              type="email"
              required
              autoComplete="email"
              value={email}
              onChange={(event) => setEmail(event.target.value)}
              error={problem?.field('email')}
            />
            <div>
              <Button type="submit" busy={ask.isPending}>
                {t('find.send')}
              </Button>
            </div>
          </form>
        )}
        <p>
          <Link to="/tickets">{t('find.here')}</Link>
        </p>
      </div>
    </div>
  );
}
