import { randomUUID } from 'node:crypto';
import type { CounterSale } from '#libs/contracts';
import type { Caller } from '#libs/service-defaults';
import { EDITION } from '#libs/testing';
import type { TicketsStage } from './tickets-stage.js';

export interface CounterStage {
  shift: string;
  /** A hold of these seats, in the clerk's name. */
  hold(screening: string, seats: string[]): Promise<string>;
  body(holds: string[], payment: object, more?: object): object;
  sell(
    holds: string[],
    payment: object,
    key?: string,
    more?: object,
  ): Promise<{ status: number; body: CounterSale & { code?: string; facts?: Record<string, number> } }>;
  post(path: string, body?: object, key?: string): ReturnType<TicketsStage['call']>;
  get(path: string): ReturnType<TicketsStage['call']>;
}

/** A clerk at a till with an open shift. */
export async function atTheCounter(
  stage: TicketsStage,
  clerk: Caller,
  till: string,
  openingFloat = 1_000_000,
): Promise<CounterStage> {
  const opened = await stage.call(
    clerk,
    'POST',
    '/counter/shifts',
    { editionId: EDITION, till, openingFloat },
    randomUUID(),
  );
  if (opened.status !== 201) throw new Error(JSON.stringify(opened.body));
  const shift: string = opened.body.id;
  const body = (holds: string[], payment: object, more: object = {}) => ({
    shiftId: shift,
    holds,
    payment,
    language: 'ru',
    ...more,
  });
  return {
    shift,
    body,
    async hold(screening, seats) {
      const held = await stage.call(clerk, 'POST', '/holds', { screeningId: screening, seats }, randomUUID());
      if (held.status !== 201) throw new Error(JSON.stringify(held.body));
      return held.body.token;
    },
    sell: (holds, payment, key = randomUUID(), more = {}) =>
      stage.call(clerk, 'POST', '/counter/sales', body(holds, payment, more), key),
    post: (path, sent = {}, key = randomUUID()) => stage.call(clerk, 'POST', `/counter${path}`, sent, key),
    get: (path) => stage.call(clerk, 'GET', `/counter${path}`),
  };
}

/** Who has which seat of a screening. */
export function claimsOf(stage: TicketsStage, screening: string): Promise<{ seat: string; owner: string }[]> {
  return stage.db.database.query(
    'SELECT seat_id AS seat, owner_kind AS owner FROM seat_claim WHERE screening_id = $1 ORDER BY seat_id',
    [screening],
  );
}

/** Minor units in the drawer of a shift. */
export async function drawerOf(stage: TicketsStage, shift: string): Promise<number> {
  const [row] = await stage.db.database.query<{ sum: number }>(
    'SELECT sum(amount)::float8 AS sum FROM drawer_movement WHERE shift_id = $1',
    [shift],
  );
  return row!.sum;
}
