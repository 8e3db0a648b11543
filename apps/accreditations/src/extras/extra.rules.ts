import { createHash } from 'node:crypto';
import type { ExtraRequestState } from '#libs/contracts';
import { type LifeCycle, type LocalText, newCode } from '#libs/kernel';

/** Who gave a place up may ask again while asking is open; a refusal turns when a place becomes free. */
export const EXTRA_CYCLE: LifeCycle<ExtraRequestState> = {
  asked: ['granted', 'refused', 'given-up'],
  granted: ['refused', 'given-up'],
  refused: ['granted', 'given-up'],
  'given-up': ['asked'],
};

export const EXTRA_DRAW_RULE: LocalText = {
  kk: 'Өтінімдер SHA-256("тұқым:өтінім нөмірі") мәні бойынша, кішісінен үлкеніне қарай тұрады; орын саны қанша болса, алғашқы сонша өтінім орын алады.',
  ru: 'Запросы стоят по возрастанию SHA-256("зерно:номер запроса"); места получают первые, сколько их есть.',
  en: 'Requests stand in ascending order of SHA-256("seed:request id"); the first get the places there are.',
};

/** 256 random bits, hex. */
export function newSeed(): string {
  return createHash('sha256').update(newCode(256)).digest('hex');
}

/** What is published before anybody asks: the seed cannot be chosen afterwards. */
export function commitmentOf(seed: string): string {
  return createHash('sha256').update(seed).digest('hex');
}

/** The order of the draw; when somebody asked plays no part. */
export function drawOrder(seed: string, requests: readonly string[]): string[] {
  const lot = (id: string) => createHash('sha256').update(`${seed}:${id}`).digest('hex');
  return requests
    .map((id) => ({ id, lot: lot(id) }))
    .sort((a, b) => (a.lot < b.lot ? -1 : 1))
    .map(({ id }) => id);
}
