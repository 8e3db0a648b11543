import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import type { Application, CategoryList, CategoryView, EvidenceRule } from '#libs/contracts';
import { conditionHolds, countingAnswers } from '#libs/kernel';
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
import { Button, Field, Notice, ui } from '../../ui/parts';
import styles from './accreditation.module.css';
import { FormField } from './form-field';
import { Papers } from './papers';

/** The answers as they stand in the form; what is not asked for now is not sent. */
function answersIn(form: HTMLFormElement, category: CategoryView): Record<string, string> {
  const data = new FormData(form);
  const answers: Record<string, string> = {};
  for (const { id } of category.form) {
    const value = data.get(id);
    if (typeof value === 'string' && value !== '') answers[id] = value;
  }
  return answers;
}

interface DraftFormProps {
  application: Application;
  category: CategoryView;
  consent: CategoryList['consent'];
}

/** The form of a draft, or the answer to a request: kept as typed, and everything that is missing said at once. */
export function DraftForm({ application, category, consent }: DraftFormProps) {
  const { t, language } = useWords();
  const client = useQueryClient();
  const form = useRef<HTMLFormElement>(null);
  const [answers, setAnswers] = useState(application.fields);
  const [problem, setProblem] = useState<ApiProblem | 'no-answer'>();
  const [busy, setBusy] = useState(false);
  const asked = application.state === 'information-requested';
  const counting = countingAnswers(category.form, answers);

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
  const save = (of: Application) => saveApplication(of, answersIn(form.current!, category), language);
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const said = String(data.get('answer') ?? '').trim();
    const agreed = data.get('consent') ? consent?.version : undefined;
    void attempt(async () => {
      const saved = await save(application);
      return asked ? answerRequest(saved, said) : submitApplication(saved, agreed);
    });
  }
  /** A paper raises the version: what was typed is kept first, so that nothing is lost by it. */
  const upload = (rule: EvidenceRule, file: File, issuedOn: string) =>
    attempt(async () => {
      await save(application);
      await uploadEvidence(application.id, rule.kind, file, issuedOn);
    });
  const errorOf = (field: string) => (problem instanceof ApiProblem ? problem.field(`fields/${field}`) : undefined);

  return (
    <form
      ref={form}
      className={ui.stack}
      onSubmit={submit}
      onChange={(event) => setAnswers(answersIn(event.currentTarget, category))}
      noValidate
    >
      {category.form
        .filter((field) => conditionHolds(field.when, counting))
        .map((field) => (
          <FormField key={field.id} field={field} value={application.fields[field.id]} error={errorOf(field.id)} />
        ))}
      {category.evidence
        .filter((rule) => conditionHolds(rule.when, counting))
        .map((rule) => (
          <Paper key={rule.kind} rule={rule} application={application} category={category} onFile={upload} />
        ))}
      {asked && <Field label={t('accreditation.answer')} name="answer" maxLength={2000} />}
      {!asked && consent && (
        <label className={ui.check}>
          <input
            type="checkbox"
            name="consent"
            aria-invalid={(problem instanceof ApiProblem && problem.field('consent') !== undefined) || undefined}
          />
          <span>{consent.text[language]}</span>
        </label>
      )}
      {problem && (
        <Notice tone="error" title={problem === 'no-answer' ? t('app.no-answer') : problem.problem.title}>
          {problem instanceof ApiProblem &&
            problem.problem.errors?.map((error) => <p key={`${error.field}-${error.code}`}>{error.reason}</p>)}
        </Notice>
      )}
      <div className={styles.deeds}>
        <Button type="submit" busy={busy}>
          {asked ? t('accreditation.send-answer') : t('accreditation.submit')}
        </Button>
        <Button kind="outline" busy={busy} onClick={() => void attempt(() => save(application))}>
          {t('accreditation.save')}
        </Button>
      </div>
    </form>
  );
}

function Paper({
  rule,
  application,
  category,
  onFile,
}: {
  rule: EvidenceRule;
  application: Application;
  category: CategoryView;
  onFile(rule: EvidenceRule, file: File, issuedOn: string): Promise<void>;
}) {
  const { t, language } = useWords();
  const [issuedOn, setIssuedOn] = useState('');
  const papers = application.evidence.filter((paper) => paper.kind === rule.kind);
  return (
    <fieldset className={styles.paper}>
      <legend className={ui.label}>
        {rule.name[language]}
        {!rule.required && <span className="quiet"> · {t('field.optional')}</span>}
      </legend>
      {rule.hint && <p className="small quiet">{rule.hint[language]}</p>}
      <Papers papers={papers} category={category} />
      {rule.maxAgeDays !== undefined && papers.length < rule.maxCount && (
        <Field
          label={t('accreditation.issued-on')}
          type="date"
          value={issuedOn}
          onChange={(event) => setIssuedOn(event.target.value)}
        />
      )}
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
              if (file) void onFile(rule, file, issuedOn);
              event.target.value = '';
            }}
          />
        </label>
      )}
    </fieldset>
  );
}
