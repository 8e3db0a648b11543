import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import type { CategoryView, PrintFormat } from '#libs/contracts';
import { COUNTRY_CODES, conditionHolds, countingAnswers, type Language } from '#libs/kernel';
import { categoriesQuery } from '../../../api/accreditations-applicant.api';
import { beginWalkUp, deskPdf, issueWalkUp, walkUpEvidence } from '../../../api/accreditations-office.api';
import { ApiProblem } from '../../../api/client';
import { useWords } from '../../../i18n';
import { countryName } from '../../../i18n/places';
import { Trouble } from '../../../ui/data-table';
import { CheckBox, Select, TextArea } from '../../../ui/fields';
import { Icon } from '../../../ui/icon';
import { Button, buttonClass, Field, Notice, Waiting } from '../../../ui/parts';
import { Camera } from './camera';
import styles from './desk.module.css';
import page from './office-accreditation.module.css';
import { useStateWords } from './review-words';

const TYPES: Record<string, string> = { phone: 'tel', url: 'url', date: 'date' };

/** Accredits whoever stands at the desk: answers, photo, decision and card in one screen, within the same quotas. */
export function WalkUp({ edition, format, onFind }: { edition: string; format: PrintFormat; onFind(): void }) {
  const { t, language } = useWords();
  const stateWords = useStateWords();
  const { data } = useQuery(categoriesQuery(edition));
  const [chosen, setChosen] = useState('');
  const [answers, setAnswers] = useState<Record<string, string>>({});
  const [photo, setPhoto] = useState<File>();
  const [papers, setPapers] = useState<Record<string, File>>({});
  const [nth, setNth] = useState(0);
  const sent = useRef(new Map<string, File>());
  const category = data?.categories.find((one) => one.id === chosen) ?? data?.categories[0];
  const portrait = category?.evidence.find((rule) => rule.portrait);
  const issue = useMutation({
    mutationFn: async (form: FormData) => {
      const fields = Object.fromEntries(
        category!.form.flatMap(({ id }) => {
          const value = String(form.get(id) ?? '').trim();
          return value ? [[id, value]] : [];
        }),
      );
      const { applicationId } = await beginWalkUp({
        editionId: edition,
        category: category!.id,
        email: String(form.get('email')).trim(),
        language: String(form.get('language')) as Language,
        fields,
      });
      const files = { ...papers, ...(portrait && photo && { [portrait.kind]: photo }) };
      for (const [kind, file] of Object.entries(files)) {
        if (sent.current.get(`${applicationId}/${kind}`) === file) continue;
        await walkUpEvidence(applicationId, kind, file, String(form.get(`date-${kind}`) ?? '') || undefined);
        sent.current.set(`${applicationId}/${kind}`, file);
      }
      const reason = String(form.get('reason') ?? '').trim();
      const override = form.get('override') !== null;
      return issueWalkUp(applicationId, {
        format,
        ...(reason && { reason }),
        ...(override && { override }),
        ...(form.get('consent') && data?.consent && { consent: { version: data.consent.version } }),
      });
    },
  });
  if (!data || !category) return <Waiting label={t('app.loading')} />;
  const done = issue.data;
  if (done)
    return (
      <div className={page.card}>
        <Notice
          tone={done.badge ? 'ok' : 'warning'}
          title={done.badge ? t('desk.issued', { code: done.badge.shortCode }) : stateWords(done.state).word}
        />
        <div className={page.verbs}>
          {done.print && (
            <a className={buttonClass()} href={deskPdf(done.print.id)} target="_blank" rel="noreferrer">
              <Icon name="print" /> {t('desk.print')}
            </a>
          )}
          <Button
            kind="outline"
            onClick={() => {
              issue.reset();
              setAnswers({});
              setPhoto(undefined);
              setPapers({});
              setNth(nth + 1);
            }}
          >
            {t('desk.next-person')}
          </Button>
          <Button kind="quiet" onClick={onFind}>
            {t('desk.find')}
          </Button>
        </div>
      </div>
    );
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    issue.mutate(new FormData(event.currentTarget));
  }
  const counting = countingAnswers(category.form, answers);
  const problem = issue.error instanceof ApiProblem ? issue.error : undefined;
  return (
    <form
      key={nth}
      className={styles.walkUp}
      noValidate
      onSubmit={submit}
      onChange={(event) =>
        setAnswers(
          Object.fromEntries([...new FormData(event.currentTarget)].map(([name, value]) => [name, String(value)])),
        )
      }
    >
      <div className={styles.side}>
        {portrait && <Camera photo={photo} onPhoto={setPhoto} />}
        {category.evidence
          .filter((rule) => !rule.portrait && rule.required && conditionHolds(rule.when, counting))
          .map((rule) => (
            <div key={rule.kind} className={styles.paper}>
              <Field
                label={rule.name[language]}
                type="file"
                accept={rule.types.join(',')}
                onChange={(event) => {
                  const file = event.target.files?.[0];
                  if (file) setPapers({ ...papers, [rule.kind]: file });
                }}
              />
              {rule.maxAgeDays !== undefined && (
                <Field label={t('desk.paper-date')} type="date" name={`date-${rule.kind}`} />
              )}
            </div>
          ))}
      </div>
      <div className={styles.answers}>
        <Select
          label={t('decide.category')}
          value={category.id}
          name="category"
          onChange={(event) => setChosen(event.target.value)}
        >
          {data.categories.map((one) => (
            <option key={one.id} value={one.id}>
              {one.name[language]}
            </option>
          ))}
        </Select>
        <div className={page.fields}>
          <Field label={t('field.email')} name="email" type="email" required error={problem?.field('email')} />
          <Select label={t('group.language')} name="language" defaultValue={language}>
            <option value="kk">Қазақша</option>
            <option value="ru">Русский</option>
            <option value="en">English</option>
          </Select>
          {category.form
            .filter((field) => conditionHolds(field.when, counting))
            .map((field) => (
              <Answer key={field.id} field={field} error={problem?.field(`fields/${field.id}`)} />
            ))}
        </div>
        {data.consent && <CheckBox name="consent">{t('desk.consent')}</CheckBox>}
        <TextArea label={t('desk.reason')} name="reason" rows={2} maxLength={1000} />
        <CheckBox name="override">{t('decide.override')}</CheckBox>
        {issue.error && <Trouble error={issue.error} />}
        {problem?.problem.errors?.map((one) => (
          <p key={`${one.field}-${one.code}`} className="small">
            {one.reason}
          </p>
        ))}
        <div>
          <Button type="submit" busy={issue.isPending}>
            {issue.isPending ? t('ui.sending') : t('desk.issue')}
          </Button>
        </div>
      </div>
    </form>
  );
}

function Answer({ field, error }: { field: CategoryView['form'][number]; error: string | undefined }) {
  const { t, language } = useWords();
  const label = field.required ? field.label[language] : `${field.label[language]} · ${t('desk.optional')}`;
  if (field.kind === 'equipment' || field.kind === 'crew') return null;
  const options =
    field.kind === 'choice'
      ? (field.choices ?? []).map((choice) => ({ id: choice.id, name: choice.name[language] }))
      : field.kind === 'country'
        ? COUNTRY_CODES.map((id) => ({ id, name: countryName(id, language) }))
        : field.kind === 'yes-no'
          ? [
              { id: 'no', name: t('field.no') },
              { id: 'yes', name: t('field.yes') },
            ]
          : undefined;
  if (options)
    return (
      <Select label={label} name={field.id} defaultValue={field.kind === 'country' ? 'KZ' : undefined} error={error}>
        {!field.required && <option value="">—</option>}
        {options.map((option) => (
          <option key={option.id} value={option.id}>
            {option.name}
          </option>
        ))}
      </Select>
    );
  return (
    <Field
      label={label}
      name={field.id}
      type={TYPES[field.kind] ?? 'text'}
      maxLength={field.kind === 'date' ? undefined : field.maxLength}
      autoComplete="off"
      error={error}
    />
  );
}
