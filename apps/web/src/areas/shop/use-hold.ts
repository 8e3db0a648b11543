import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { newId } from '#libs/kernel';
import { ApiProblem } from '../../api/client';
import { holdSeats, releaseHold, seatsQuery } from '../../api/tickets-seats.api';
import { useWords } from '../../i18n';
import { bestSeats, type Hall, type Seat, toggled } from '../../seat-map/hall.rules';
import { type Replacement, replacementFor } from '../../seat-map/lost-seats.rules';
import { basket } from './basket';

/** Why the last wish was not granted; where seats went to somebody else, what is free instead. */
export interface Trouble {
  text: string;
  lost?: { replacement: Replacement | undefined };
}

export interface Gone {
  screening?: string;
  seat?: string;
  row?: string;
  number?: string;
}

/** Seats that somebody else took, as a problem names them. */
export function goneSeats(error: unknown): Gone[] {
  if (!(error instanceof ApiProblem) || error.code !== 'seats-taken') return [];
  return (error.problem.facts?.seats ?? []) as Gone[];
}

/** Holding, letting go and keeping seats of one screening; what was refused comes back as a sentence and a way on. */
export function useHold(screeningId: string, hall: Hall | undefined) {
  const { t } = useWords();
  const client = useQueryClient();
  const [trouble, setTrouble] = useState<Trouble>();
  const [busy, setBusy] = useState(false);
  const { queryKey } = seatsQuery(screeningId);

  async function attempt(work: () => Promise<void>, wanted: string[] = []) {
    setBusy(true);
    setTrouble(undefined);
    try {
      await work();
    } catch (error) {
      const queue = queueAhead(error);
      if (queue) {
        location.assign(queue);
        return;
      }
      setTrouble(await explain(error, wanted));
    }
    setBusy(false);
    void client.invalidateQueries({ queryKey });
  }

  async function explain(error: unknown, wanted: string[]): Promise<Trouble> {
    const gone = goneSeats(error);
    if (gone.length > 0) return lostTo(gone, wanted);
    return { text: (error instanceof ApiProblem && error.problem.title) || t('app.no-answer') };
  }

  async function lostTo(gone: Gone[], wanted: string[]): Promise<Trouble> {
    const numbers = gone.map((seat) => seat.number).join(', ');
    const lost = gone.flatMap((seat) => seat.seat ?? []);
    return {
      text: t('hold.taken', { row: gone[0]?.row ?? '', seat: numbers }),
      lost: {
        replacement: await instead(
          lost,
          wanted.filter((id) => !lost.includes(id)),
        ),
      },
    };
  }

  async function instead(lost: string[], kept: string[]): Promise<Replacement | undefined> {
    if (!hall) return undefined;
    const map = await client.fetchQuery(seatsQuery(screeningId)).catch(() => undefined);
    return map && replacementFor(hall, map.states, lost, kept);
  }

  const hold = async (seats: string[]) => basket.put(await holdSeats({ screeningId, seats }, newId()));
  const held = () => basket.of(screeningId)?.seats.map((seat) => seat.id) ?? [];
  return {
    trouble,
    busy,
    toggle: (seat: Seat) => {
      if (!hall) return Promise.resolve();
      const map = client.getQueryData(queryKey);
      const seats = toggled(held(), seat, hall, map?.companionsReleased);
      return attempt(async () => {
        if (seats.length > 0) return hold(seats);
        const last = basket.of(screeningId);
        basket.drop(screeningId);
        if (last) await releaseHold(last);
      }, seats);
    },
    /** Exactly these instead of what is held. */
    take: (seats: Seat[]) => {
      const ids = seats.map((seat) => seat.id);
      return attempt(() => hold(ids), ids);
    },
    /** The map knows aisles and sections, so it chooses; where it finds nothing together, or was too slow, the server does. */
    best: (count: number, states: string, zone: number | null) =>
      attempt(async () => {
        const found = hall && bestSeats(hall, states, count, zone);
        const chosen = found
          ? await holdSeats({ screeningId, seats: found.map((seat) => seat.id) }, newId()).catch((error: unknown) => {
              if (goneSeats(error).length > 0) return undefined;
              throw error;
            })
          : undefined;
        basket.put(chosen ?? (await holdSeats({ screeningId, best: { count } }, newId())));
      }),
    release: () =>
      attempt(async () => {
        const last = basket.of(screeningId);
        basket.drop(screeningId);
        if (last) await releaseHold(last);
      }),
    /** Seats that were lost elsewhere, at the checkout: what is free instead is looked up here. */
    lostBefore: (gone: Gone[], wanted: string[]) => void lostTo(gone, wanted).then((found) => setTrouble(found)),
    ended: () => {
      basket.drop(screeningId);
      setTrouble({ text: t('hold.ended') });
      void client.invalidateQueries({ queryKey });
    },
  };
}

/** While an entry queue stands, seats are chosen by whoever it has let in: its page leads back here. */
export function queueAhead(error: unknown): string | undefined {
  if (!(error instanceof ApiProblem) || error.code !== 'entry-queue-stands') return undefined;
  const back = encodeURIComponent(location.pathname + location.search);
  return `/api/entry-queues/page/entry-queue.html?queue=${String(error.problem.facts?.queueId)}&back=${back}`;
}
