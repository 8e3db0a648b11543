/** What a buyer or a gate did. */
export type Deed =
  | 'look'
  | 'hold'
  | 'extend'
  | 'drop'
  | 'order'
  | 'open-payment'
  | 'pay'
  | 'returned'
  | 'see'
  | 'give-back'
  | 'exchange'
  | 'cancel'
  | 'scan'
  /** A gate without a line judged by itself. */
  | 'judge'
  | 'upload'
  /** The house manager reads what does not fit at a screening. */
  | 'clashes';

/** What was asked, written before it was sent. */
export interface Asked {
  /** Milliseconds since 1970. */
  at: number;
  /** One number per call; what was told bears it too. */
  call: number;
  who: string;
  deed: Deed;
  key?: string;
  screening?: string;
  seats?: string[];
  order?: string;
  email?: string;
  /** Of a scan. */
  code?: string;
  scan?: string;
  /** Of an upload. */
  scans?: string[];
}

/** Scans that do not fit, as the house manager's page has them. */
export interface ToldClash {
  key: string;
  kind: string;
  scans: string[];
}

export interface ToldOrder {
  id: string;
  number: string;
  state: string;
  total: number;
  lines: { screening: string; seat: string; ended: boolean }[];
  /** How many codes came with it. */
  codes: string[];
}

/** What the answer said; status 0 when there was none. */
export interface Told {
  at: number;
  call: number;
  status: number;
  /** The problem's code, or the error's. */
  code?: string;
  /** The seats of a hold that was granted. */
  held?: { screening: string; seats: string[] };
  /** Seats named as taken. */
  taken?: string[];
  order?: ToldOrder;
  /** Of a scan, also of one that a gate judged alone. */
  verdict?: string;
  /** Whether a gate without a line let somebody in. */
  admitted?: boolean;
  /** What became of each uploaded scan. */
  outcomes?: { scan: string; outcome: string }[];
  clashes?: ToldClash[];
}

/** One line of the history. */
export type Entry = { asked: Asked } | { told: Told };

/** A call with its answer; `told` is missing where none ever came. */
export interface Call {
  asked: Asked;
  told?: Told;
}

/** Pairs what was asked with what was told, in the order of asking. */
export function callsOf(history: readonly Entry[]): Call[] {
  const calls = new Map<number, Call>();
  for (const entry of history) {
    if ('asked' in entry) calls.set(entry.asked.call, { asked: entry.asked });
    else {
      const call = calls.get(entry.told.call);
      if (call) call.told = entry.told;
    }
  }
  return [...calls.values()];
}
