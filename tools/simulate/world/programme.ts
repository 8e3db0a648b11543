import { limitId } from '../../../apps/tickets/src/copies/programme-copy/limit-id.rules.js';
import {
  type PlanSeat,
  type ProgrammeCopy,
  type ScreeningData,
  type ScreeningFacts,
} from '../../../apps/tickets/src/copies/programme-copy/programme-copy.js';
import type { Twin } from '../twin/twin.js';
import { standIn } from './stand-in.js';

const PRICE = 250_000;
export const EDITION = 'almaty-2019';
const named = (name: string) => ({ kk: name, ru: name, en: name });

export interface Hall {
  screening: string;
  seats: number;
  /** Places of the public; absent where the screening counts nothing. */
  places?: number;
}

type Data = Pick<
  ScreeningData,
  | 'screeningId'
  | 'editionId'
  | 'planId'
  | 'planVersion'
  | 'prices'
  | 'sectionId'
  | 'ageRating'
  | 'allocations'
  | 'title'
  | 'startsAt'
  | 'timezone'
  | 'venue'
  | 'hall'
>;

/** The screenings of the simulated festival, on sale. */
export function openHalls(twin: Twin, halls: readonly Hall[]): void {
  for (const { screening, places } of halls) {
    twin.boards.put(screening, {
      screening,
      edition: EDITION,
      planId: 'plan',
      planVersion: 1,
      epoch: 1,
      holdStore: 'redis',
      onSale: true,
      paused: false,
      cancelled: false,
    });
    const id = limitId(screening, 'public');
    if (places !== undefined) twin.limits.put(id, { id, capacity: places, used: 0 });
  }
  twin.journal.commit();
}

export function programmeOf(halls: readonly Hall[]): ProgrammeCopy {
  const known = new Map(halls.map((hall) => [hall.screening, factsOf(hall)]));
  return standIn<ProgrammeCopy, 'screening'>({ screening: async (id) => known.get(id) });
}

export function seatsOf(hall: Hall): string[] {
  return Array.from({ length: hall.seats }, (_, i) => `A${i + 1}`);
}

function factsOf(hall: Hall): ScreeningFacts {
  const seats = seatsOf(hall).map(
    (id, i): PlanSeat => ({ id, row: 'A', number: String(i + 1), category: 'A', kind: 'seat' }),
  );
  const data: Data = {
    screeningId: hall.screening,
    editionId: EDITION,
    planId: 'plan',
    planVersion: 1,
    prices: [{ category: 'A', name: named('A'), amount: PRICE, currency: 'KZT' }],
    sectionId: null,
    ageRating: null,
    allocations:
      hall.places === undefined ? [] : [{ id: 'public', classes: ['public'], capacity: hall.places, overflow: [] }],
    title: named(hall.screening),
    startsAt: '2026-09-20T13:00:00.000Z',
    timezone: 'Asia/Almaty',
    venue: { id: 'venue', name: named('venue'), address: '' },
    hall: { id: 'hall', name: named('hall') },
  };
  return {
    data: standIn<ScreeningData, keyof Data>(data),
    version: 1,
    seats,
    seatById: new Map(seats.map((seat) => [seat.id, seat])),
    prices: new Map([['A', PRICE]]),
    currency: 'KZT',
  };
}
