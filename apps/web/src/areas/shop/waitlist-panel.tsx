import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent } from 'react';
import { Link } from 'react-router';
import { ApiProblem } from '../../api/client';
import { joinWaitlist, leaveWaitlist, myWaitlistQuery } from '../../api/places.api';
import { useSureDeed } from '../../api/sure-deed';
import { useWords } from '../../i18n';
import { useSession } from '../../session/use-session';
import { Button, buttonClass, Field, Notice, ui } from '../../ui/parts';

const MOST = 6;

/** Where a screening is sold out: a place in the line, alone or as a group that goes together. */
export function WaitlistPanel({ screeningId }: { screeningId: string }) {
  const { t, language } = useWords();
  const { person } = useSession();
  const client = useQueryClient();
  const { data: mine = [] } = useQuery(myWaitlistQuery);
  const entry = mine.find((one) => one.screeningId === screeningId && ['waiting', 'offered'].includes(one.state));
  const surely = useSureDeed<unknown>();
  const refresh = () => client.invalidateQueries({ queryKey: myWaitlistQuery.queryKey });
  const join = useMutation({
    mutationFn: (body: { seats: number; email: string }) =>
      surely((key) =>
        joinWaitlist(
          screeningId,
          { seats: body.seats, language, ...(person ? {} : { buyer: { email: body.email } }) },
          key,
        ),
      ),
    onSettled: refresh,
  });
  const leave = useMutation({ mutationFn: leaveWaitlist, onSettled: refresh });
  const problem = join.error ?? leave.error;
  if (entry)
    return (
      <section className={ui.stack} aria-label={t('waitlist.title')}>
        <Notice tone="ok" title={entry.offer ? t('waitlist.offered') : t('waitlist.waiting', { ahead: entry.ahead })}>
          {entry.offer && (
            <Link className={buttonClass()} to={`/offers/${entry.offer.id}`}>
              {t('offer.take')}
            </Link>
          )}
        </Notice>
        <Button kind="quiet" busy={leave.isPending} onClick={() => leave.mutate(entry.id)}>
          {t('waitlist.leave')}
        </Button>
      </section>
    );
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    join.mutate({ seats: Number(data.get('seats')), email: String(data.get('email') ?? '').trim() });
  }
  return (
    <form className={ui.stack} onSubmit={submit} aria-label={t('waitlist.title')}>
      <h2>{t('waitlist.title')}</h2>
      <p>{t('waitlist.lead')}</p>
      {problem && (
        <Notice tone="error">{problem instanceof ApiProblem ? problem.problem.title : t('app.no-answer')}</Notice>
      )}
      <Field label={t('waitlist.seats')} name="seats" type="number" min={1} max={MOST} defaultValue={1} required />
      {!person && <Field label={t('field.email')} name="email" type="email" required autoComplete="email" />}
      <Button type="submit" busy={join.isPending}>
        {t('waitlist.join')}
      </Button>
    </form>
  );
}
