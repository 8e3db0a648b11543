import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ScreeningMove, UnseatedOwner } from '#libs/contracts';
import { refundUnseated, seatUnseated, unseatedQuery } from '../../../api/moves.api';
import { planQuery } from '../../../api/screenings.api';
import { seatsQuery } from '../../../api/tickets-seats.api';
import { useWords } from '../../../i18n';
import { readHall } from '../../../seat-map/hall.rules';
import { Trouble } from '../../../ui/data-table';
import { Select } from '../../../ui/fields';
import { Button, Notice, StateWord } from '../../../ui/parts';
import styles from './forms.module.css';
import { rangesOf } from './seating.rules';
import type { OfficeScreening } from './timetable.rules';

/** Whom the new hall has no seat for: each is given free seats or the money back. */
export function Unseated({ move, screening }: { move: ScreeningMove; screening: OfficeScreening }) {
  const { t, count } = useWords();
  const { data: owners, error, refetch } = useQuery(unseatedQuery(move.id));
  if (error) return <Trouble error={error} onRetry={() => void refetch()} />;
  if (!owners || owners.length === 0) return null;
  const waiting = owners.filter(({ state }) => state === 'waiting').length;
  return (
    <section className={styles.wide}>
      <h2>{t('unseated.title')}</h2>
      {waiting > 0 ? (
        <Notice tone="warning" title={count('unseated.waiting', waiting)} />
      ) : (
        <Notice tone="ok" title={t('unseated.all-decided')} />
      )}
      <ul className={styles.owners}>
        {owners.map((owner) => (
          <Owner key={owner.ownerId} owner={owner} move={move} screening={screening} />
        ))}
      </ul>
    </section>
  );
}

function Owner({ owner, move, screening }: { owner: UnseatedOwner; move: ScreeningMove; screening: OfficeScreening }) {
  const { t } = useWords();
  const client = useQueryClient();
  const [choosing, setChoosing] = useState(false);
  const settled = () => client.invalidateQueries({ queryKey: ['unseated', move.id] });
  const refund = useMutation({ mutationFn: () => refundUnseated(move.id, owner.ownerId), onSuccess: settled });
  return (
    <li>
      <div className={styles.owner}>
        <span>
          <strong>{owner.number ?? t(`owner.${owner.ownerKind}`)}</strong>{' '}
          {rangesOf(owner.seats)
            .map(([row, seats]) => t('move.seats-in-row', { row, seats }))
            .join('; ')}
        </span>
        {owner.state === 'waiting' ? (
          <span className={styles.buttons}>
            <Button kind="outline" onClick={() => setChoosing(!choosing)} aria-expanded={choosing}>
              {t('unseated.give-seats')}
            </Button>
            <Button kind="outline" busy={refund.isPending} onClick={() => refund.mutate()}>
              {t(owner.ownerKind === 'order' ? 'unseated.refund' : 'unseated.let-go')}
            </Button>
          </span>
        ) : (
          <StateWord tone={owner.state === 'seated' ? 'ok' : 'info'}>{t(`unseated.${owner.state}`)}</StateWord>
        )}
      </div>
      {choosing && owner.state === 'waiting' && (
        <FreeSeats owner={owner} move={move} screening={screening} onDone={settled} />
      )}
      {refund.error && <Trouble error={refund.error} />}
    </li>
  );
}

function FreeSeats({
  owner,
  move,
  screening,
  onDone,
}: {
  owner: UnseatedOwner;
  move: ScreeningMove;
  screening: OfficeScreening;
  onDone(): Promise<unknown>;
}) {
  const { t } = useWords();
  const { data: plan } = useQuery(planQuery(move.to.planId, move.to.planVersion));
  const { data: states } = useQuery(seatsQuery(screening.id));
  const [chosen, setChosen] = useState<Record<number, string>>({});
  const give = useMutation({
    mutationFn: () =>
      seatUnseated(move.id, owner.ownerId, {
        seats: owner.seats.map(({ line }) => ({ line, seat: chosen[line] ?? '' })),
      }),
    onSuccess: onDone,
  });
  const free = plan && states ? readHall(plan).seats.filter((seat) => states.states[seat.index] === 'f') : [];
  const taken = new Set(Object.values(chosen));
  return (
    <div className={styles.free}>
      {owner.seats.map((lost) => (
        <Select
          key={lost.line}
          label={t('unseated.instead-of', { seat: t('move.seat', { row: lost.row, seat: lost.number }) })}
          value={chosen[lost.line] ?? ''}
          onChange={({ target }) => setChosen({ ...chosen, [lost.line]: target.value })}
        >
          <option value="">{t('place.choose')}</option>
          {free
            .filter((seat) => seat.id === chosen[lost.line] || !taken.has(seat.id))
            .map((seat) => (
              <option key={seat.id} value={seat.id}>
                {t('move.seat', { row: seat.row, seat: seat.number })} · {seat.category}
              </option>
            ))}
        </Select>
      ))}
      {plan && states && free.length === 0 && <Notice title={t('unseated.no-free')} />}
      {give.error && <Trouble error={give.error} />}
      <Button
        busy={give.isPending}
        aria-disabled={owner.seats.some(({ line }) => !chosen[line])}
        onClick={() => give.mutate()}
      >
        {t('unseated.give')}
      </Button>
    </div>
  );
}
