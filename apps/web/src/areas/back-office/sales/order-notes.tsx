import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { OrderAtDesk } from '#libs/contracts';
import { formatShortDayTime } from '#libs/kernel';
import { deliveriesQuery, peopleNamedQuery, resendDelivery } from '../../../api/house.api';
import { deskOrderQuery, noteOrder } from '../../../api/sales-office.api';
import { useSureDeed } from '../../../api/sure-deed';
import { useWords } from '../../../i18n';
import { useSession } from '../../../session/use-session';
import { Trouble } from '../../../ui/data-table';
import { TextArea } from '../../../ui/fields';
import { Icon } from '../../../ui/icon';
import { Button, ui } from '../../../ui/parts';
import { useEdition } from '../use-edition';
import styles from './sales.module.css';

/** The order's mails: only an admin sees the log, and sends one again. */
export function Letters({ order }: { order: OrderAtDesk }) {
  const { t, language } = useWords();
  const { zone } = useEdition();
  const { may } = useSession();
  const client = useQueryClient();
  const admin = may('admin');
  const query = deliveriesQuery({ person: order.personId });
  const { data } = useQuery({ ...query, enabled: admin });
  const surely = useSureDeed<unknown>();
  const again = useMutation({
    mutationFn: (id: string) => surely((key) => resendDelivery(id, key)),
    onSuccess: () => client.invalidateQueries({ queryKey: query.queryKey }),
  });
  const letters = data?.deliveries.filter((one) => one.channel === 'email').slice(0, 5) ?? [];
  if (!admin || letters.length === 0) return null;
  return (
    <section className={ui.stack} aria-label={t('sales.letters')}>
      <h3>{t('sales.letters')}</h3>
      <ul className={styles.lines}>
        {letters.map((letter) => (
          <li key={letter.id}>
            <Icon name="mail" />
            <span>
              {letter.template}
              <span className={styles.reasons}>
                <br />
                {formatShortDayTime(new Date(letter.queuedAt), zone, language)} · {letter.state}
              </span>
            </span>
            <Button kind="quiet" busy={again.isPending} onClick={() => again.mutate(letter.id)}>
              {t('sales.send-again')}
            </Button>
          </li>
        ))}
      </ul>
      {again.error && <Trouble error={again.error} />}
    </section>
  );
}

/** What colleagues wrote about the order. */
export function Notes({ order }: { order: OrderAtDesk }) {
  const { t, language } = useWords();
  const { zone } = useEdition();
  const client = useQueryClient();
  const [text, setText] = useState('');
  const surely = useSureDeed<OrderAtDesk>();
  const { data: people } = useQuery(peopleNamedQuery(order.notes.map((note) => note.by)));
  const note = useMutation({
    mutationFn: () => surely((key) => noteOrder(order.id, text.trim(), key)),
    onSuccess: (after) => {
      client.setQueryData(deskOrderQuery(order.id).queryKey, after);
      setText('');
    },
  });
  const name = (id: string) => {
    const person = people?.people.find((one) => one.id === id);
    return person?.name || person?.email || t('sales.colleague');
  };
  return (
    <section className={ui.stack} aria-label={t('sales.notes')}>
      <h3>{t('sales.notes')}</h3>
      {order.notes.length > 0 && (
        <ul className={styles.notes}>
          {order.notes.map((one) => (
            <li key={`${one.at} ${one.by}`}>
              <p>{one.text}</p>
              <span className={styles.reasons}>
                {name(one.by)}, {formatShortDayTime(new Date(one.at), zone, language)}
              </span>
            </li>
          ))}
        </ul>
      )}
      <TextArea
        label={t('sales.new-note')}
        value={text}
        maxLength={1_000}
        onChange={(event) => setText(event.target.value)}
      />
      {note.error && <Trouble error={note.error} />}
      <Button
        kind="outline"
        busy={note.isPending}
        aria-disabled={text.trim() === ''}
        onClick={() => text.trim() && note.mutate()}
      >
        {t('sales.write-note')}
      </Button>
    </section>
  );
}
