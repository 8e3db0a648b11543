import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { newId } from '#libs/kernel';
import { ApiProblem } from '../../api/client';
import { extendHold, holdSeats, releaseHold, seatsQuery } from '../../api/tickets.api';
import { useWords } from '../../i18n';
import { bestSeats, type Hall, type Seat, toggled } from '../../seat-map/hall.rules';
import { basket } from './basket';

/** Holding, letting go and keeping seats of one screening; what was refused comes back as a sentence. */
export function useHold(screeningId: string, hall: Hall | undefined) {
  const { t } = useWords();
  const client = useQueryClient();
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);

  async function attempt(work: () => Promise<void>) {
    setBusy(true);
    setProblem(undefined);
    try {
      await work();
    } catch (error) {
      const queue = queueAhead(error);
      if (queue) {
        location.assign(queue);
        return;
      }
      setProblem(explain(error));
    }
    setBusy(false);
    void client.invalidateQueries({ queryKey: seatsQuery(screeningId).queryKey });
  }

  function explain(error: unknown): string {
    if (!(error instanceof ApiProblem)) return t('app.no-answer');
    const gone = (error.problem.facts?.seats ?? []) as { row?: string; number?: string }[];
    const first = gone[0];
    if (error.code === 'seats-taken' && first?.row && first.number)
      return t('hold.taken', { row: first.row, seat: gone.map((seat) => seat.number).join(', ') });
    return error.problem.title ?? t('app.no-answer');
  }

  return {
    problem,
    busy,
    clearProblem: () => setProblem(undefined),
    toggle: (seat: Seat) =>
      attempt(async () => {
        if (!hall) return;
        const hold = basket.of(screeningId);
        const chosen = hold?.seats.map((held) => held.id) ?? [];
        const map = client.getQueryData(seatsQuery(screeningId).queryKey);
        const seats = toggled(chosen, seat, hall, map?.companionsReleased);
        if (seats.length > 0) basket.put(await holdSeats({ screeningId, seats }, newId()));
        else if (hold) {
          basket.drop(screeningId);
          await releaseHold(hold);
        }
      }),
    /** The map knows aisles and sections, so it chooses; where it finds nothing together, or was too slow, the server does. */
    best: (count: number, states: string, zone: number | null) =>
      attempt(async () => {
        const found = hall && bestSeats(hall, states, count, zone);
        const held = found
          ? await holdSeats({ screeningId, seats: found.map((seat) => seat.id) }, newId()).catch((error: unknown) => {
              if (error instanceof ApiProblem && error.code === 'seats-taken') return undefined;
              throw error;
            })
          : undefined;
        basket.put(held ?? (await holdSeats({ screeningId, best: { count } }, newId())));
      }),
    extend: () =>
      attempt(async () => {
        const hold = basket.of(screeningId);
        if (hold) basket.put(await extendHold(hold));
      }),
    release: () =>
      attempt(async () => {
        const hold = basket.of(screeningId);
        basket.drop(screeningId);
        if (hold) await releaseHold(hold);
      }),
    ended: () => {
      basket.drop(screeningId);
      setProblem(t('hold.ended'));
      void client.invalidateQueries({ queryKey: seatsQuery(screeningId).queryKey });
    },
  };
}

/** While an entry queue stands, seats are chosen by whoever it has let in: its page leads back here. */
function queueAhead(error: unknown): string | undefined {
  if (!(error instanceof ApiProblem) || error.code !== 'entry-queue-stands') return undefined;
  const back = encodeURIComponent(location.pathname + location.search);
  return `/api/entry-queues/page/entry-queue.html?queue=${String(error.problem.facts?.queueId)}&back=${back}`;
}
