import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import type { Erasure } from '#libs/contracts';
import { ApiProblem } from '../api/client';
import { eraseMe } from '../api/session.api';
import { useWords } from '../i18n';
import { Button, buttonClass, Notice, ui } from '../ui/parts';
import { useTitle } from '../ui/use-title';
import { useSession } from './use-session';

/** What is known of a person: to be seen as a file, and to be forgotten, in two presses. */
export function PrivacyPage() {
  const { t } = useWords();
  useTitle(t('privacy.title'));
  const { person } = useSession();
  const [erasure, setErasure] = useState<Erasure>();
  return (
    <div className={ui.page}>
      <h1>{t('privacy.title')}</h1>
      <div className={`${ui.stack} ${ui.narrow}`}>
        <p>{t('privacy.what')}</p>
        <p>{t('privacy.how-long')}</p>
        {erasure ? (
          <Notice tone="ok" title={t('privacy.erasing')}>
            {t('privacy.erasing-detail')}
          </Notice>
        ) : person ? (
          <>
            <section className={ui.stack}>
              <h2>{t('privacy.see')}</h2>
              <p>{t('privacy.see-detail')}</p>
              <div>
                <a className={buttonClass('outline')} href="/api/people/me/export" download="my-data.json">
                  {t('privacy.download')}
                </a>
              </div>
            </section>
            <Forget onDone={setErasure} />
          </>
        ) : (
          <p>
            <Link to="/sign-in?next=/privacy">{t('privacy.sign-in')}</Link>
          </p>
        )}
      </div>
    </div>
  );
}

function Forget({ onDone }: { onDone: (erasure: Erasure) => void }) {
  const { t } = useWords();
  const client = useQueryClient();
  const [sure, setSure] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  async function erase() {
    setBusy(true);
    setProblem(undefined);
    try {
      onDone(await eraseMe());
      client.clear();
    } catch (error) {
      setProblem(error instanceof ApiProblem ? error.problem.title : t('app.no-answer'));
      setBusy(false);
    }
  }
  return (
    <section className={ui.stack}>
      <h2>{t('privacy.forget')}</h2>
      <p>{t('privacy.forget-detail')}</p>
      {problem && <Notice tone="error" title={problem} />}
      {sure ? (
        <Notice tone="warning" title={t('privacy.sure')}>
          <p>{t('privacy.sure-detail')}</p>
          <p>
            <Button busy={busy} onClick={() => void erase()}>
              {t('privacy.forget-now')}
            </Button>{' '}
            <Button kind="quiet" onClick={() => setSure(false)}>
              {t('privacy.keep')}
            </Button>
          </p>
        </Notice>
      ) : (
        <div>
          <Button kind="outline" onClick={() => setSure(true)}>
            {t('privacy.forget-me')}
          </Button>
        </div>
      )}
    </section>
  );
}
