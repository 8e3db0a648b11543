import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Link } from 'react-router';
import type { InboxNote, PreferencesView } from '#libs/contracts';
import { formatShortDayTime } from '#libs/kernel';
import {
  changePreferences,
  confirmPhone,
  givePhone,
  inboxQuery,
  linkTelegram,
  preferencesQuery,
  readInbox,
} from '../../api/notifications-inbox.api';
import { useWords } from '../../i18n';
import { Trouble } from '../../ui/data-table';
import { CheckBox } from '../../ui/fields';
import { Button, Empty, Field, Notice, ui, Waiting } from '../../ui/parts';
import styles from './accreditation.module.css';
import { useInbox } from './use-inbox';

const ZONE = 'Asia/Almaty';

/** Everything that the festival told this person, newest first; and where else such messages go. */
export function MessagesPage() {
  const { t } = useWords();
  const client = useQueryClient();
  const { data, error, refetch } = useInbox(true);
  const read = useMutation({
    mutationFn: readInbox,
    onSettled: () => client.invalidateQueries({ queryKey: ['inbox'] }),
  });
  const newest = data?.notes[0];
  return (
    <div className={styles.messages}>
      <section className={ui.stack}>
        <h1>{t('portal.messages')}</h1>
        {error && <Trouble error={error} onRetry={() => void refetch()} />}
        {!data && !error && <Waiting label={t('app.loading')} />}
        {data?.notes.length === 0 && <Empty title={t('messages.none')} />}
        {data && data.unread > 0 && newest && (
          <div>
            <Button kind="outline" busy={read.isPending} onClick={() => read.mutate(newest.number)}>
              {t('messages.read-all')}
            </Button>
          </div>
        )}
        <ul>
          {data?.notes.map((note) => (
            <Note key={note.number} note={note} />
          ))}
        </ul>
        {data && data.notes.length === 30 && <Older before={data.notes.at(-1)!.number} />}
      </section>
      <Preferences />
    </div>
  );
}

function Older({ before }: { before: number }) {
  const { t, language } = useWords();
  const [open, setOpen] = useState(false);
  const { data } = useQuery({ ...inboxQuery(language, before), enabled: open });
  if (!open)
    return (
      <div>
        <Button kind="outline" onClick={() => setOpen(true)}>
          {t('ui.more')}
        </Button>
      </div>
    );
  return (
    <>
      <ul>
        {data?.notes.map((note) => (
          <Note key={note.number} note={note} />
        ))}
      </ul>
      {data?.notes.length === 30 && <Older before={data.notes.at(-1)!.number} />}
    </>
  );
}

function Note({ note }: { note: InboxNote }) {
  const { t, language } = useWords();
  const here = new URL(note.link, window.location.origin);
  return (
    <li className={styles.note} data-unread={note.readAt === null || undefined}>
      <h2 className={styles.rowTitle}>{note.title}</h2>
      <p>{note.text}</p>
      <p className="small quiet">
        {note.readAt === null && <strong>{t('messages.new')} · </strong>}
        {formatShortDayTime(new Date(note.at), ZONE, language)} ·{' '}
        <Link to={`${here.pathname}${here.search}`}>{t('messages.open')}</Link>
      </p>
    </li>
  );
}

function Preferences() {
  const { t } = useWords();
  const client = useQueryClient();
  const { data, error } = useQuery(preferencesQuery);
  const change = useMutation({
    mutationFn: changePreferences,
    onSuccess: (view) => client.setQueryData(preferencesQuery.queryKey, view),
  });
  if (error) return <Trouble error={error} />;
  if (!data) return null;
  const set = (part: Partial<PreferencesView>) =>
    change.mutate({ classes: data.classes, telegram: data.telegram, sms: data.sms, ...part });
  return (
    <section className={ui.stack} aria-labelledby="preferences">
      <h2 id="preferences">{t('messages.preferences')}</h2>
      <p className="small quiet">{t('messages.always')}</p>
      <div>
        <CheckBox
          checked={data.classes.booking}
          onChange={(event) => set({ classes: { ...data.classes, booking: event.target.checked } })}
        >
          {t('messages.booking')}
        </CheckBox>
        <CheckBox
          checked={data.classes.reminder}
          onChange={(event) => set({ classes: { ...data.classes, reminder: event.target.checked } })}
        >
          {t('messages.reminder')}
        </CheckBox>
        {data.offered.includes('telegram') && data.telegramLinked && (
          <CheckBox checked={data.telegram} onChange={(event) => set({ telegram: event.target.checked })}>
            {t('messages.telegram')}
          </CheckBox>
        )}
        {data.offered.includes('sms') && data.phone && (
          <CheckBox checked={data.sms} onChange={(event) => set({ sms: event.target.checked })} hint={data.phone}>
            {t('messages.sms')}
          </CheckBox>
        )}
      </div>
      {change.error && <Trouble error={change.error} />}
      {change.isSuccess && <Notice tone="ok">{t('messages.kept')}</Notice>}
      {data.offered.includes('telegram') && !data.telegramLinked && <Telegram />}
      {data.offered.includes('sms') && !data.phone && <Phone />}
    </section>
  );
}

function Telegram() {
  const { t } = useWords();
  const link = useMutation({ mutationFn: linkTelegram });
  return (
    <div className={ui.stack}>
      {link.data ? (
        <p>
          <a href={link.data.url} target="_blank" rel="noreferrer">
            {t('messages.telegram-open')}
          </a>{' '}
          {t('messages.telegram-code', { code: link.data.code })}
        </p>
      ) : (
        <div>
          <Button kind="outline" busy={link.isPending} onClick={() => link.mutate()}>
            {t('messages.telegram-link')}
          </Button>
        </div>
      )}
      {link.error && <Trouble error={link.error} />}
    </div>
  );
}

function Phone() {
  const { t } = useWords();
  const client = useQueryClient();
  const give = useMutation({ mutationFn: givePhone });
  const confirm = useMutation({
    mutationFn: confirmPhone,
    onSuccess: () => client.invalidateQueries({ queryKey: preferencesQuery.queryKey }),
  });
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    if (give.isSuccess) confirm.mutate(String(data.get('code')).trim());
    else give.mutate(String(data.get('phone')).replace(/[^\d+]/g, ''));
  }
  return (
    <form className={ui.stack} onSubmit={submit}>
      <Field label={t('messages.phone')} hint={t('messages.phone-hint')} name="phone" type="tel" defaultValue="+7" />
      {give.isSuccess && <Field label={t('messages.code')} name="code" inputMode="numeric" maxLength={6} />}
      {(give.error ?? confirm.error) && <Trouble error={(give.error ?? confirm.error)!} />}
      <div>
        <Button type="submit" kind="outline" busy={give.isPending || confirm.isPending}>
          {give.isSuccess ? t('messages.confirm') : t('messages.send-code')}
        </Button>
      </div>
    </form>
  );
}
