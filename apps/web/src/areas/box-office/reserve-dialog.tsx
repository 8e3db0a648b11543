import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { HeldSeats, Reservation } from '#libs/contracts';
import { venueTime } from '#libs/kernel';
import { ApiProblem } from '../../api/client';
import { reserveByPhone } from '../../api/counter-sales.api';
import { useSureDeed } from '../../api/sure-deed';
import { releaseHold } from '../../api/tickets-seats.api';
import { useWords } from '../../i18n';
import { Trouble } from '../../ui/data-table';
import { Button, Dialog, Field, ui } from '../../ui/parts';
import { isPhone } from './phone.rules';

interface Props {
  open: boolean;
  hold: HeldSeats | undefined;
  zone: string;
  /** The seats are kept for somebody: the sale of them is over before it began. */
  onKept(words: string): void;
  onClose(): void;
}

/** The seats that are picked, kept for somebody on the phone. */
export function ReserveDialog({ open, hold, zone, onKept, onClose }: Props) {
  const { t, count } = useWords();
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [phone, setPhone] = useState('');
  const [tried, setTried] = useState(false);
  const surely = useSureDeed<Reservation>();
  const wrongPhone = !isPhone(phone);
  const keep = useMutation({
    mutationFn: async (held: HeldSeats) => {
      const seats = held.seats.map(({ id }) => id);
      const body = { screeningId: held.screeningId, seats, name: name.trim(), phone: phone.trim() };
      // What is held for a sale would stand in the way of what is kept for a person.
      await releaseHold(held).catch((error: unknown) => {
        if (!(error instanceof ApiProblem)) throw error;
      });
      return surely((key) => reserveByPhone(body, key));
    },
    onSuccess: (kept) => {
      void client.invalidateQueries({ queryKey: ['counter', 'reservations'] });
      onKept(t('counter.kept-until', { name: kept.name, time: venueTime(new Date(kept.until), zone) }));
      setName('');
      setPhone('');
      setTried(false);
    },
  });
  return (
    <Dialog open={open} label={t('counter.reserve')} onClose={onClose}>
      <form
        className={ui.stack}
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (hold && name.trim() && !wrongPhone && !keep.isPending) keep.mutate(hold);
        }}
      >
        <h2>{t('counter.reserve')}</h2>
        <p>{count('counter.reserve-lead', hold?.seats.length ?? 0)}</p>
        <Field
          label={t('counter.buyer-name')}
          value={name}
          maxLength={120}
          autoComplete="off"
          autoFocus
          onChange={(event) => setName(event.target.value)}
          {...(tried && !name.trim() && { error: t('counter.name-missing') })}
        />
        <Field
          label={t('counter.phone')}
          type="tel"
          value={phone}
          autoComplete="off"
          onChange={(event) => setPhone(event.target.value)}
          {...(tried && wrongPhone && { error: t('counter.phone-wrong') })}
        />
        {keep.error && <Trouble error={keep.error} />}
        <Button type="submit" busy={keep.isPending}>
          {keep.isPending ? t('ui.sending') : t('counter.reserve-do')}
        </Button>
      </form>
    </Dialog>
  );
}
