import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { Delegation, DelegationMember } from '#libs/contracts';
import { LANGUAGES, type Language } from '#libs/kernel';
import { addMembers, categoriesQuery } from '../../../api/accreditations-applicant.api';
import {
  invitedQuery,
  invitePeople,
  officeDelegationsQuery,
  openDelegation,
} from '../../../api/accreditations-office.api';
import { useWords } from '../../../i18n';
import { Tabs } from '../../../ui/choices';
import { type Column, DataTable, Trouble, TwoLines } from '../../../ui/data-table';
import { DropArea, QuotaBar } from '../../../ui/drop-area';
import { Select } from '../../../ui/fields';
import { PageHead } from '../../../ui/overlays';
import { Button, Field, Notice, StateWord, ui } from '../../../ui/parts';
import { useTitle } from '../../../ui/use-title';
import { useEdition } from '../use-edition';
import styles from './office-accreditation.module.css';
import { useStateWords } from './review-words';

const LANGUAGE_NAME: Record<Language, string> = { kk: 'Қазақша', ru: 'Русский', en: 'English' };

function useStep() {
  const { t } = useWords();
  const stateWords = useStateWords();
  return (member: DelegationMember) => {
    if (member.step === 'invited' || member.step === 'opened' || member.step === 'draft')
      return { word: t(`group.${member.step}`), tone: 'info' as const };
    return stateWords(member.step);
  };
}

/** Delegations with their leaders, and people whom the festival invites itself. */
export function DelegationsPage() {
  const { t } = useWords();
  useTitle(t('acc.page-delegations'));
  const { id: edition } = useEdition();
  const [tab, setTab] = useState<'delegations' | 'invited'>('delegations');
  return (
    <div className={styles.page}>
      <PageHead title={t('acc.page-delegations')} lead={t('group.lead')} />
      <Tabs<'delegations' | 'invited'>
        label={t('acc.page-delegations')}
        value={tab}
        onChoose={setTab}
        tabs={[
          { value: 'delegations', label: t('group.delegations') },
          { value: 'invited', label: t('group.invited-people') },
        ]}
      >
        <div className={styles.tab}>
          {tab === 'delegations' ? <Delegations edition={edition} /> : <Invited edition={edition} />}
        </div>
      </Tabs>
    </div>
  );
}

function CategorySelect({ edition }: { edition: string }) {
  const { t, language } = useWords();
  const { data } = useQuery(categoriesQuery(edition));
  return (
    <Select label={t('decide.category')} name="category">
      {data?.categories.map((category) => (
        <option key={category.id} value={category.id}>
          {category.name[language]}
        </option>
      ))}
    </Select>
  );
}

function LanguageSelect() {
  const { t, language } = useWords();
  return (
    <Select label={t('group.language')} name="language" defaultValue={language}>
      {LANGUAGES.map((one) => (
        <option key={one} value={one}>
          {LANGUAGE_NAME[one]}
        </option>
      ))}
    </Select>
  );
}

function Delegations({ edition }: { edition: string }) {
  const { t, language, count } = useWords();
  const client = useQueryClient();
  const { data, error } = useQuery(officeDelegationsQuery(edition));
  const [chosen, setChosen] = useState<string>();
  const refresh = () => client.invalidateQueries({ queryKey: officeDelegationsQuery(edition).queryKey });
  const open = useMutation({
    mutationFn: (body: Parameters<typeof openDelegation>[1]) => openDelegation(edition, body),
    onSettled: refresh,
  });
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const data = new FormData(form);
    const text = (name: string) => String(data.get(name)).trim();
    open.mutate(
      {
        name: text('name'),
        category: text('category'),
        places: Number(data.get('places')),
        perScreening: Number(data.get('perScreening')),
        leader: { name: text('leader'), email: text('email'), language: text('language') as Language },
      },
      { onSuccess: () => form.reset() },
    );
  }
  const columns: Column<Delegation>[] = [
    {
      id: 'name',
      title: t('group.name'),
      names: true,
      cell: (one) => <TwoLines first={one.name} second={one.categoryName[language]} />,
    },
    {
      id: 'places',
      title: t('group.members'),
      cell: (one) => <QuotaBar label="" used={one.members.length} of={one.places} />,
    },
    {
      id: 'ready',
      title: t('group.ready'),
      figures: true,
      cell: (one) => one.members.filter((member) => member.step === 'approved').length,
    },
  ];
  const shown = data?.delegations.find((one) => one.id === chosen);
  return (
    <div className={ui.stack}>
      <DataTable
        caption={t('group.delegations')}
        columns={columns}
        rows={data?.delegations}
        error={error}
        rowId={(one) => one.id}
        rowName={(one) => one.name}
        open={{ id: chosen ?? null, onOpen: setChosen }}
        empty={{ title: t('group.none') }}
      />
      {shown && <Members delegation={shown} onAdded={refresh} />}
      <form className={styles.card} onSubmit={submit}>
        <h2>{t('group.open-one')}</h2>
        <div className={styles.fields}>
          <Field label={t('group.name')} name="name" required maxLength={120} />
          <CategorySelect edition={edition} />
          <Field label={t('group.places')} name="places" type="number" min={1} max={500} defaultValue={10} required />
          <Field
            label={t('group.per-screening')}
            name="perScreening"
            type="number"
            min={0}
            max={500}
            defaultValue={4}
            required
          />
          <Field label={t('group.leader')} name="leader" required maxLength={120} />
          <Field label={t('field.email')} name="email" type="email" required />
          <LanguageSelect />
        </div>
        {open.error && <Trouble error={open.error} />}
        {open.data && <Notice tone="ok">{t('group.opened-one', { name: open.data.name })}</Notice>}
        <div>
          <Button type="submit" busy={open.isPending}>
            {t('group.open-verb')}
          </Button>
        </div>
        <p className="small quiet">{count('group.hint', 1)}</p>
      </form>
    </div>
  );
}

function Members({ delegation, onAdded }: { delegation: Delegation; onAdded(): Promise<unknown> }) {
  const { t, count } = useWords();
  const step = useStep();
  const add = useMutation({ mutationFn: (csv: string) => addMembers(delegation.id, csv), onSettled: onAdded });
  return (
    <section className={styles.card} aria-label={delegation.name}>
      <h2>{delegation.name}</h2>
      <MemberTable members={delegation.members} step={step} />
      <DropArea
        label={t('group.file')}
        hint={t('group.file-hint')}
        accept=".csv,text/csv"
        busy={add.isPending}
        onFiles={([file]) => void file?.text().then((csv) => add.mutate(csv))}
      />
      {add.error && <Trouble error={add.error} />}
      {add.data && <Notice tone="ok">{count('group.added', add.data.added)}</Notice>}
    </section>
  );
}

function MemberTable({ members, step }: { members: DelegationMember[] | undefined; step: ReturnType<typeof useStep> }) {
  const { t, count } = useWords();
  return (
    <DataTable
      caption={t('group.members')}
      columns={[
        { id: 'name', title: t('decide.who'), names: true, cell: (member) => member.name },
        {
          id: 'step',
          title: t('decide.state'),
          cell: (member) => <StateWord tone={step(member).tone}>{step(member).word}</StateWord>,
        },
        {
          id: 'missing',
          title: t('group.missing'),
          cell: (member) => (member.missing ? count('group.lacks', member.missing) : ''),
        },
      ]}
      rows={members}
      rowId={(member) => member.id}
      empty={{ title: t('group.nobody') }}
    />
  );
}

function Invited({ edition }: { edition: string }) {
  const { t } = useWords();
  const client = useQueryClient();
  const step = useStep();
  const { data, error } = useQuery(invitedQuery(edition));
  const invite = useMutation({
    mutationFn: (body: Parameters<typeof invitePeople>[1]) => invitePeople(edition, body),
    onSettled: () => client.invalidateQueries({ queryKey: invitedQuery(edition).queryKey }),
  });
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const data = new FormData(form);
    const text = (name: string) => String(data.get(name)).trim();
    invite.mutate(
      {
        category: text('category'),
        people: [{ name: text('name'), email: text('email'), language: text('language') as Language }],
      },
      { onSuccess: () => form.reset() },
    );
  }
  return (
    <div className={ui.stack}>
      {error && <Trouble error={error} />}
      <MemberTable members={data?.invited} step={step} />
      <form className={styles.card} onSubmit={submit}>
        <h2>{t('group.invite-one')}</h2>
        <div className={styles.fields}>
          <Field label={t('group.person')} name="name" required maxLength={120} />
          <Field label={t('field.email')} name="email" type="email" required />
          <CategorySelect edition={edition} />
          <LanguageSelect />
        </div>
        {invite.error && <Trouble error={invite.error} />}
        {invite.isSuccess && <Notice tone="ok">{t('group.invited-one')}</Notice>}
        <div>
          <Button type="submit" busy={invite.isPending}>
            {t('group.invite-verb')}
          </Button>
        </div>
      </form>
    </div>
  );
}
