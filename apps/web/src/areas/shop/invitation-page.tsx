import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { Link, useParams, useSearchParams } from 'react-router';
import type { Invitation } from '#libs/contracts';
import { formatShortDayTime } from '#libs/kernel';
import { ApiProblem } from '../../api/client';
import { answerInvitation, invitationQuery } from '../../api/places.api';
import { useWords } from '../../i18n';
import { Button, buttonClass, Field, Notice, ui, Waiting } from '../../ui/parts';
import { useTitle } from '../../ui/use-title';
import { Refused } from './refused';

/** An invitation by its personal link: yes with whom, or no. Looking at it changes nothing; only the answer is sent. */
export default function InvitationPage() {
  const { t, language } = useWords();
  const { invitationId = '' } = useParams();
  const [params] = useSearchParams();
  const key = params.get('key') ?? '';
  const { data: invitation, error } = useQuery(invitationQuery(invitationId, key));
  useTitle(t('invitation.title'));
  if (error && !invitation)
    return (
      <Refused error={error}>
        <Link className={buttonClass()} to="/">
          {t('nav.programme')}
        </Link>
      </Refused>
    );
  if (!invitation) return <Waiting label={t('app.loading')} />;
  return (
    <div className={ui.page}>
      <h1>{t('invitation.title')}</h1>
      <div className={`${ui.narrow} ${ui.stack}`}>
        {invitation.name && <p>{invitation.name}</p>}
        <div>
          <h2>{invitation.title[language]}</h2>
          <p>{formatShortDayTime(new Date(invitation.startsAt), invitation.timezone, language)}</p>
          <p className="quiet">
            {invitation.venue[language]}, {invitation.hall[language]}
          </p>
        </div>
        <Answer invitation={invitation} invitationKey={key} />
      </div>
    </div>
  );
}

function Answer({ invitation, invitationKey: key }: { invitation: Invitation; invitationKey: string }) {
  const { t, language } = useWords();
  const client = useQueryClient();
  const answer = useMutation({
    mutationFn: (body: { answer: 'accept' | 'decline'; companions?: string[] }) =>
      answerInvitation(invitation.id, { key, ...body }),
    onSuccess: (now) => client.setQueryData(invitationQuery(invitation.id, key).queryKey, now),
  });
  if (invitation.state === 'released') return <Notice tone="warning">{t('invitation.released')}</Notice>;
  const along = Array.from({ length: invitation.places - 1 }, (_, i) => `companion-${i}`);
  function accept(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const companions = along.map((name) => String(data.get(name) ?? '').trim()).filter((name) => name !== '');
    answer.mutate({ answer: 'accept', companions });
  }
  const until = formatShortDayTime(new Date(invitation.respondBy), invitation.timezone, language);
  return (
    <form className={ui.stack} onSubmit={accept}>
      {invitation.state === 'accepted' && <Notice tone="ok">{t('invitation.accepted')}</Notice>}
      {invitation.state === 'declined' && <Notice>{t('invitation.declined')}</Notice>}
      {invitation.seats.length > 0 && (
        <ul>
          {invitation.seats.map(({ row, seat }) => (
            <li key={`${row} ${seat}`}>
              {t('map.row', { row })}, {t('map.seat', { seat })}
            </li>
          ))}
        </ul>
      )}
      {answer.error && (
        <Notice tone="error">
          {answer.error instanceof ApiProblem ? answer.error.problem.title : t('app.no-answer')}
        </Notice>
      )}
      {along.map((name, i) => (
        <Field
          key={name}
          label={t('invitation.companion')}
          name={name}
          maxLength={120}
          autoComplete="off"
          defaultValue={invitation.companions[i] ?? ''}
        />
      ))}
      <p className="small quiet">{t('invitation.until', { time: until })}</p>
      <Button type="submit" wide busy={answer.isPending}>
        {t('invitation.accept')}
      </Button>
      <Button kind="outline" wide busy={answer.isPending} onClick={() => answer.mutate({ answer: 'decline' })}>
        {t('invitation.decline')}
      </Button>
    </form>
  );
}
