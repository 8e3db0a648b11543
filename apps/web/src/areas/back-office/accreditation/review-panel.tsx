import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReviewApplication } from '#libs/contracts';
import { conditionHolds, countingAnswers, DAY, type Language } from '#libs/kernel';
import {
  changeBadge,
  decide,
  evidenceLink,
  requestInformation,
  reviewQuery,
  tick,
} from '../../../api/accreditations.api';
import { ApiProblem } from '../../../api/client';
import { clockQuery } from '../../../api/screenings.api';
import { useWords } from '../../../i18n';
import { countryName } from '../../../i18n/places';
import { useSession } from '../../../session/use-session';
import { Icon } from '../../../ui/icon';
import { Button, Field, Notice, StateWord, ui, Waiting } from '../../../ui/parts';
import styles from './decide.module.css';
import { useReviewWords } from './review-words';

const ANSWER_DAYS = 3;

export function ReviewPanel({ id, onClose }: { id: string; onClose(): void }) {
  const { t, language } = useWords();
  const stateWords = useReviewWords();
  const client = useQueryClient();
  const { data } = useQuery(reviewQuery(id));
  const [problem, setProblem] = useState<string>();
  const attempt = async (work: () => Promise<unknown>) => {
    setProblem(undefined);
    try {
      await work();
    } catch (error) {
      setProblem(error instanceof ApiProblem ? error.problem.title : t('app.no-answer'));
    }
  };
  const ticked = (item: string, yes: boolean) =>
    attempt(async () => client.setQueryData(reviewQuery(id).queryKey, await tick(id, { [item]: yes })));
  const opened = (paper: string) => attempt(async () => window.location.assign((await evidenceLink(paper)).url));
  if (!data) return <Waiting label={t('app.loading')} />;
  const name = data.fields.name ?? Object.values(data.fields)[0] ?? t('decide.forgotten');
  const counting = countingAnswers(data.form, data.fields);
  return (
    <aside className={styles.panel} aria-label={name}>
      <div className={styles.panelHead}>
        <h2>{name}</h2>
        <button type="button" className={styles.close} aria-label={t('app.close')} onClick={onClose}>
          <Icon name="close" />
        </button>
      </div>
      <p>
        {data.categoryName[language]}{' '}
        <StateWord tone={stateWords(data.state).tone}>{stateWords(data.state).word}</StateWord>
      </p>
      <dl className={styles.facts}>
        {data.form.map(
          (field) =>
            data.fields[field.id] && (
              <div key={field.id}>
                <dt>{field.label[language]}</dt>
                <dd>{shownAnswer(field, data.fields[field.id] ?? '', language, t)}</dd>
              </div>
            ),
        )}
      </dl>
      <ul className={styles.papers}>
        {data.evidenceRules.map((rule) => {
          const papers = data.evidence.filter((paper) => paper.kind === rule.kind);
          if (papers.length === 0 && !conditionHolds(rule.when, counting)) return null;
          return (
            <li key={rule.kind} data-missing={(rule.required && papers.length === 0) || undefined}>
              <Icon name={papers.length > 0 ? 'check' : rule.required ? 'close' : 'minus'} />
              <span>
                <strong>{rule.name[language]}</strong>
                {papers.map((paper) => (
                  // A link of its own that lives for a minute: made when it is wanted.
                  <button key={paper.id} type="button" className={styles.paper} onClick={() => void opened(paper.id)}>
                    {paper.fileName}
                  </button>
                ))}
              </span>
            </li>
          );
        })}
      </ul>
      {problem && <Notice tone="error" title={problem} />}
      {data.checklist.length > 0 && (
        <fieldset>
          <legend className={ui.label}>{t('decide.checklist')}</legend>
          {data.checklist.map((item) => (
            <label key={item.id} className={ui.check}>
              <input
                type="checkbox"
                checked={data.checked[item.id] ?? false}
                onChange={(event) => void ticked(item.id, event.target.checked)}
              />
              <span>{item.text[language]}</span>
            </label>
          ))}
        </fieldset>
      )}
      {data.quotas.map((quota) => (
        <p key={quota.of} className={styles.quota}>
          <span>{quota.subject ?? t('decide.quota-category')}</span>
          <meter min={0} max={quota.capacity} value={quota.used} aria-label={t('decide.quota')} />
          <strong className="tabular">
            {quota.used} / {quota.capacity}
          </strong>
        </p>
      ))}
      {data.held && (
        <Notice tone="warning">
          {t('decide.held', { was: [data.held.fields.name, data.held.fields.outlet].filter(Boolean).join(', ') })}
        </Notice>
      )}
      {data.opinionsNeeded > 1 && data.opinions.length < data.opinionsNeeded && (
        <p>{t('decide.second', { n: data.opinions.length, of: data.opinionsNeeded })}</p>
      )}
      {data.prepared && <Notice>{t('decide.prepared')}</Notice>}
      {data.badge && (
        <p>
          {t('decide.badge', { code: data.badge.shortCode })} ·{' '}
          {data.badge.atGates ? t('decide.at-gates') : t('decide.on-its-way')}
        </p>
      )}
      <Deeds application={data} />
    </aside>
  );
}

/** An answer as an officer reads it: choices, countries and yes or no by name. */
function shownAnswer(
  field: ReviewApplication['form'][number],
  value: string,
  language: Language,
  t: (key: string) => string,
): string {
  if (field.kind === 'country') return countryName(value, language);
  if (field.kind === 'yes-no') return t(value === 'yes' ? 'field.yes' : 'field.no');
  return field.choices?.find((choice) => choice.id === value)?.name[language] ?? value;
}

const NEEDS_REASON = ['reject', 'waitlist', 'request-information', 'revoke', 'override'];

function Deeds({ application }: { application: ReviewApplication }) {
  const { t } = useWords();
  const client = useQueryClient();
  const { person } = useSession();
  const { data: clock } = useQuery(clockQuery);
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState<string>();
  const labels: Record<string, string> = {
    start: t('decide.start'),
    'request-information': t('decide.ask'),
    approve: t('decide.approve'),
    override: t('decide.override'),
    waitlist: t('decide.waitlist'),
    reject: t('decide.reject'),
    revoke: t('decide.revoke'),
  };
  const exceedable = application.quotas.some((one) => one.whenFull === 'override' && one.used >= one.capacity);
  const commands = Object.keys(labels).filter((command) =>
    command === 'revoke'
      ? application.badge?.state === 'live'
      : command === 'override'
        ? application.allowed.includes('approve') && exceedable
        : application.allowed.includes(command),
  );

  async function run(command: string) {
    if (NEEDS_REASON.includes(command) && reason.trim() === '') {
      setProblem(t('decide.reason-needed'));
      return;
    }
    setBusy(command);
    setProblem(undefined);
    try {
      await carryOut(command);
      setReason('');
    } catch (error) {
      setProblem(error instanceof ApiProblem ? error.problem.title : t('app.no-answer'));
    }
    await client.invalidateQueries({ queryKey: ['review'] });
    await client.invalidateQueries({ queryKey: reviewQuery(application.id).queryKey });
    setBusy(undefined);
  }
  async function carryOut(command: string): Promise<unknown> {
    const words = reason.trim();
    if (command === 'override') return decide(application, 'approve', words, true);
    if (command === 'revoke') return changeBadge(application.badge!.id, 'revoke', words);
    if (command !== 'request-information') return decide(application, command, words || undefined);
    const now = Date.now() + (clock ? clock.aheadMs + clock.offsetMs : 0);
    const counting = countingAnswers(application.form, application.fields);
    const missing = application.evidenceRules.find(
      (rule) =>
        rule.required &&
        conditionHolds(rule.when, counting) &&
        !application.evidence.some((paper) => paper.kind === rule.kind),
    );
    return requestInformation(application, {
      message: words,
      ...(missing ? { kind: missing.kind } : {}),
      dueAt: new Date(now + ANSWER_DAYS * DAY).toISOString(),
    });
  }

  if (application.barred !== null && application.barred === person?.id) return <Notice>{t('decide.barred')}</Notice>;
  if (commands.length === 0) return null;
  return (
    <div className={styles.deeds}>
      <Field
        label={t('decide.words')}
        hint={t('decide.words-hint')}
        value={reason}
        maxLength={1000}
        onChange={(event) => setReason(event.target.value)}
      />
      {problem && <Notice tone="error">{problem}</Notice>}
      <div className={styles.buttons}>
        {commands.map((command) => (
          <Button
            key={command}
            kind={command === 'approve' ? 'primary' : 'outline'}
            busy={busy === command}
            onClick={() => void run(command)}
          >
            {labels[command]}
          </Button>
        ))}
      </div>
    </div>
  );
}
