import { type Static, Type } from 'typebox';
import { Instant, LocalTextShape, Uuid } from './common.js';
import { ConflictKind, DoorRules, DoorScreening } from './door.js';
import { AllocationClass } from './places.js';

const Count = Type.Integer();

/** One clash between what gates let in and what stands; `key` is the same whatever order the devices came in. */
export const DoorConflict = Type.Object({
  key: Type.String(),
  kind: ConflictKind,
  row: Type.Optional(Type.String()),
  seat: Type.Optional(Type.String()),
  /** Last four characters of the serial, as on the paper list. */
  last4: Type.Optional(Type.String()),
  /** Why it had ended, where it had. */
  endedAs: Type.Optional(Type.String()),
  endedAt: Type.Optional(Instant),
  /** By how many people a group or the hall is over. */
  over: Type.Optional(Count),
  /** The scans that clash, in the order of their hour. */
  scans: Type.Array(
    Type.Object({
      scanId: Uuid,
      at: Instant,
      gate: Type.String(),
      device: Type.String(),
      offline: Type.Boolean(),
      /** The device's clock was off by more than two minutes; the hour shown is corrected. */
      clockOff: Type.Boolean(),
    }),
  ),
  settled: Type.Union([Type.Object({ by: Type.String(), at: Instant, note: Type.String() }), Type.Null()]),
});
export type DoorConflict = Static<typeof DoorConflict>;

export const HouseDevice = Type.Object({
  id: Uuid,
  name: Type.String(),
  gate: Type.String(),
  seenAt: Type.Union([Instant, Type.Null()]),
  /** Seconds since then, by the server's clock. */
  silentFor: Type.Union([Count, Type.Null()]),
  listAt: Type.Union([Instant, Type.Null()]),
  listAge: Type.Union([Count, Type.Null()]),
  waiting: Count,
  clockOffsetMs: Type.Union([Count, Type.Null()]),
  /** Heard of within the minute, with nothing left to upload. */
  synced: Type.Boolean(),
});
export type HouseDevice = Static<typeof HouseDevice>;

export const HousePage = Type.Object({
  festivalTime: Instant,
  screening: DoorScreening,
  rules: DoorRules,
  /** Released seats and those who never came. */
  noShows: Count,
  rush: Type.Object({ waiting: Count, admitted: Count, free: Count, next: Type.Union([Count, Type.Null()]) }),
  gates: Type.Array(
    Type.Object({
      gate: Type.String(),
      admitted: Count,
      refused: Count,
      perMinute: Count,
      lastAt: Type.Union([Instant, Type.Null()]),
    }),
  ),
  devices: Type.Array(HouseDevice),
  conflicts: Type.Array(DoorConflict),
  /** Scans of revoked devices, never counted. */
  quarantined: Count,
  /** The hall is at 95 per cent of what it may hold, or over it. */
  alarm: Type.Union([Type.Literal('near'), Type.Literal('over'), Type.Null()]),
  salesPaused: Type.Boolean(),
  doorsClosedAt: Type.Union([Instant, Type.Null()]),
  /** No-shows may be released: every device has synced, or the house manager has said so. */
  release: Type.Object({
    at: Instant,
    waitingFor: Type.Array(Type.String()),
    confirmedAt: Type.Union([Instant, Type.Null()]),
  }),
});
export type HousePage = Static<typeof HousePage>;

/** What a revoked device let in or refused after it was revoked: told apart from everything that counts, the newest first. */
export const QuarantinedScans = Type.Object({
  scans: Type.Array(
    Type.Object({
      scanId: Uuid,
      /** When it was scanned, as the device reckoned in festival time, else by its clock. */
      at: Instant,
      receivedAt: Instant,
      device: Type.String(),
      gate: Type.String(),
      direction: Type.Union([Type.Literal('in'), Type.Literal('out')]),
      verdict: Type.String(),
      admitted: Type.Boolean(),
      undone: Type.Boolean(),
      /** Of the serial, where the code could be read. */
      last4: Type.Union([Type.String(), Type.Null()]),
    }),
  ),
  /** How many there are in all; the list holds 200. */
  total: Count,
});
export type QuarantinedScans = Static<typeof QuarantinedScans>;

/** The screenings of a day with their doors, for whoever runs the house. */
export const HouseList = Type.Object({
  festivalTime: Instant,
  screenings: Type.Array(
    Type.Object({
      id: Type.String(),
      title: LocalTextShape,
      hall: LocalTextShape,
      startsAt: Instant,
      doorsOpenAt: Instant,
      timezone: Type.String(),
      admitted: Count,
      expected: Count,
      /** Conflicts that nobody settled. */
      conflicts: Count,
      devices: Count,
    }),
  ),
});
export type HouseList = Static<typeof HouseList>;

export const PauseSales = Type.Object({ paused: Type.Boolean() });
export type PauseSales = Static<typeof PauseSales>;
export const CloseDoors = Type.Object({ closed: Type.Boolean() });
export type CloseDoors = Static<typeof CloseDoors>;
export const SettleConflict = Type.Object({
  key: Type.String({ minLength: 1, maxLength: 120 }),
  note: Type.String({ minLength: 3, maxLength: 300 }),
});
export type SettleConflict = Static<typeof SettleConflict>;

/** The list to print before doors: no names. */
export const PaperList = Type.Object({
  screening: DoorScreening,
  rows: Type.Array(
    Type.Object({
      row: Type.String(),
      seat: Type.String(),
      last4: Type.String(),
      /** Public, or the allocation class of the badge. */
      class: AllocationClass,
      entered: Type.Boolean(),
    }),
  ),
});
export type PaperList = Static<typeof PaperList>;

/** Ticks of the printed list, typed in afterwards; `at` is when the doors were worked by it. */
export const PaperTicks = Type.Object({
  at: Type.Optional(Instant),
  ticks: Type.Array(
    Type.Object({
      row: Type.String({ maxLength: 12 }),
      seat: Type.String({ maxLength: 12 }),
      last4: Type.Optional(Type.String({ maxLength: 4 })),
    }),
    { minItems: 1, maxItems: 500 },
  ),
});
export type PaperTicks = Static<typeof PaperTicks>;
export const PaperTicked = Type.Object({
  stored: Count,
  repeated: Count,
  /** Seats that nobody is listed for. */
  unknown: Type.Array(Type.Object({ row: Type.String(), seat: Type.String() })),
});
export type PaperTicked = Static<typeof PaperTicked>;

/** People whose names were found at the gateway, by id: who of them has a seat here. Online, for the house manager alone. */
export const HoldersAsked = Type.Object({ people: Type.String({ minLength: 1, maxLength: 4_000 }) });
export type HoldersAsked = Static<typeof HoldersAsked>;
export const HoldersFound = Type.Object({
  holders: Type.Array(
    Type.Object({
      personId: Type.String(),
      row: Type.String(),
      seat: Type.String(),
      last4: Type.String(),
      entered: Type.Boolean(),
    }),
  ),
});
export type HoldersFound = Static<typeof HoldersFound>;
