import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent } from 'react';
import type { IssuedTicket, Order } from '#libs/contracts';
import { ApiProblem } from '../../api/client';
import { useSureDeed } from '../../api/sure-deed';
import { type OrderRef, orderQuery, transferTicket } from '../../api/tickets-orders.api';
import { useWords } from '../../i18n';
import { Button, Dialog, Field, Notice, ui } from '../../ui/parts';

interface Props {
  order: OrderRef;
  ticket: IssuedTicket;
  open: boolean;
  onClose(): void;
}

/** A ticket becomes somebody else's; what that means stands above the button. */
export function TransferDialog({ order, ticket, open, onClose }: Props) {
  const { t, language } = useWords();
  const client = useQueryClient();
  const surely = useSureDeed<Order>();
  const give = useMutation({
    mutationFn: (to: { email: string; name?: string }) =>
      surely((key) => transferTicket(order, ticket.id, { to, language }, key)),
    onSuccess: (now) => client.setQueryData(orderQuery(order.id, order.key).queryKey, now),
  });
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const name = String(data.get('name') ?? '').trim();
    give.mutate({ email: String(data.get('email')).trim(), ...(name && { name }) });
  }
  const problem = give.error instanceof ApiProblem ? give.error : undefined;
  const emailError = problem?.field('to/email');
  return (
    <Dialog open={open} label={t('transfer.title')} onClose={onClose}>
      <form className={ui.stack} onSubmit={submit}>
        <h2>{t('transfer.title')}</h2>
        {give.isSuccess ? (
          <Notice tone="ok">{t('transfer.done', { email: give.variables.email })}</Notice>
        ) : (
          <>
            <p>{t('transfer.lead')}</p>
            {give.error && !emailError && <Notice tone="error">{problem?.problem.title ?? t('app.no-answer')}</Notice>}
            <Field label={t('transfer.to')} name="email" type="email" required autoComplete="off" error={emailError} />
            <Field label={t('transfer.name')} name="name" maxLength={120} autoComplete="off" />
            <Button type="submit" wide busy={give.isPending}>
              {t('transfer.give')}
            </Button>
          </>
        )}
        <Button kind="outline" wide onClick={onClose}>
          {t('transfer.close')}
        </Button>
      </form>
    </Dialog>
  );
}
