import { editionTag, type ReadCode, screeningTag } from './admission-code.js';
import type { Verdict } from './verdicts.js';

/** The screening at whose door the code is shown; instants in festival time. */
export interface DoorFacts {
  screeningId: string;
  editionId: string;
  doorsOpenAt: Date;
  lateEntryUntil: Date;
}

/** What is known of the serial: on the server its row, offline the device's lists. */
export interface HolderFacts {
  /** `unlisted`: genuine, but nobody knows it. */
  state: 'live' | 'ended' | 'released' | 'revoked' | 'suspended' | 'replaced' | 'reported_lost' | 'unlisted';
  /** A badge: whether a seat at this screening is booked on it, or its function enters without. */
  booked: boolean;
  /** A badge: whether its booked seat was given to the rush line because nobody had come. */
  released?: boolean;
  /** A badge: whether its classes may enter this screening at all. */
  allowed: boolean;
  entered: boolean;
  /** A badge: when its function opens doors at all; always when absent. Festival time, `until` excluded. */
  windows?: readonly { from: Date; until: Date }[];
}

const ENDED: Partial<Record<HolderFacts['state'], Verdict>> = {
  ended: 'cancelled',
  released: 'seat_released',
  revoked: 'revoked',
  suspended: 'suspended',
  replaced: 'replaced',
  reported_lost: 'reported_lost',
  unlisted: 'unknown',
};

/**
 * One verdict for one code at one door: the same function on the server and on an offline scanner.
 * The order is the law: what is wrong with the code comes before what is wrong with the hour.
 * @param at festival time
 */
export function judge(read: ReadCode, holder: HolderFacts, door: DoorFacts, at: Date): Verdict {
  if (read.outcome !== 'ok') return read.outcome;
  const { code } = read;
  if (code.editionTag !== editionTag(door.editionId)) return 'wrong_edition';
  const ended = ENDED[holder.state];
  if (ended) return ended;
  if (code.kind === 'ticket' && code.scope !== screeningTag(door.screeningId)) return 'wrong_screening';
  if (holder.entered) return 'already_used';
  if (code.kind === 'badge' && !holder.allowed) return 'function_not_allowed';
  if (code.kind === 'badge' && holder.released && !holder.booked) return 'seat_released';
  if (code.kind === 'badge' && !holder.booked) return 'needs_ticket_too';
  if (at < code.validFrom || at < door.doorsOpenAt) return 'not_yet_valid';
  if (at > code.validUntil || at > door.lateEntryUntil) return 'expired';
  if (code.kind === 'badge' && holder.windows && !holder.windows.some(({ from, until }) => from <= at && at < until))
    return holder.windows.every(({ until }) => until <= at) ? 'expired' : 'not_yet_valid';
  return 'ok';
}
