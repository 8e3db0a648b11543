import type { ReactNode } from 'react';
import { ApiProblem } from '../../api/client';
import { useWords } from '../../i18n';
import { ui } from '../../ui/parts';
import { useTitle } from '../../ui/use-title';

/** A link that leads nowhere, or no answer: what the server said is the page's heading; below it stands the way on. */
export function Refused({ error, children }: { error: Error; children: ReactNode }) {
  const { t } = useWords();
  const problem = error instanceof ApiProblem ? error.problem : undefined;
  const title = problem?.title ?? t('app.no-answer');
  useTitle(title);
  return (
    <div className={ui.page} role="alert">
      <h1>{title}</h1>
      <div className={`${ui.narrow} ${ui.stack}`}>
        {problem?.detail && problem.detail !== title && <p>{problem.detail}</p>}
        <div>{children}</div>
      </div>
    </div>
  );
}
