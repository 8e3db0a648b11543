import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { type LifeCycle, type LocalText, newCode } from '#libs/kernel';

export type EntryQueueState = 'gathering' | 'open' | 'closed';

export const ENTRY_QUEUE_CYCLE: LifeCycle<EntryQueueState> = {
  gathering: ['open', 'closed'],
  open: ['closed'],
  closed: [],
};

export const DRAW_RULE: LocalText = {
  kk: 'Ашылғанда тұрғандардың бәрі SHA-256("тұқым:орын нөмірі") мәні бойынша, кішісінен үлкеніне қарай тұрады; кейін келгендер соңына қосылады.',
  ru: 'Все, кто был при открытии, стоят по возрастанию SHA-256("зерно:номер места"); кто пришёл позже, встаёт в конец.',
  en: 'Everybody who was there at the opening stands in ascending order of SHA-256("seed:place id"); later arrivals follow.',
};

/** 256 random bits, hex. */
export function newSeed(): string {
  return createHash('sha256').update(newCode(256)).digest('hex');
}

export function commitmentOf(seed: string): string {
  return createHash('sha256').update(seed).digest('hex');
}

/** What decides the order of one place: anybody can compute it once the seed is out. */
export function lotOf(seed: string, placeId: string): string {
  return createHash('sha256').update(`${seed}:${placeId}`).digest('hex');
}

/** The order of everybody who was there; the order in which they came plays no part. */
export function drawOrder(seed: string, placeIds: readonly string[]): string[] {
  return placeIds
    .map((id) => ({ id, lot: lotOf(seed, id) }))
    .sort((a, b) => (a.lot < b.lot ? -1 : 1))
    .map(({ id }) => id);
}

export interface Rate {
  perMinute: number;
  /** So many had been let in at `admittedAt`. */
  admitted: number;
  admittedAt: Date;
}

/** The last place that may come in now. The first minute's share is let in at once. */
export function admittedUpTo(rate: Rate, now: Date): number {
  const minutes = Math.max(0, now.getTime() - rate.admittedAt.getTime()) / 60_000;
  return rate.admitted + Math.floor(rate.perMinute * (minutes + (rate.admitted === 0 ? 1 : 0)));
}

/** Seconds until it is this place's turn at the rate of now; 0 when it is. */
export function secondsUntil(place: number, rate: Rate, now: Date): number {
  const missing = place - admittedUpTo(rate, now);
  return missing <= 0 ? 0 : Math.ceil((missing / rate.perMinute) * 60);
}

/** What a browser shows for its place. `generation` rises when another browser takes the place over. */
export interface PlaceToken {
  place: string;
  generation: number;
}

export function writePlaceToken(token: PlaceToken, secret: string): string {
  const body = `${token.place}.${token.generation}`;
  return `${body}.${seal('place', body, secret)}`;
}

/** Undefined when it is not ours or was changed. */
export function readPlaceToken(text: string, secret: string): PlaceToken | undefined {
  const [place = '', generation = '', given = ''] = text.split('.');
  return sealed('place', `${place}.${generation}`, given, secret)
    ? { place, generation: Number(generation) }
    : undefined;
}

/** The way past the queue: who, and until when (milliseconds). */
export interface EntryPass {
  holder: string;
  until: number;
}

export function writeEntryPass(pass: EntryPass, secret: string): string {
  return `${pass.until}.${seal('pass', `${pass.holder}.${pass.until}`, secret)}`;
}

/** Whether this pass is the holder's own and still valid at `now` (milliseconds). */
export function isEntryPass(text: string | undefined, holder: string, now: number, secret: string): boolean {
  const [until = '', given = ''] = (text ?? '').split('.');
  return Number(until) > now && sealed('pass', `${holder}.${until}`, given, secret);
}

/** Networks are counted, not kept. */
export function networkDigest(address: string, secret: string): string {
  return createHmac('sha256', secret).update(`network.${address}`).digest('base64url').slice(0, 16);
}

function seal(thing: string, body: string, secret: string): string {
  return createHmac('sha256', secret).update(`queue-${thing}.${body}`).digest('base64url');
}

function sealed(thing: string, body: string, given: string, secret: string): boolean {
  const [a, b] = [Buffer.from(seal(thing, body, secret)), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}
