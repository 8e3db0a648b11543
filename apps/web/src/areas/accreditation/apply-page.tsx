import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import type { Application, CategoryList, CategoryView } from '#libs/contracts';
import { formatDate, formatMoney, venueDate, venueTime } from '#libs/kernel';
import {
  answerRequest,
  changeApplication,
  myApplicationsQuery,
  submitApplication,
} from '../../api/accreditations-applicant.api';
import { ApiProblem } from '../../api/client';
import { useWords } from '../../i18n';
import { PosterArt } from '../../ui/art/poster';
import { Trouble } from '../../ui/data-table';
import { CheckBox, TextArea } from '../../ui/fields';
import { Icon } from '../../ui/icon';
import { Button, Notice } from '../../ui/parts';
import { Steps } from '../../ui/steps';
import styles from './accreditation.module.css';
import { type AskedStep, answersToSend, askedSteps, problemsOf, type StepId } from './apply.rules';
import { FormField } from './form-field';
import { PaperLine } from './paper-line';
import { useDraft, useKept } from './use-draft';

const ZONE = 'Asia/Almaty';

interface ApplyProps {
  application: Application;
  category: CategoryView;
  consent: CategoryList['consent'];
}

/** The application in steps: a draft, the answer to a request, or a change after the approval. */
export function ApplyPage({ application, category, consent }: ApplyProps) {
  const { t, language } = useWords();
  const navigate = useNavigate();
  const client = useQueryClient();
  const keep = useKept();
  const changes = application.allowed.includes('reopen');
  const draft = useDraft(application, category, !changes);
  const steps = askedSteps(category, draft.answers).filter(({ papers }) => !changes || papers.length === 0);
  const [params, setParams] = useSearchParams();
  const at = Math.max(
    0,
    steps.findIndex(({ id }) => id === params.get('step')),
  );
  const step = steps[at]!;
  const [asked, setAsked] = useState(false);
  const [problem, setProblem] = useState<Error>();
  const [busy, setBusy] = useState(false);
  const head = useRef<HTMLHeadingElement>(null);
  const shown = useRef(step.id);
  useEffect(() => {
    if (shown.current !== step.id) head.current?.focus();
    shown.current = step.id;
  }, [step.id]);

  const go = (id: StepId) => {
    void draft.flush().catch(() => undefined);
    setParams({ step: id });
    window.scrollTo({ top: 0 });
  };
  const state = (one: AskedStep) => {
    if (one.id === step.id) return 'current';
    const wrong = problemsOf(one, application.problems).length > 0;
    if (wrong && asked) return 'wrong';
    const empty =
      one.papers.length > 0 && !application.evidence.some(({ kind }) => one.papers.some((rule) => rule.kind === kind));
    return wrong || empty || one.id === 'send' || changes ? 'ahead' : 'done';
  };
  async function send(form: HTMLFormElement) {
    const data = new FormData(form);
    setBusy(true);
    setProblem(undefined);
    try {
      const saved = await draft.flush();
      if (changes) keep(await changeApplication(application, answersToSend(category, draft.answers)));
      else if (application.state === 'information-requested')
        keep(await answerRequest(saved, String(data.get('answer') ?? '').trim()));
      else keep(await submitApplication(saved, data.get('consent') ? consent?.version : undefined));
      await client.invalidateQueries({ queryKey: myApplicationsQuery.queryKey });
      void navigate(`/accreditation/applications/${application.id}`);
    } catch (error) {
      setAsked(true);
      setProblem(error as Error);
      void client.invalidateQueries({ queryKey: myApplicationsQuery.queryKey });
    }
    setBusy(false);
  }
  function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const next = steps[at + 1];
    if (next) go(next.id);
    else void send(event.currentTarget);
  }
  const refused = (field: string) =>
    (problem instanceof ApiProblem ? problem.field(`fields/${field}`) : undefined) ??
    (asked ? application.problems.find((one) => one.field === `fields/${field}`)?.reason[language] : undefined);
  return (
    <div className={styles.apply}>
      <h1 className="visually-hidden">{category.name[language]}</h1>
      <div className={styles.steps}>
        <Steps
          label={t('apply.steps')}
          steps={steps.map((one) => ({
            id: one.id,
            label: t(`apply.step-${one.id}`),
            state: state(one),
            ...(one.id !== step.id && { onOpen: () => go(one.id) }),
          }))}
        />
        {!changes && <Saved draft={draft} />}
      </div>
      <form
        className={styles.form}
        noValidate
        onSubmit={onSubmit}
        onChange={(event) => {
          const form = event.currentTarget;
          // Lists write their answer into the form after this event.
          setTimeout(() => draft.change(typedIn(form, step)));
        }}
      >
        <div className={styles.stepHead}>
          <h2 ref={head} tabIndex={-1}>
            {t(`apply.step-${step.id}`)}
          </h2>
          <p className={styles.lead}>{t(`apply.lead-${step.id}`)}</p>
        </div>
        {application.request && step.id !== 'send' && <Notice tone="warning">{application.request.message}</Notice>}
        {step.fields.map((field) => (
          <FormField key={field.id} field={field} value={draft.answers[field.id]} error={refused(field.id)} />
        ))}
        {step.papers.map((rule) => (
          <PaperLine key={rule.kind} rule={rule} application={application} />
        ))}
        {step.id === 'send' && (
          <LastStep application={application} steps={steps} consent={changes ? null : consent} asked={asked} go={go} />
        )}
        {problem && step.id === 'send' && (
          <>
            <Trouble error={problem} />
            {problem instanceof ApiProblem && (
              <ul className={styles.missing}>
                {problem.problem.errors?.map((error) => (
                  <li key={`${error.field}-${error.code}`}>{error.reason}</li>
                ))}
              </ul>
            )}
          </>
        )}
        <div className={styles.deeds}>
          {at > 0 && (
            <Button kind="outline" onClick={() => go(steps[at - 1]!.id)}>
              <Icon name="back" /> {t('apply.back')}
            </Button>
          )}
          <Button type="submit" busy={busy}>
            {busy ? t('ui.sending') : <Verb application={application} next={steps[at + 1]?.id} changes={changes} />}
          </Button>
        </div>
      </form>
      <NextPanel category={category} />
    </div>
  );
}

function Verb({
  application,
  next,
  changes,
}: {
  application: Application;
  next: StepId | undefined;
  changes: boolean;
}) {
  const { t } = useWords();
  if (next)
    return (
      <>
        {t('apply.next', { step: t(`apply.step-${next}`) })} <Icon name="next" />
      </>
    );
  if (changes) return t('apply.send-change');
  return application.state === 'information-requested' ? t('accreditation.send-answer') : t('accreditation.submit');
}

/** The answers of this step as they stand; an emptied one is empty. */
function typedIn(form: HTMLFormElement, step: AskedStep): Record<string, string> {
  const data = new FormData(form);
  return Object.fromEntries(step.fields.map(({ id }) => [id, String(data.get(id) ?? '')]));
}

function Saved({ draft }: { draft: ReturnType<typeof useDraft> }) {
  const { t } = useWords();
  const { state, at } = draft.saved;
  if (state === 'not-yet')
    return (
      <p className={styles.saved} role="status">
        <Icon name="warning" /> {t('apply.not-saved')}{' '}
        <Button kind="quiet" onClick={() => void draft.flush().catch(() => undefined)}>
          {t('app.again')}
        </Button>
      </p>
    );
  return (
    <p className={`${styles.saved} quiet`} role="status">
      {state === 'saving'
        ? t('apply.saving')
        : at
          ? t('apply.saved-at', { time: venueTime(at, Intl.DateTimeFormat().resolvedOptions().timeZone) })
          : t('apply.saves-itself')}
    </p>
  );
}

function LastStep({
  application,
  steps,
  consent,
  asked,
  go,
}: {
  application: Application;
  steps: AskedStep[];
  consent: CategoryList['consent'];
  asked: boolean;
  go(id: StepId): void;
}) {
  const { t, language } = useWords();
  const open = steps.filter((step) => problemsOf(step, application.problems).length > 0);
  return (
    <>
      {open.map((step) => (
        <Notice key={step.id} tone={asked ? 'error' : 'warning'} title={t(`apply.step-${step.id}`)}>
          <ul>
            {problemsOf(step, application.problems).map((one) => (
              <li key={`${one.field}-${one.code}`}>{one.reason[language]}</li>
            ))}
          </ul>
          <Button kind="quiet" onClick={() => go(step.id)}>
            {t('apply.complete-it')}
          </Button>
        </Notice>
      ))}
      {open.length === 0 && <Notice tone="ok">{t('apply.all-there')}</Notice>}
      {application.state === 'information-requested' && (
        <TextArea label={t('accreditation.answer')} name="answer" maxLength={2000} rows={4} />
      )}
      {application.state === 'draft' && consent && (
        <div className={styles.consent}>
          <p>{t('apply.consent-plain')}</p>
          <CheckBox name="consent">{consent.text[language]}</CheckBox>
        </div>
      )}
    </>
  );
}

function NextPanel({ category }: { category: CategoryView }) {
  const { t, language, count } = useWords();
  const day = (instant: string) => formatDate(venueDate(new Date(instant), ZONE), language);
  return (
    <aside className={styles.next}>
      <div className={`${styles.nextCard} felt-ice`}>
        <div className={styles.nextArt}>
          <PosterArt
            id="accreditation"
            salt="next"
            family="cut"
            countries={4}
            minutes={80}
            format="wide"
            figure="mountain"
          />
        </div>
        <div className={styles.nextWords}>
          <h3>{t('apply.what-next')}</h3>
          <p className="small">{count('apply.read-within', category.terms.decisionDays)}</p>
          {category.closesAt && (
            <p className="small">
              <strong>{t('apply.until', { date: day(category.closesAt) })}</strong>
            </p>
          )}
          <p className="small">
            {category.fee ? t('apply.fee', { sum: formatMoney(category.fee) }) : t('apply.no-fee')}
          </p>
        </div>
      </div>
      <p className="small">
        <strong>{t('apply.who-reads')}</strong>
      </p>
      <p className="small quiet">{t('apply.who-reads-detail')}</p>
    </aside>
  );
}
