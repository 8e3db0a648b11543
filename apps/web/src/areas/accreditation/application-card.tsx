import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { Application, CategoryView } from '#libs/contracts';
import { formatDate, venueDate } from '#libs/kernel';
import {
  answerRequest,
  myApplicationsQuery,
  saveApplication,
  submitApplication,
  uploadEvidence,
} from '../../api/accreditations.api';
import { ApiProblem } from '../../api/client';
import { useWords } from '../../i18n';
import { Icon } from '../../ui/icon';
import { Button, Field, Notice, StateWord, ui } from '../../ui/parts';
import styles from './accreditation.module.css';
import { useStateWords } from './state-words';

const ZONE = 'Asia/Almaty';

/** One application: your turn on top, then the form or the papers, then the way it went. */
export function ApplicationCard({
  application,
  category,
}: {
  application: Application;
  category: CategoryView | undefined;
}) {
  const { t, language } = useWords();
  const stateWords = useStateWords();
  const state = stateWords(application.state);
  const editable = application.state === 'draft' || application.state === 'information-requested';
  return (
    <section className={styles.card}>
      <div className={styles.cardHead}>
        <h2>{application.categoryName[language]}</h2>
        <StateWord tone={state.tone}>{state.word}</StateWord>
      </div>
      {application.request && (
        <Notice tone="warning" title={t('accreditation.your-turn')}>
          <p>{application.request.message}</p>
          <p className="small">
            {t('accreditation.until', {
              date: formatDate(venueDate(new Date(application.request.dueAt), ZONE), language),
            })}
          </p>
        </Notice>
      )}
      {application.reason && <p>{application.reason}</p>}
      {editable && category ? (
        <Draft application={application} category={category} />
      ) : (
        <Papers application={application} category={category} />
      )}
      <ol className={styles.timeline} aria-label={t('accreditation.history')}>
        {application.history.map((step) => (
          <li key={`${step.at}-${step.state}`}>
            <strong>{stateWords(step.state).word}</strong>
            <span className="small quiet">{formatDate(venueDate(new Date(step.at), ZONE), language)}</span>
            {step.reason && <span className="small">{step.reason}</span>}
          </li>
        ))}
      </ol>
    </section>
  );
}

function Papers({ application, category }: { application: Application; category: CategoryView | undefined }) {
  const { language } = useWords();
  if (application.evidence.length === 0) return null;
  return (
    <ul className={styles.papers}>
      {application.evidence.map((paper) => (
        <li key={paper.id}>
          <Icon name="check" />
          <span>
            {category?.evidence.find((rule) => rule.kind === paper.kind)?.name[language] ?? paper.kind}
            <span className="small quiet"> · {paper.fileName}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}

function Draft({ application, category }: { application: Application; category: CategoryView }) {
  const { t, language } = useWords();
  const client = useQueryClient();
  const [problem, setProblem] = useState<ApiProblem | 'no-answer'>();
  const [busy, setBusy] = useState(false);
  const asked = application.state === 'information-requested';

  async function attempt(work: () => Promise<unknown>) {
    setBusy(true);
    setProblem(undefined);
    try {
      await work();
    } catch (error) {
      setProblem(error instanceof ApiProblem ? error : 'no-answer');
    }
    await client.invalidateQueries({ queryKey: myApplicationsQuery.queryKey });
    setBusy(false);
  }
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    if (asked) {
      void attempt(() => answerRequest(application, String(data.get('answer') ?? '').trim()));
      return;
    }
    const fields: Record<string, string> = {};
    for (const field of category.form) {
      const value = String(data.get(field.id) ?? '').trim();
      if (value) fields[field.id] = value;
    }
    void attempt(async () => submitApplication(await saveApplication(application, fields, language)));
  }
  const errorOf = (field: string) =>
    problem instanceof ApiProblem ? (problem.field(`fields/${field}`) ?? problem.field(field)) : undefined;

  return (
    <form className={ui.stack} onSubmit={submit}>
      {!asked &&
        category.form.map((field) =>
          field.kind === 'choice' ? (
            <label key={field.id} className={ui.field}>
              <span className={ui.label}>{field.label[language]}</span>
              <select
                className={ui.input}
                name={field.id}
                required={field.required}
                defaultValue={application.fields[field.id]}
              >
                {field.choices?.map((choice) => (
                  <option key={choice.id} value={choice.id}>
                    {choice.name[language]}
                  </option>
                ))}
              </select>
            </label>
          ) : (
            <Field
              key={field.id}
              label={field.label[language]}
              name={field.id}
              type={field.kind === 'phone' ? 'tel' : field.kind === 'url' ? 'url' : 'text'}
              required={field.required}
              maxLength={field.maxLength}
              defaultValue={application.fields[field.id]}
              error={errorOf(field.id)}
            />
          ),
        )}
      {category.evidence.map((rule) => {
        const papers = application.evidence.filter((paper) => paper.kind === rule.kind);
        return (
          <fieldset key={rule.kind} className={styles.paper}>
            <legend className={ui.label}>
              {rule.name[language]}
              {!rule.required && <span className="quiet"> · {t('field.optional')}</span>}
            </legend>
            {rule.hint && <p className="small quiet">{rule.hint[language]}</p>}
            <Papers application={{ ...application, evidence: papers }} category={category} />
            {papers.length < rule.maxCount && (
              <label className={styles.file}>
                <Icon name="plus" />
                <span>{papers.length > 0 ? t('accreditation.another-file') : t('accreditation.choose-file')}</span>
                <input
                  type="file"
                  className="visually-hidden"
                  aria-label={rule.name[language]}
                  accept={rule.types.join(',')}
                  onChange={(event) => {
                    const file = event.target.files?.[0];
                    if (file) void attempt(() => uploadEvidence(application.id, rule.kind, file));
                    event.target.value = '';
                  }}
                />
              </label>
            )}
          </fieldset>
        );
      })}
      {asked && <Field label={t('accreditation.answer')} name="answer" maxLength={2000} />}
      {problem && (
        <Notice tone="error" title={problem === 'no-answer' ? t('app.no-answer') : problem.problem.title}>
          {problem instanceof ApiProblem &&
            problem.problem.errors?.map((error) => <p key={error.field}>{error.reason}</p>)}
        </Notice>
      )}
      <div>
        <Button type="submit" busy={busy}>
          {asked ? t('accreditation.send-answer') : t('accreditation.submit')}
        </Button>
      </div>
    </form>
  );
}
