import type { PrintBatch, PrintFormat, PrintState } from '#libs/contracts';
import type { LifeCycle, LocalText } from '#libs/kernel';

/** A piece of card or paper; what was spoiled or given back never comes out again: its serial is replaced. */
export const PRINT_CYCLE: LifeCycle<PrintState> = {
  queued: ['printed', 'spoiled'],
  printed: ['collected', 'spoiled'],
  collected: ['returned', 'spoiled'],
  returned: [],
  spoiled: [],
};

export const BATCH_CYCLE: LifeCycle<PrintBatch['state']> = {
  waiting: ['drawing'],
  drawing: ['waiting', 'ready', 'failed'],
  ready: ['printed', 'waiting'],
  printed: [],
  failed: [],
};

/** States in which a piece is on its way or out: there is one for a serial. */
export const OUT: readonly PrintState[] = ['queued', 'printed', 'collected'];

/** Finished sizes in millimetres: ISO/IEC 7810 ID-1 lying, ISO 216 A6 and 4 × 6 inches standing. */
export const FORMATS: Readonly<Record<PrintFormat, { width: number; height: number }>> = {
  cr80: { width: 85.6, height: 53.98 },
  a6: { width: 105, height: 148 },
  '4x6': { width: 101.6, height: 152.4 },
};

/** Days for which the PDF of a batch is kept: it is full of names and faces, and can be ordered anew. */
export const PDF_KEPT_DAYS = 7;

/** A batch that failed so often is given up: its badges may be ordered again. */
export const MOST_FAILURES = 5;

/** Milliseconds before a batch that failed is tried again: 2 s, then twice as long each time. */
export const WAIT_AFTER_FAILURE = 2_000;

/** The areas of the plan that badges of the festival name by letters (docs/look); an unknown letter stands alone. */
export const AREA_NAMES: Readonly<Record<string, LocalText>> = {
  A: { kk: 'залдар', ru: 'залы', en: 'halls' },
  B: { kk: 'сахна сырты', ru: 'кулисы', en: 'backstage' },
  P: { kk: 'баспасөз орталығы', ru: 'пресс-центр', en: 'press centre' },
  V: { kk: 'VIP', ru: 'VIP', en: 'VIP' },
};
