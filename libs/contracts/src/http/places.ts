import { type Static, Type } from 'typebox';
import { Instant, LanguageShape, LocalTextShape, MoneyShape, Uuid } from './common.js';

/** Who gets which places, and when: allocations, blocks, invitations, bookings' rules, waitlist, rush line and passes. */

const ProgrammeId = Type.String({ minLength: 1, maxLength: 80 });
const SeatId = Type.String({ minLength: 1, maxLength: 40 });
const Seats = Type.Array(SeatId, { minItems: 1, maxItems: 500, uniqueItems: true });
const Place = {
  screeningId: Type.String(),
  title: LocalTextShape,
  startsAt: Instant,
  timezone: Type.String(),
  venue: LocalTextShape,
  hall: LocalTextShape,
};

export const AllocationClass = Type.Union([
  Type.Literal('public'),
  Type.Literal('press'),
  Type.Literal('industry'),
  Type.Literal('guest'),
  Type.Literal('jury'),
  Type.Literal('sponsor'),
  Type.Literal('film-team'),
  Type.Literal('box-office'),
]);

/** How a screening's shares stand, and what does not add up. */
export const AllocationUse = Type.Object({
  screeningId: Type.String(),
  seats: Type.Integer(),
  allocations: Type.Array(
    Type.Object({
      id: Type.String(),
      classes: Type.Array(Type.String()),
      capacity: Type.Integer(),
      used: Type.Integer(),
      window: Type.Union([Type.Literal('not-yet-open'), Type.Literal('open'), Type.Literal('closed')]),
      opensAt: Type.Optional(Instant),
      closesAt: Type.Optional(Instant),
      overflow: Type.Array(Type.String()),
    }),
  ),
  troubles: Type.Array(Type.Object({ trouble: Type.String() }, { additionalProperties: true })),
});
export type AllocationUse = Static<typeof AllocationUse>;

/** How a class enters: with a ticket, with a booking on its badge, or with the badge alone while its share has room. */
export const EntryMode = Type.Union([
  Type.Literal('ticket'),
  Type.Literal('badge-booking'),
  Type.Literal('badge-alone'),
]);
export type EntryMode = Static<typeof EntryMode>;
export const EntryModes = Type.Object({
  modes: Type.Array(Type.Object({ class: AllocationClass, mode: EntryMode }), { maxItems: 20 }),
});
export type EntryModes = Static<typeof EntryModes>;

const Release = {
  /** Festival time at which what is left goes on sale; or `minutesBefore` the start, which moves with the screening. */
  releaseAt: Type.Optional(Instant),
  minutesBefore: Type.Optional(Type.Integer({ minimum: 0, maximum: 20_160 })),
};

export const MakeBlock = Type.Object({
  purpose: Type.String({ minLength: 1, maxLength: 60 }),
  note: Type.Optional(Type.String({ maxLength: 300 })),
  seats: Seats,
  ...Release,
  /** The share that these seats count against; none when absent. */
  allocation: Type.Optional(ProgrammeId),
});
export type MakeBlock = Static<typeof MakeBlock>;

export const ChangeBlock = Type.Object({
  seats: Type.Optional(Seats),
  ...Release,
  note: Type.Optional(Type.String({ maxLength: 300 })),
});
export type ChangeBlock = Static<typeof ChangeBlock>;

export const Block = Type.Object({
  id: Uuid,
  screeningId: Type.String(),
  purpose: Type.String(),
  note: Type.Union([Type.String(), Type.Null()]),
  state: Type.Union([Type.Literal('kept'), Type.Literal('released')]),
  /** Festival time of its release as things stand; null when only a manager releases it. */
  releaseAt: Type.Union([Instant, Type.Null()]),
  minutesBefore: Type.Union([Type.Integer(), Type.Null()]),
  allocation: Type.Union([Type.String(), Type.Null()]),
  seats: Type.Array(Type.String()),
  version: Type.Integer(),
});
export type Block = Static<typeof Block>;

/** Blocks that every announced screening of some sections gets by itself. */
export const BlockPolicy = Type.Object({
  blocks: Type.Array(
    Type.Object({
      purpose: Type.String({ minLength: 1, maxLength: 60 }),
      sections: Type.Array(ProgrammeId, { minItems: 1, maxItems: 100 }),
      seats: Type.Integer({ minimum: 1, maximum: 100 }),
      /** Before the start, in festival time; 5 for the jury when absent. */
      minutesBefore: Type.Optional(Type.Integer({ minimum: 0, maximum: 20_160 })),
    }),
    { maxItems: 20 },
  ),
});
export type BlockPolicy = Static<typeof BlockPolicy>;

const InvitationState = Type.Union([
  Type.Literal('sent'),
  Type.Literal('accepted'),
  Type.Literal('declined'),
  Type.Literal('released'),
]);

export const MakeInvitationList = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 120 }),
  /** Festival time; who has not answered by then loses the places. */
  respondBy: Instant,
  invitees: Type.Array(
    Type.Object({
      name: Type.String({ minLength: 1, maxLength: 120 }),
      email: Type.Optional(Type.String({ format: 'email', maxLength: 254 })),
      places: Type.Integer({ minimum: 1, maximum: 10 }),
      language: Type.Optional(LanguageShape),
    }),
    { minItems: 1, maxItems: 200 },
  ),
});
export type MakeInvitationList = Static<typeof MakeInvitationList>;

export const InvitationRow = Type.Object({
  id: Uuid,
  /** Null once the person was erased. */
  name: Type.Union([Type.String(), Type.Null()]),
  places: Type.Integer(),
  accepted: Type.Integer(),
  companions: Type.Array(Type.String()),
  state: InvitationState,
  seats: Type.Array(Type.String()),
  /** The personal link, for whoever hands it over. */
  link: Type.String(),
});
export type InvitationRow = Static<typeof InvitationRow>;

export const InvitationList = Type.Object({
  id: Uuid,
  screeningId: Type.String(),
  name: Type.String(),
  respondBy: Instant,
  invitations: Type.Array(InvitationRow),
});
export type InvitationList = Static<typeof InvitationList>;

/** What the invitee sees by the personal link. */
export const Invitation = Type.Object({
  id: Uuid,
  ...Place,
  name: Type.Union([Type.String(), Type.Null()]),
  places: Type.Integer(),
  accepted: Type.Integer(),
  companions: Type.Array(Type.String()),
  state: InvitationState,
  respondBy: Instant,
  seats: Type.Array(Type.Object({ row: Type.String(), seat: Type.String() })),
});
export type Invitation = Static<typeof Invitation>;

export const AnswerInvitation = Type.Object({
  key: Type.String({ minLength: 16, maxLength: 64 }),
  answer: Type.Union([Type.Literal('accept'), Type.Literal('decline')]),
  /** Who comes along, by name; at most one fewer than the places. */
  companions: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 120 }), { maxItems: 9 })),
});
export type AnswerInvitation = Static<typeof AnswerInvitation>;

export const SeatInvitation = Type.Object({ seats: Type.Array(SeatId, { maxItems: 10, uniqueItems: true }) });
export type SeatInvitation = Static<typeof SeatInvitation>;

/** Whether companion places of a screening are sold alone, and how many of them are free. */
export const CompanionPlaces = Type.Object({
  screeningId: Type.String(),
  released: Type.Boolean(),
  places: Type.Integer(),
  free: Type.Integer(),
});
export type CompanionPlaces = Static<typeof CompanionPlaces>;

/** How accredited people book; each field that is absent keeps the festival's default. */
export const BookingRules = Type.Object({
  dailyQuota: Type.Optional(Type.Integer({ minimum: 1, maximum: 50 })),
  cancelMinutes: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_440 })),
  /** Bookings of a class open so many days before the screening's day, at this hour of the venue's clock. */
  opening: Type.Optional(
    Type.Array(
      Type.Object({
        class: AllocationClass,
        daysBefore: Type.Integer({ minimum: 0, maximum: 60 }),
        at: Type.String({ pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$' }),
      }),
      { maxItems: 20 },
    ),
  ),
  /** How many missed bookings are only warned about, and how long the next one blocks. */
  warnings: Type.Optional(Type.Integer({ minimum: 0, maximum: 10 })),
  blockHours: Type.Optional(Type.Integer({ minimum: 1, maximum: 240 })),
  /** How long after the end a booking that nobody used is still waited for: gates that were offline send their scans late. */
  graceMinutes: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_440 })),
});
export type BookingRules = Static<typeof BookingRules>;

export const JoinWaitlist = Type.Object({
  seats: Type.Integer({ minimum: 1, maximum: 10 }),
  language: LanguageShape,
  /** Needed when nobody is signed in. */
  buyer: Type.Optional(Type.Object({ email: Type.String({ format: 'email', maxLength: 254 }) })),
});
export type JoinWaitlist = Static<typeof JoinWaitlist>;

export const WaitlistState = Type.Union([
  Type.Literal('waiting'),
  Type.Literal('offered'),
  Type.Literal('taken'),
  Type.Literal('lapsed'),
  Type.Literal('left'),
  Type.Literal('closed'),
]);

export const WaitlistEntry = Type.Object({
  id: Uuid,
  ...Place,
  seats: Type.Integer(),
  state: WaitlistState,
  /** How many wait before this one. */
  ahead: Type.Integer(),
  offer: Type.Union([
    Type.Object({
      id: Uuid,
      /** Machine time until which the seats are kept. */
      until: Instant,
      seats: Type.Array(
        Type.Object({ id: Type.String(), row: Type.String(), number: Type.String(), price: MoneyShape }),
      ),
    }),
    Type.Null(),
  ]),
});
export type WaitlistEntry = Static<typeof WaitlistEntry>;

/** The key from the mailed link; whoever is signed in as the one who waits needs none. */
export const OfferKey = Type.Object({ key: Type.Optional(Type.String({ maxLength: 64 })) });
export type OfferKey = Static<typeof OfferKey>;

export const WaitlistRules = Type.Object({
  /** How long an offer lives; machine time. */
  offerMinutes: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_440 })),
  /** When what nobody could use goes on sale: before the start, festival time. */
  closesMinutesBefore: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_080 })),
  /** Whether those behind a group that can't be seated whole are served before it. */
  passOver: Type.Optional(Type.Boolean()),
});
export type WaitlistRules = Static<typeof WaitlistRules>;

export const RushRules = Type.Object({
  /** When seats booked on a badge and not taken go to the rush line: before the start, festival time. */
  releaseMinutes: Type.Optional(Type.Integer({ minimum: 0, maximum: 120 })),
  /** Whether paid seats are released too; never before late entry ends. */
  paidSeats: Type.Optional(Type.Boolean()),
});
export type RushRules = Static<typeof RushRules>;

export const RushNumber = Type.Object({
  id: Uuid,
  number: Type.Integer(),
  state: Type.Union([Type.Literal('waiting'), Type.Literal('admitted'), Type.Literal('left')]),
  row: Type.Union([Type.String(), Type.Null()]),
  seat: Type.Union([Type.String(), Type.Null()]),
});
export type RushNumber = Static<typeof RushNumber>;

export const RushLine = Type.Object({
  screeningId: Type.String(),
  free: Type.Integer(),
  released: Type.Integer(),
  waiting: Type.Integer(),
  next: Type.Union([Type.Integer(), Type.Null()]),
  numbers: Type.Array(RushNumber),
});
export type RushLine = Static<typeof RushLine>;

/** The line as whoever runs it from an office screen sees it; instants in festival time. */
export const RushDesk = Type.Object({
  line: RushLine,
  title: LocalTextShape,
  hall: LocalTextShape,
  timezone: Type.String(),
  festivalTime: Instant,
  /** From when numbers are called: seats that nobody took are released then. */
  opensAt: Instant,
  startsAt: Instant,
  endsAt: Instant,
  /** Gates that have not told everything within a minute: what they may have let in is not released. */
  waitingFor: Type.Array(Type.String()),
  /** The house manager released without them; machine time. */
  confirmedAt: Type.Union([Instant, Type.Null()]),
});
export type RushDesk = Static<typeof RushDesk>;

/** Screenings that begin within four hours or are on, with who waits at each. */
export const RushLines = Type.Object({
  festivalTime: Instant,
  lines: Type.Array(
    Type.Object({
      screeningId: Type.String(),
      title: LocalTextShape,
      hall: LocalTextShape,
      startsAt: Instant,
      timezone: Type.String(),
      waiting: Type.Integer(),
    }),
  ),
});
export type RushLines = Static<typeof RushLines>;

/** A released latecomer gets any free seat. The device makes `scanId` before its first try; sent again it gets the same seat. */
export const SeatLatecomer = Type.Object({ scanId: Uuid, code: Type.String({ minLength: 1, maxLength: 600 }) });
export type SeatLatecomer = Static<typeof SeatLatecomer>;
export const SeatedLatecomer = Type.Object({ row: Type.String(), seat: Type.String() });
export type SeatedLatecomer = Static<typeof SeatedLatecomer>;

const PassScope = Type.Union([
  Type.Object({ kind: Type.Literal('films'), films: Type.Integer({ minimum: 1, maximum: 500 }) }),
  Type.Object({ kind: Type.Literal('day'), day: Type.String({ format: 'date' }) }),
  Type.Object({ kind: Type.Literal('section'), sections: Type.Array(ProgrammeId, { minItems: 1, maxItems: 50 }) }),
  Type.Object({ kind: Type.Literal('everything') }),
]);

export const PassKind = Type.Object({
  id: ProgrammeId,
  name: LocalTextShape,
  scope: PassScope,
  /** Most films of one day. */
  aDay: Type.Optional(Type.Integer({ minimum: 1, maximum: 50 })),
  price: MoneyShape,
  onSale: Type.Boolean(),
});
export type PassKind = Static<typeof PassKind>;

export const PassKinds = Type.Object({
  kinds: Type.Array(PassKind, { maxItems: 100 }),
  travel: Type.Object({
    /** Minutes between two venues without a row of their own; 0 inside one venue. */
    minutes: Type.Integer({ minimum: 0, maximum: 240 }),
    between: Type.Array(
      Type.Object({ from: ProgrammeId, to: ProgrammeId, minutes: Type.Integer({ minimum: 0, maximum: 240 }) }),
      { maxItems: 500 },
    ),
  }),
});
export type PassKinds = Static<typeof PassKinds>;

export const GivePass = Type.Object({
  editionId: ProgrammeId,
  kindId: ProgrammeId,
  personId: Uuid,
  language: LanguageShape,
  reason: Type.String({ minLength: 3, maxLength: 300 }),
});
export type GivePass = Static<typeof GivePass>;

export const Pass = Type.Object({
  id: Uuid,
  editionId: Type.String(),
  kindId: Type.String(),
  name: LocalTextShape,
  scope: PassScope,
  aDay: Type.Union([Type.Integer(), Type.Null()]),
  state: Type.Union([Type.Literal('live'), Type.Literal('ended')]),
  /** What its holder says or shows; 80 bits. */
  code: Type.String(),
  /** Films left; null where they are not counted. */
  left: Type.Union([Type.Integer(), Type.Null()]),
  used: Type.Array(
    Type.Object({ screeningId: Type.String(), title: LocalTextShape, startsAt: Instant, orderId: Uuid }),
  ),
});
export type Pass = Static<typeof Pass>;
