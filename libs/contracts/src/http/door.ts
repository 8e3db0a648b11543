import { type Static, Type } from 'typebox';
import { Instant, LocalTextShape, Uuid } from './common.js';

const ProgrammeId = Type.String({ minLength: 1, maxLength: 80 });

export const ReentryPolicy = Type.Union([Type.Literal('none'), Type.Literal('same-day'), Type.Literal('always')]);
export const PhotoRule = Type.Union([
  Type.Object({ kind: Type.Literal('none') }),
  Type.Object({ kind: Type.Literal('random'), percent: Type.Integer({ minimum: 1, maximum: 100 }) }),
  Type.Object({ kind: Type.Literal('required') }),
]);

/** How a door works; of a screening, else of its edition, else none, none and as many as there are seats. */
export const DoorRules = Type.Object({
  reentry: Type.Optional(ReentryPolicy),
  photo: Type.Optional(PhotoRule),
  /** Most people inside; the number of seats when absent. */
  capacity: Type.Optional(Type.Integer({ minimum: 0, maximum: 100_000 })),
});
export type DoorRules = Static<typeof DoorRules>;

/** A screening as its gates need it; instants in festival time. */
export const DoorScreening = Type.Object({
  id: Type.String(),
  /** Of the screening's data: a higher one replaces what a device keeps. */
  version: Type.Integer(),
  title: LocalTextShape,
  startsAt: Instant,
  endsAt: Instant,
  doorsOpenAt: Instant,
  /** When the house manager has closed the doors: that moment, if it is earlier. */
  lateEntryUntil: Instant,
  /** Where "same day" of a re-entry begins. */
  dayFrom: Instant,
  timezone: Type.String(),
  hallId: Type.String(),
  hall: LocalTextShape,
  venue: LocalTextShape,
  gates: Type.Array(Type.String()),
  /** Access areas behind this device's gate. */
  areas: Type.Array(Type.String()),
  reentry: ReentryPolicy,
  photo: PhotoRule,
  capacity: Type.Object({ of: Type.Integer(), inside: Type.Integer() }),
  admitted: Type.Integer(),
  expected: Type.Integer(),
  /** No screening but the door of an access area for one day of the festival: its letter. */
  area: Type.Optional(Type.String()),
});
export type DoorScreening = Static<typeof DoorScreening>;

/** What a device may scan for now, and where the edition's other screenings of these days are. */
export const DoorScreenings = Type.Object({
  serverTime: Instant,
  festivalTime: Instant,
  festivalOffsetMs: Type.Integer(),
  screenings: Type.Array(DoorScreening),
  elsewhere: Type.Array(
    Type.Object({
      /** The screening's tag in a code, 16 hexadecimal digits. */
      tag: Type.String(),
      screeningId: Type.String(),
      title: LocalTextShape,
      hall: LocalTextShape,
      startsAt: Instant,
      timezone: Type.String(),
      /** It was moved to another hall or hour. */
      moved: Type.Boolean(),
    }),
  ),
});
export type DoorScreenings = Static<typeof DoorScreenings>;

const EntryState = Type.Union([
  Type.Literal('ended'),
  Type.Literal('released'),
  Type.Literal('unpaid'),
  Type.Literal('not_approved'),
  Type.Literal('revoked'),
  Type.Literal('suspended'),
  Type.Literal('replaced'),
  Type.Literal('reported_lost'),
]);

/** One serial without its name: see `ListEntry` of libs/admission-code, which writes and reads it. */
export const DoorListEntry = Type.Object({
  k: Type.String(),
  t: Type.Union([Type.Literal('t'), Type.Literal('b'), Type.Literal('g')]),
  s: Type.Optional(EntryState),
  r: Type.Optional(Type.String()),
  n: Type.Optional(Type.String()),
  p: Type.Optional(Type.Integer()),
  m: Type.Optional(Type.Array(Type.String())),
  b: Type.Optional(Type.Literal(true)),
  x: Type.Optional(Type.Literal(true)),
  w: Type.Optional(Type.Integer()),
  a: Type.Optional(Type.Integer()),
  d: Type.Optional(Type.Integer()),
  /** When (ms, festival time), by which gate, whether inside now, when it left last. */
  e: Type.Optional(
    Type.Union([
      Type.Tuple([Type.Integer(), Type.String(), Type.Union([Type.Literal(0), Type.Literal(1)])]),
      Type.Tuple([Type.Integer(), Type.String(), Type.Union([Type.Literal(0), Type.Literal(1)]), Type.Integer()]),
    ]),
  ),
});
export type DoorListEntry = Static<typeof DoorListEntry>;

/** Tables always come whole; `entries` replace those with the same key, `removed` go. A full one replaces everything. */
export const DoorList = Type.Object({
  version: Type.String(),
  full: Type.Boolean(),
  /** When it was made: machine time and festival time. */
  at: Instant,
  festivalTime: Instant,
  screening: DoorScreening,
  /** Public Ed25519 keys of the codes, 32 bytes in base64url. */
  keys: Type.Array(Type.Object({ id: Type.Integer(), publicKey: Type.String() })),
  /** HMAC key of the entries' keys, base64url; of this screening alone. */
  listKey: Type.String(),
  proofs: Type.Array(LocalTextShape),
  windows: Type.Array(Type.Array(Type.Object({ from: Instant, until: Instant }))),
  shares: Type.Array(Type.Union([Type.Integer(), Type.Null()])),
  entries: Type.Array(DoorListEntry),
  removed: Type.Array(Type.String()),
});
export type DoorList = Static<typeof DoorList>;

/** The version that the device holds; without it the whole list comes. */
export const ListSince = Type.Object({ since: Type.Optional(Type.String({ maxLength: 80 })) });
export type ListSince = Static<typeof ListSince>;

const Direction = Type.Union([Type.Literal('in'), Type.Literal('out')]);
const Override = Type.Object({
  /** The PIN's id and its digits; an upload names the id and carries a proof that the digits were typed. */
  by: Uuid,
  reason: Type.String({ minLength: 3, maxLength: 200 }),
  pin: Type.Optional(Type.String({ pattern: '^[0-9]{4,8}$' })),
  /** `pinProof` of libs/admission-code over this scan and its reason. */
  proof: Type.Optional(Type.String({ maxLength: 60 })),
});
export const ScanAnswers = Type.Object({
  photo: Type.Optional(Type.Union([Type.Literal('matches'), Type.Literal('differs')])),
  proof: Type.Optional(Type.Union([Type.Literal('shown'), Type.Literal('missing')])),
  override: Type.Optional(Override),
});
export type ScanAnswers = Static<typeof ScanAnswers>;

const ScanBase = {
  scanId: Uuid,
  screeningId: ProgrammeId,
  code: Type.String({ minLength: 1, maxLength: 600 }),
  /** The device's clock, uncorrected. */
  at: Instant,
  /** What the device must add to its clock to have the server's, as it knows. */
  clockOffsetMs: Type.Optional(Type.Integer()),
  direction: Type.Optional(Direction),
  /** Counts the device's scans, so that a gap shows. */
  seq: Type.Optional(Type.Integer({ minimum: 0 })),
  /** Id of the operator's PIN; online the session's own operator counts. */
  operator: Type.Optional(Uuid),
  answers: Type.Optional(ScanAnswers),
  /** How many of a group enter with its one code. */
  admit: Type.Optional(Type.Integer({ minimum: 1, maximum: 60 })),
};

/** The device makes `scanId` before its first try; sent again it gets the stored verdict, a question with its answer the next one. */
export const ScanCode = Type.Object(ScanBase);
export type ScanCode = Static<typeof ScanCode>;

export const ScanVerdict = Type.Object({
  scanId: Uuid,
  verdict: Type.String(),
  admitted: Type.Union([Type.Literal('yes'), Type.Literal('no'), Type.Literal('ask')]),
  colour: Type.Union([Type.Literal('green'), Type.Literal('red'), Type.Literal('amber')]),
  text: LocalTextShape,
  advice: Type.Optional(LocalTextShape),
  icon: Type.Optional(Type.String()),
  sound: Type.Optional(Type.Union([Type.Literal('ok'), Type.Literal('refusal'), Type.Literal('attention')])),
  overridable: Type.Optional(Type.Boolean()),
  row: Type.Optional(Type.String()),
  seat: Type.Optional(Type.String()),
  /** When and where the code was used before. */
  earlier: Type.Optional(Type.Object({ at: Instant, gate: Type.String() })),
  /** Where the ticket belongs. */
  elsewhere: Type.Optional(
    Type.Object({ title: LocalTextShape, hall: LocalTextShape, startsAt: Instant, timezone: Type.String() }),
  ),
  /** The paper that the concession needs. */
  proof: Type.Optional(LocalTextShape),
  /** A photo may be looked at: `POST /door/scans/{scanId}/photo`. */
  photo: Type.Optional(Type.Boolean()),
  /** A group: who went in with this scan, who has not come yet. */
  people: Type.Optional(Type.Integer()),
  groupLeft: Type.Optional(Type.Integer()),
  /** A house manager let them in. */
  overridden: Type.Optional(Type.Boolean()),
  capacity: Type.Optional(Type.Object({ of: Type.Integer(), inside: Type.Integer() })),
});
export type ScanVerdict = Static<typeof ScanVerdict>;

/** A link of 60 seconds to one photo; null where there is none. Nothing of it is stored on the device. */
export const PhotoLink = Type.Object({ url: Type.Union([Type.String(), Type.Null()]), expiresAt: Instant });
export type PhotoLink = Static<typeof PhotoLink>;

/** Whom to compare; the photo is a JPEG in base64. */
export const HolderFace = Type.Object({ name: Type.String(), photo: Type.Union([Type.String(), Type.Null()]) });
export type HolderFace = Static<typeof HolderFace>;

/** A scan that the device decided by itself. */
export const UploadedScan = Type.Object({
  ...ScanBase,
  verdict: Type.String({ minLength: 1, maxLength: 40 }),
  admitted: Type.Boolean(),
  /** The festival's time at the device, as it reckoned. */
  festivalAt: Type.Optional(Instant),
  listVersion: Type.Optional(Type.String({ maxLength: 80 })),
  listAt: Type.Optional(Instant),
  /** Taken back within ten seconds. */
  undone: Type.Optional(Type.Boolean()),
});
export type UploadedScan = Static<typeof UploadedScan>;

const Scans = Type.Array(UploadedScan, { minItems: 1, maxItems: 100 });
export const UploadScans = Type.Object({ scans: Scans, waiting: Type.Optional(Type.Integer({ minimum: 0 })) });
export type UploadScans = Static<typeof UploadScans>;

/** What a revoked device still has: signed by its key over the UTF-8 bytes of `body`, which is an UploadScans as JSON. */
export const SignedUpload = Type.Object({
  deviceId: Uuid,
  body: Type.String({ minLength: 2, maxLength: 400_000 }),
  signature: Type.String({ minLength: 86, maxLength: 88 }),
});
export type SignedUpload = Static<typeof SignedUpload>;

export const ConflictKind = Type.Union([
  Type.Literal('entered-twice'),
  Type.Literal('ended-before'),
  Type.Literal('over-capacity'),
  Type.Literal('group-over-size'),
  /** A device let somebody in by a house manager's word, and nothing shows that the PIN was typed. */
  Type.Literal('override-unproven'),
]);
export type ConflictKind = Static<typeof ConflictKind>;

/** `conflict`: stored too, and in the house manager's list. `quarantined`: kept apart, never counted. */
export const UploadedScans = Type.Object({
  scans: Type.Array(
    Type.Object({
      scanId: Uuid,
      outcome: Type.Union([
        Type.Literal('stored'),
        Type.Literal('repeated'),
        Type.Literal('conflict'),
        Type.Literal('quarantined'),
      ]),
      kinds: Type.Optional(Type.Array(ConflictKind)),
    }),
  ),
  serverTime: Instant,
});
export type UploadedScans = Static<typeof UploadedScans>;

/** A name asked for at the gate, online and by an operator who may; three letters at least. */
export const AskHolders = Type.Object({
  screeningId: ProgrammeId,
  name: Type.String({ minLength: 3, maxLength: 60 }),
});
export type AskHolders = Static<typeof AskHolders>;

/** The least that lets staff find a seat; nothing of it is stored on the device. */
export const HoldersAtGate = Type.Object({
  holders: Type.Array(
    Type.Object({
      name: Type.String(),
      row: Type.String(),
      seat: Type.String(),
      /** Public, or the allocation class of the badge. */
      class: Type.String(),
      state: Type.Union([Type.Literal('expected'), Type.Literal('inside'), Type.Literal('left')]),
    }),
  ),
  /** There are more than are told: a longer name helps. */
  more: Type.Boolean(),
});
export type HoldersAtGate = Static<typeof HoldersAtGate>;
