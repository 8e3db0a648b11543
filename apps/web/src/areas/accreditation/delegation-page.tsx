import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useParams } from 'react-router';
import type { DelegationMember } from '#libs/contracts';
import { formatShortDayTime, LANGUAGES } from '#libs/kernel';
import { addMembers, delegationQuery, remindMember, withdrawMember } from '../../api/accreditations-applicant.api';
import { ApiProblem } from '../../api/client';
import { useWords } from '../../i18n';
import { type Column, DataTable, Trouble, TwoLines } from '../../ui/data-table';
import { DropArea, QuotaBar } from '../../ui/drop-area';
import { Select, TextArea } from '../../ui/fields';
import { ConfirmDialog } from '../../ui/overlays';
import { Button, Field, Notice, StateWord, ui, Waiting } from '../../ui/parts';
import styles from './accreditation.module.css';
import { useStateWords } from './state-words';

const ZONE = 'Asia/Almaty';
const LANGUAGE_NAME = { kk: 'Қазақша', ru: 'Русский', en: 'English' } as const;

/** A leader's delegation: who is invited and how far each is, links sent again or taken back, members from a file or typed. */
export function DelegationPage() {
  const { t, language, count } = useWords();
  const { id = '' } = useParams();
  const client = useQueryClient();
  const stateWords = useStateWords();
  const { data, error } = useQuery(delegationQuery(id));
  const [leaving, setLeaving] = useState<DelegationMember>();
  const deed = useMutation({
    mutationFn: (work: () => Promise<unknown>) => work(),
    onSettled: () => client.invalidateQueries({ queryKey: delegationQuery(id).queryKey }),
  });
  if (error) return <Trouble error={error} />;
  if (!data) return <Waiting label={t('app.loading')} />;
  const step = (member: DelegationMember) => {
    if (member.step === 'invited') return { word: t('delegation.invited'), tone: 'info' as const };
    if (member.step === 'opened') return { word: t('delegation.opened'), tone: 'info' as const };
    return stateWords(member.step);
  };
  const columns: Column<DelegationMember>[] = [
    {
      id: 'name',
      title: t('delegation.member'),
      names: true,
      cell: (member) => (
        <TwoLines
          first={member.name}
          second={`${formatShortDayTime(new Date(member.invitedAt), ZONE, language)} · ${count('delegation.sent', member.round)}`}
        />
      ),
    },
    {
      id: 'step',
      title: t('delegation.step'),
      cell: (member) => (
        <StateWord tone={step(member).tone}>
          {step(member).word}
          {member.missing ? ` · ${count('delegation.missing', member.missing)}` : ''}
        </StateWord>
      ),
    },
    {
      id: 'deeds',
      title: t('delegation.link'),
      cell: (member) =>
        ['invited', 'opened', 'draft'].includes(member.step) && (
          <span className={styles.deeds}>
            <Button
              kind="quiet"
              aria-label={`${t('delegation.remind')}: ${member.name}`}
              onClick={() => deed.mutate(() => remindMember(id, member.id))}
            >
              {t('delegation.remind')}
            </Button>
            <Button
              kind="quiet"
              aria-label={`${t('delegation.withdraw')}: ${member.name}`}
              onClick={() => setLeaving(member)}
            >
              {t('delegation.withdraw')}
            </Button>
          </span>
        ),
    },
  ];
  return (
    <div className={ui.stack}>
      <h1>{data.name}</h1>
      <p>
        {data.categoryName[language]} · {count('delegation.per-screening', data.perScreening)}
      </p>
      <QuotaBar label={t('delegation.places')} used={data.members.length} of={data.places} />
      {deed.error && <Trouble error={deed.error} />}
      <DataTable
        caption={t('delegation.members')}
        columns={columns}
        rows={data.members}
        rowId={(member) => member.id}
        empty={{ title: t('delegation.nobody') }}
      />
      <AddMembers id={id} />
      <ConfirmDialog
        open={leaving !== undefined}
        title={t('delegation.withdraw-sure', { name: leaving?.name ?? '' })}
        verb={t('delegation.withdraw')}
        busy={deed.isPending}
        onClose={() => setLeaving(undefined)}
        onConfirm={() =>
          leaving && deed.mutate(() => withdrawMember(id, leaving.id), { onSettled: () => setLeaving(undefined) })
        }
      >
        <p>{t('delegation.withdraw-detail')}</p>
      </ConfirmDialog>
    </div>
  );
}

const cell = (text: string) => (/[",\n;]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

function AddMembers({ id }: { id: string }) {
  const { t, language, count } = useWords();
  const client = useQueryClient();
  const [csv, setCsv] = useState('');
  const add = useMutation({
    mutationFn: (text: string) => addMembers(id, text),
    onSuccess: () => setCsv(''),
    onSettled: () => client.invalidateQueries({ queryKey: delegationQuery(id).queryKey }),
  });
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const data = new FormData(form);
    const row = ['name', 'email', 'language'].map((field) => cell(String(data.get(field)).trim()));
    add.mutate(`name,email,language\n${row.join(',')}\n`, { onSuccess: () => form.reset() });
  }
  return (
    <section className={`${ui.stack} ${ui.narrow}`} aria-labelledby="add-members">
      <h2 id="add-members">{t('delegation.add')}</h2>
      {add.data && (
        <Notice tone="ok">
          {count('delegation.added', add.data.added)} {add.data.known > 0 && count('delegation.known', add.data.known)}
        </Notice>
      )}
      {add.error && (
        <>
          <Trouble error={add.error} />
          {add.error instanceof ApiProblem &&
            add.error.problem.errors?.map((one) => (
              <p key={`${one.field}-${one.code}`} className="small">
                {one.field}: {one.reason}
              </p>
            ))}
        </>
      )}
      <form className={styles.fields} onSubmit={submit}>
        <Field label={t('delegation.name')} name="name" required maxLength={120} autoComplete="off" />
        <Field label={t('field.email')} name="email" type="email" required autoComplete="off" />
        <Select label={t('delegation.language')} name="language" defaultValue={language}>
          {LANGUAGES.map((one) => (
            <option key={one} value={one}>
              {LANGUAGE_NAME[one]}
            </option>
          ))}
        </Select>
        <Button type="submit" kind="outline" busy={add.isPending}>
          {t('delegation.add-one')}
        </Button>
      </form>
      <DropArea
        label={t('delegation.file')}
        hint={t('delegation.file-hint')}
        accept=".csv,text/csv"
        onFiles={([file]) => void file?.text().then(setCsv)}
      />
      <TextArea
        label={t('delegation.rows')}
        value={csv}
        rows={6}
        onChange={(event) => setCsv(event.target.value)}
        hint={t('delegation.rows-hint')}
      />
      <div>
        <Button
          busy={add.isPending}
          aria-disabled={csv.trim() === '' || undefined}
          onClick={() => add.mutate(/^\s*name\b/i.test(csv) ? csv : `name,email,language\n${csv}`)}
        >
          {t('delegation.add-rows')}
        </Button>
      </div>
    </section>
  );
}
