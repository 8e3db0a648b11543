import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { findPeople } from '../../../../api/house.api';
import { holdersQuery, housePageQuery, typeTicks } from '../../../../api/tickets-house.api';
import { useWords } from '../../../../i18n';
import { Trouble } from '../../../../ui/data-table';
import { SearchField } from '../../../../ui/fields';
import { Button, StateWord } from '../../../../ui/parts';
import styles from './house.module.css';

const LEAST = 2;

interface Place {
  row: string;
  seat: string;
  last4: string;
}

/** Whoever has no code at hand: found by name, here and online alone, and let in by the house manager's hand. */
export function FindByName({ screening }: { screening: string }) {
  const { t } = useWords();
  const [typed, setTyped] = useState('');
  const text = useDeferredValue(typed.trim());
  const people = useQuery({
    queryKey: ['people', text],
    queryFn: () => findPeople(text),
    enabled: text.length >= LEAST,
    staleTime: 30_000,
  });
  const found = people.data?.people ?? [];
  const holders = useQuery(
    holdersQuery(
      screening,
      found.map(({ id }) => id),
    ),
  );
  const nameOf = new Map(found.map(({ id, name, email }) => [id, name || email]));
  const places = found.length > 0 ? holders.data?.holders : people.data && [];
  const trouble = people.error ?? holders.error;
  return (
    <section className={styles.part} aria-labelledby="by-name">
      <h2 id="by-name">{t('house.by-name')}</h2>
      <SearchField label={t('house.name')} value={typed} onChange={(event) => setTyped(event.target.value)} />
      {trouble && <Trouble error={trouble} />}
      <div role="status">{text.length >= LEAST && places?.length === 0 && <p>{t('house.name-none')}</p>}</div>
      {text.length >= LEAST && places && places.length > 0 && (
        <ul className={styles.people}>
          {places.map((one) => (
            <li key={`${one.personId} ${one.row} ${one.seat}`}>
              <span>
                <strong>{nameOf.get(one.personId)}</strong>
                <span className="quiet">{t('house.seat', { row: one.row, seat: one.seat })}</span>
              </span>
              {one.entered ? (
                <StateWord tone="ok">{t('house.entered')}</StateWord>
              ) : (
                <LetIn screening={screening} place={one} name={nameOf.get(one.personId) ?? ''} />
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function LetIn({ screening, place, name }: { screening: string; place: Place; name: string }) {
  const { t } = useWords();
  const client = useQueryClient();
  const { row, seat, last4 } = place;
  const enter = useMutation({
    mutationFn: () => typeTicks(screening, { ticks: [{ row, seat, last4 }] }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['house-holders', screening] });
      await client.invalidateQueries({ queryKey: housePageQuery(screening).queryKey });
    },
  });
  return (
    <>
      <Button kind="outline" busy={enter.isPending} onClick={() => enter.mutate()}>
        {t('house.let-in')} <span className="visually-hidden">{name}</span>
      </Button>
      {enter.error && <Trouble error={enter.error} />}
    </>
  );
}
