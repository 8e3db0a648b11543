import { type DoorText, type HolderFacts, placesLeft } from '#libs/admission-code';

interface EntryRow {
  at: string;
  gate: string;
  inside: boolean;
  leftAt?: string;
}

/** A ticket as the database tells the door of it. */
export interface TicketAtDoor {
  serial: string;
  state: 'live' | 'ended';
  endedAs: string | null;
  row: string;
  seat: string;
  /** The concession that it was sold at. */
  kind: string;
  entry: EntryRow | null;
}

export interface BadgeAtDoor {
  state: HolderFacts['state'];
  classes: string[];
  windows: { from: string; until: string }[] | null;
  /** How many screenings of a day its function may enter without booking, where it says so. */
  dailyQuota: number | null;
  booking: { id: string; row: string; seat: string } | null;
  released: boolean;
  aloneToday: number;
  entry: EntryRow | null;
}

/** The share that a badge without booking enters from; not allowed where its classes have none. */
export interface AloneShare {
  allowed: boolean;
  left: number | null;
}

export function ticketHolder(ticket: TicketAtDoor, proofs: ReadonlyMap<string, DoorText>): HolderFacts {
  const proof = proofs.get(ticket.kind);
  return {
    state: ticket.state === 'live' ? 'live' : endOf(ticket.endedAs),
    booked: true,
    allowed: true,
    ...entryOf(ticket.entry),
    ...(proof && { proof }),
  };
}

/** @param share what it may enter from without booking; undefined where its class needs a booking or a ticket */
export function badgeHolder(badge: BadgeAtDoor, share: AloneShare | undefined): HolderFacts {
  const alone = aloneOf(badge, share);
  return {
    state: badge.state,
    booked: badge.booking !== null || alone !== undefined,
    ...(badge.released && { released: true }),
    allowed: !alone || alone.allowed,
    ...(alone?.allowed && { shareLeft: placesLeft(alone) }),
    ...entryOf(badge.entry),
    ...(badge.windows && {
      windows: badge.windows.map(({ from, until }) => ({ from: new Date(from), until: new Date(until) })),
    }),
  };
}

/** What a badge without booking may enter from, with what it has left of the day. */
export function aloneOf(
  badge: Pick<BadgeAtDoor, 'booking' | 'dailyQuota' | 'aloneToday'>,
  share: AloneShare | undefined,
): { allowed: boolean; share: number | null; today?: number } | undefined {
  if (badge.booking || !share) return undefined;
  return {
    allowed: share.allowed,
    share: share.left,
    ...(badge.dailyQuota !== null && { today: Math.max(0, badge.dailyQuota - badge.aloneToday) }),
  };
}

function endOf(endedAs: string | null): HolderFacts['state'] {
  if (endedAs === 'released') return 'released';
  return endedAs === 'charged-back' ? 'unpaid' : 'ended';
}

function entryOf(row: EntryRow | null): Pick<HolderFacts, 'entry'> {
  if (!row) return {};
  const { at, gate, inside, leftAt } = row;
  return { entry: { at: new Date(at), gate, inside, ...(leftAt && { leftAt: new Date(leftAt) }) } };
}
