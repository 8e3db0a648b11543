import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { StaffInvited, StaffMember, StaffRole } from '#libs/contracts';
import type { Language } from '#libs/kernel';
import { ApiProblem } from '../../../api/client';
import { inviteStaff, renewPasswordLink, setStaffRoles, signOutStaff, staffQuery } from '../../../api/house.api';
import { useWords } from '../../../i18n';
import { useSession } from '../../../session/use-session';
import { type Column, DataTable, Trouble, TwoLines } from '../../../ui/data-table';
import { CheckBox, Select } from '../../../ui/fields';
import { Icon } from '../../../ui/icon';
import { ListAndPanel, PageHead } from '../../../ui/overlays';
import { Button, Field, Notice, StateWord, ui } from '../../../ui/parts';
import { useToast } from '../../../ui/toast';
import { useTitle } from '../../../ui/use-title';
import { useEdition } from '../use-edition';
import styles from './people.module.css';

const ROLES = [
  'admin',
  'programmer',
  'accreditation-officer',
  'box-office',
  'gate',
  'house-manager',
  'finance',
] as const;
type RoleName = (typeof ROLES)[number];
const NEW = 'new';

/** Who works here and what each may do. */
export default function PeopleSection() {
  const { t } = useWords();
  useTitle(t('office.people'));
  const [open, setOpen] = useState<string | null>(null);
  const { data, error, refetch } = useQuery(staffQuery);
  const columns: Column<StaffMember>[] = [
    {
      id: 'who',
      title: t('people.name'),
      names: true,
      cell: (one) => <TwoLines first={one.name || one.email} second={one.email} />,
    },
    {
      id: 'roles',
      title: t('people.roles'),
      cell: (one) => [...new Set(one.roles.map(({ role }) => t(`people.role-${role}`)))].join(', '),
    },
    {
      id: 'state',
      title: t('people.state'),
      cell: (one) =>
        one.active ? (
          <StateWord tone={one.twoFactor ? 'ok' : 'info'}>
            {one.twoFactor ? t('people.two-factor') : t('people.password-only')}
          </StateWord>
        ) : (
          <StateWord tone="warning">{t('people.invited')}</StateWord>
        ),
    },
    { id: 'sessions', title: t('people.sessions'), figures: true, cell: (one) => one.sessions },
  ];
  const chosen = data?.staff.find((one) => one.id === open);
  return (
    <ListAndPanel
      label={t('people.member')}
      onBack={() => setOpen(null)}
      panel={open === NEW ? <Invite /> : chosen ? <Member key={chosen.id} member={chosen} /> : null}
      list={
        <>
          <PageHead title={t('office.people')} lead={t('people.lead')}>
            <Button onClick={() => setOpen(NEW)}>
              <Icon name="plus" /> {t('people.invite')}
            </Button>
          </PageHead>
          <DataTable
            caption={t('office.people')}
            columns={columns}
            rows={data?.staff}
            rowId={(one) => one.id}
            rowName={(one) => one.name || one.email}
            error={error}
            onRetry={() => void refetch()}
            empty={{ title: t('people.none') }}
            open={{ id: open, onOpen: setOpen }}
          />
        </>
      }
    />
  );
}

function RoleBoxes({
  chosen,
  everywhere,
  onChange,
}: {
  chosen: RoleName[];
  everywhere: boolean;
  onChange(chosen: RoleName[], everywhere: boolean): void;
}) {
  const { t } = useWords();
  return (
    <fieldset className={styles.roles}>
      <legend className={ui.label}>{t('people.roles')}</legend>
      {ROLES.map((role) => (
        <CheckBox
          key={role}
          checked={chosen.includes(role)}
          hint={t(`people.may-${role}`)}
          onChange={(event) =>
            onChange(event.target.checked ? [...chosen, role] : chosen.filter((one) => one !== role), everywhere)
          }
        >
          {t(`people.role-${role}`)}
        </CheckBox>
      ))}
      <CheckBox checked={everywhere} onChange={(event) => onChange(chosen, event.target.checked)}>
        {t('people.every-edition')}
      </CheckBox>
    </fieldset>
  );
}

function rolesOf(chosen: RoleName[], everywhere: boolean, edition: string): StaffRole[] {
  return chosen.map((role) => ({ role, editionId: everywhere ? null : edition }));
}

/** The link stands here once: nobody can read it again. */
function HandOver({ invited }: { invited: StaffInvited }) {
  const { t } = useWords();
  const tell = useToast();
  return (
    <Notice tone="ok" title={t('people.hand-over', { who: invited.member.name || invited.member.email })}>
      <p className={styles.link}>{invited.link}</p>
      <p>{t('people.hand-over-lead')}</p>
      <Button
        kind="outline"
        onClick={() => void navigator.clipboard.writeText(invited.link).then(() => tell({ words: t('people.copied') }))}
      >
        <Icon name="link" /> {t('people.copy')}
      </Button>
    </Notice>
  );
}

function Invite() {
  const { t, language } = useWords();
  const client = useQueryClient();
  const { id: edition } = useEdition();
  const [form, setForm] = useState({ name: '', email: '', language: language as Language });
  const [roles, setRoles] = useState<RoleName[]>([]);
  const [everywhere, setEverywhere] = useState(false);
  const invite = useMutation({
    mutationFn: () => inviteStaff({ ...form, roles: rolesOf(roles, everywhere, edition) }),
    onSuccess: () => client.invalidateQueries({ queryKey: staffQuery.queryKey }),
  });
  const problem = invite.error instanceof ApiProblem ? invite.error : undefined;
  if (invite.data) return <HandOver invited={invite.data} />;
  return (
    <form
      className={ui.stack}
      onSubmit={(event) => {
        event.preventDefault();
        if (roles.length > 0) invite.mutate();
      }}
    >
      <h2>{t('people.invite')}</h2>
      <Field
        label={t('people.name')}
        value={form.name}
        required
        autoComplete="off"
        error={problem?.field('name')}
        onChange={(event) => setForm({ ...form, name: event.target.value })}
      />
      <Field
        label={t('people.email')}
        type="email"
        value={form.email}
        required
        autoComplete="off"
        error={problem?.field('email')}
        onChange={(event) => setForm({ ...form, email: event.target.value })}
      />
      <Select
        label={t('people.language')}
        value={form.language}
        onChange={(event) => setForm({ ...form, language: event.target.value as Language })}
      >
        <option value="kk">Қазақша</option>
        <option value="ru">Русский</option>
        <option value="en">English</option>
      </Select>
      <RoleBoxes
        chosen={roles}
        everywhere={everywhere}
        onChange={(chosen, all) => {
          setRoles(chosen);
          setEverywhere(all);
        }}
      />
      {invite.error && <Trouble error={invite.error} />}
      <Button type="submit" busy={invite.isPending} aria-disabled={roles.length === 0}>
        {t('people.make-link')}
      </Button>
    </form>
  );
}

function Member({ member }: { member: StaffMember }) {
  const { t } = useWords();
  const client = useQueryClient();
  const tell = useToast();
  const { person } = useSession();
  const { id: edition } = useEdition();
  const [roles, setRoles] = useState<RoleName[]>([...new Set(member.roles.map(({ role }) => role))]);
  const [everywhere, setEverywhere] = useState(member.roles.some(({ editionId }) => editionId === null));
  const fresh = () => client.invalidateQueries({ queryKey: staffQuery.queryKey });
  const save = useMutation({
    mutationFn: (wanted: StaffRole[]) => setStaffRoles(member.id, { roles: wanted }),
    onSuccess: async () => {
      await fresh();
      tell({ words: t('people.saved'), undo: () => save.mutate(member.roles) });
    },
  });
  const link = useMutation({ mutationFn: () => renewPasswordLink(member.id), onSuccess: fresh });
  const out = useMutation({ mutationFn: () => signOutStaff(member.id), onSuccess: fresh });
  const trouble = save.error ?? link.error ?? out.error;
  return (
    <div className={ui.stack}>
      <h2>{member.name || member.email}</h2>
      <p className="quiet">{member.email}</p>
      {person?.id === member.id && <Notice title={t('people.yourself')} />}
      <RoleBoxes
        chosen={roles}
        everywhere={everywhere}
        onChange={(chosen, all) => {
          setRoles(chosen);
          setEverywhere(all);
        }}
      />
      {trouble && <Trouble error={trouble} />}
      <Button busy={save.isPending} onClick={() => save.mutate(rolesOf(roles, everywhere, edition))}>
        {t('people.save-roles')}
      </Button>
      {link.data ? (
        <HandOver invited={link.data} />
      ) : (
        <Button kind="outline" busy={link.isPending} onClick={() => link.mutate()}>
          {t('people.new-link')}
        </Button>
      )}
      <Button kind="outline" busy={out.isPending} onClick={() => out.mutate()}>
        {t('people.sign-out')}
      </Button>
    </div>
  );
}
