/**
 * Where the counter stands: before a screening is open, with one open, with cash being taken, with a terminal asked,
 * with an unknown answer, with a declined card, with a finished sale, with somebody's order, with
 * what waits for whoever comes, or on any other page of the counter.
 */
export type Stage =
  | 'screenings'
  | 'seats'
  | 'cash'
  | 'terminal'
  | 'unknown'
  | 'declined'
  | 'done'
  | 'order'
  | 'will-call'
  | 'elsewhere';

/** What a key does; `n` counts from 0. */
export type Deed =
  | { do: 'open' | 'best' | 'kind' | 'kind-all' | 'quick' | 'ticket' | 'hand-out'; n: number }
  | {
      do:
        | 'screenings'
        | 'search'
        | 'line-up'
        | 'line-down'
        | 'drop-line'
        | 'map'
        | 'promo'
        | 'buyer'
        | 'cash'
        | 'terminal'
        | 'free'
        | 'reserve'
        | 'reset'
        | 'other-amount'
        | 'take'
        | 'back'
        | 'ask'
        | 'print'
        | 'printed'
        | 'next'
        | 'exchange'
        | 'no-exchange'
        | 'keys'
        | 'to-sale'
        | 'to-sales'
        | 'to-reservations'
        | 'to-orders'
        | 'to-will-call'
        | 'to-leases'
        | 'to-shift';
    };

interface Row {
  /** As a keyboard names its keys, whatever layout it is switched to. */
  codes: readonly string[];
  shift?: true;
  /** What stands on the key, for people. */
  cap: string;
  stages: readonly Stage[];
  deed: Deed;
  /** A row for the key map names a whole series once. */
  told?: string;
}

const digits = (n: number) => [`Digit${n}`, `Numpad${n}`];
/** Kinds of ticket lie under the left hand, in the order in which they are shown. */
export const KIND_KEYS = ['A', 'S', 'D', 'F', 'G'] as const;
/** So many screenings and seats have a key of their own. */
export const NUMBERED = 9;
const series = <T>(length: number, row: (n: number) => T) => Array.from({ length }, (_, n) => row(n));
const EVERYWHERE: Stage[] = ['screenings', 'seats', 'done', 'order', 'will-call', 'elsewhere'];

const ROWS: readonly Row[] = [
  ...series(
    NUMBERED,
    (n): Row => ({
      codes: digits(n + 1),
      cap: String(n + 1),
      stages: ['screenings'],
      deed: { do: 'open', n },
      told: '1–9',
    }),
  ),
  { codes: ['Slash', 'NumpadDivide'], cap: '/', stages: ['screenings', 'order', 'will-call'], deed: { do: 'search' } },
  { codes: ['KeyX'], cap: 'X', stages: ['screenings', 'seats'], deed: { do: 'no-exchange' } },
  ...series(
    NUMBERED,
    (n): Row => ({
      codes: digits(n + 1),
      cap: String(n + 1),
      stages: ['order'],
      deed: { do: 'ticket', n },
      told: '1–9',
    }),
  ),
  ...series(
    5,
    (n): Row => ({
      codes: digits(n + 1),
      cap: String(n + 1),
      stages: ['will-call'],
      deed: { do: 'hand-out', n },
      told: '1–5',
    }),
  ),
  { codes: ['KeyX'], cap: 'X', stages: ['order', 'done'], deed: { do: 'exchange' } },
  ...series(
    NUMBERED,
    (n): Row => ({
      codes: digits(n + 1),
      cap: String(n + 1),
      stages: ['seats'],
      deed: { do: 'best', n },
      told: '1–9',
    }),
  ),
  ...KIND_KEYS.map(
    (letter, n): Row => ({
      codes: [`Key${letter}`],
      cap: letter,
      stages: ['seats'],
      deed: { do: 'kind', n },
      told: 'A S D F G',
    }),
  ),
  ...KIND_KEYS.map(
    (letter, n): Row => ({
      codes: [`Key${letter}`],
      shift: true,
      cap: `Shift ${letter}`,
      stages: ['seats'],
      deed: { do: 'kind-all', n },
      told: 'Shift A–G',
    }),
  ),
  { codes: ['ArrowUp'], cap: '↑', stages: ['seats'], deed: { do: 'line-up' } },
  { codes: ['ArrowDown'], cap: '↓', stages: ['seats'], deed: { do: 'line-down' } },
  { codes: ['Delete', 'Backspace'], cap: 'Del', stages: ['seats'], deed: { do: 'drop-line' } },
  { codes: ['KeyM'], cap: 'M', stages: ['seats'], deed: { do: 'map' } },
  { codes: ['KeyK'], cap: 'K', stages: ['seats'], deed: { do: 'promo' } },
  { codes: ['KeyN'], cap: 'N', stages: ['seats'], deed: { do: 'buyer' } },
  { codes: ['Enter', 'NumpadEnter'], cap: 'Enter', stages: ['seats', 'declined'], deed: { do: 'cash' } },
  { codes: ['KeyT'], cap: 'T', stages: ['seats', 'declined'], deed: { do: 'terminal' } },
  { codes: ['KeyB'], cap: 'B', stages: ['seats'], deed: { do: 'free' } },
  { codes: ['KeyR'], cap: 'R', stages: ['seats'], deed: { do: 'reserve' } },
  { codes: ['Escape'], cap: 'Esc', stages: ['seats', 'declined'], deed: { do: 'reset' } },
  { codes: ['F2'], cap: 'F2', stages: ['seats'], deed: { do: 'screenings' } },
  ...series(
    4,
    (n): Row => ({
      codes: digits(n + 1),
      cap: String(n + 1),
      stages: ['cash'],
      deed: { do: 'quick', n },
      told: '1–4',
    }),
  ),
  { codes: digits(0), cap: '0', stages: ['cash'], deed: { do: 'other-amount' } },
  { codes: ['Enter', 'NumpadEnter'], cap: 'Enter', stages: ['cash'], deed: { do: 'take' } },
  { codes: ['Escape'], cap: 'Esc', stages: ['cash'], deed: { do: 'back' } },
  { codes: ['Enter', 'NumpadEnter'], cap: 'Enter', stages: ['terminal', 'unknown'], deed: { do: 'ask' } },
  { codes: ['Enter', 'NumpadEnter'], cap: 'Enter', stages: ['done', 'order'], deed: { do: 'printed' } },
  { codes: ['KeyP'], cap: 'P', stages: ['done', 'order'], deed: { do: 'print' } },
  { codes: ['Escape'], cap: 'Esc', stages: ['done'], deed: { do: 'next' } },
  { codes: ['F1'], cap: '?', stages: [...EVERYWHERE, 'cash', 'terminal', 'unknown', 'declined'], deed: { do: 'keys' } },
  { codes: ['F3'], cap: 'F3', stages: EVERYWHERE, deed: { do: 'to-will-call' } },
  { codes: ['F4'], cap: 'F4', stages: EVERYWHERE, deed: { do: 'to-sale' } },
  { codes: ['F6'], cap: 'F6', stages: EVERYWHERE, deed: { do: 'to-sales' } },
  { codes: ['F7'], cap: 'F7', stages: EVERYWHERE, deed: { do: 'to-reservations' } },
  { codes: ['F8'], cap: 'F8', stages: EVERYWHERE, deed: { do: 'to-orders' } },
  { codes: ['F9'], cap: 'F9', stages: EVERYWHERE, deed: { do: 'to-leases' } },
  { codes: ['F10'], cap: 'F10', stages: EVERYWHERE, deed: { do: 'to-shift' } },
];

/** Keys that a focused control needs for itself. */
const OWN_OF_CONTROLS = ['Enter', 'NumpadEnter', 'Space', 'ArrowUp', 'ArrowDown', 'Escape', 'Delete', 'Backspace'];

export interface Press {
  code: string;
  key: string;
  shift: boolean;
  /** Ctrl, Alt or the system's key: the browser's own. */
  chord: boolean;
  /** A press that lasts is one press. */
  repeat: boolean;
  /** What has the focus: a text field takes every key; a button or the hall map takes those that it works with. */
  at: 'text' | 'control' | 'page';
}

/** What a press does here, if anything. A text field with the focus takes every key for itself. */
export function deedOf(press: Press, stage: Stage): Deed | undefined {
  if (press.at === 'text' || press.chord || press.repeat) return undefined;
  // Where the mark stands on a keyboard differs by its layout.
  if (press.key === '?') return { do: 'keys' };
  if (press.at === 'control' && OWN_OF_CONTROLS.includes(press.code)) return undefined;
  const row = ROWS.find(
    ({ codes, stages, shift = false }) => codes.includes(press.code) && stages.includes(stage) && shift === press.shift,
  );
  return row?.deed;
}

/** The key map for people: each line once, in the order of a sale. */
export function keyLines(stage: Stage): { cap: string; deed: Deed['do'] }[] {
  const lines = new Map<Deed['do'], string>();
  for (const { stages, deed, cap, told } of ROWS)
    if (stages.includes(stage) && !lines.has(deed.do)) lines.set(deed.do, told ?? cap);
  return [...lines].map(([deed, cap]) => ({ cap, deed }));
}
