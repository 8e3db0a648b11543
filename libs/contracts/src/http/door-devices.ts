import { type Static, Type } from 'typebox';
import { Instant, Uuid } from './common.js';

const ProgrammeId = Type.String({ minLength: 1, maxLength: 80 });

/** Where and until when a device works; what is absent does not bind it. */
const Scope = {
  halls: Type.Optional(Type.Array(ProgrammeId, { maxItems: 50 })),
  screenings: Type.Optional(Type.Array(ProgrammeId, { maxItems: 100 })),
  /**
   * Access areas behind its gate, by letter: a badge needs one of them. With an empty list of screenings the gate leads to
   * the areas alone: it is the door of each.
   */
  areas: Type.Optional(Type.Array(Type.String({ pattern: '^[A-Z]$' }), { maxItems: 26 })),
};
const Does = Type.Array(Type.Union([Type.Literal('scan'), Type.Literal('sell')]), { minItems: 1, maxItems: 2 });

export const RegisterDevice = Type.Object({
  editionId: ProgrammeId,
  name: Type.String({ minLength: 1, maxLength: 60 }),
  gate: Type.String({ minLength: 1, maxLength: 40 }),
  does: Type.Optional(Does),
  ...Scope,
  /** Its shift, machine time; from now for 18 hours when absent. */
  from: Type.Optional(Instant),
  until: Type.Optional(Instant),
});
export type RegisterDevice = Static<typeof RegisterDevice>;
/** The code is shown once, as a QR or to be typed; `expiresAt` is its own end, not the shift's. */
export const RegisteredDevice = Type.Object({ deviceId: Uuid, pairingCode: Type.String(), expiresAt: Instant });
export type RegisteredDevice = Static<typeof RegisteredDevice>;

/** A public P-256 key made on the device; its private half never leaves it. */
export const DevicePublicKey = Type.Object({
  kty: Type.Literal('EC'),
  crv: Type.Literal('P-256'),
  x: Type.String({ minLength: 43, maxLength: 43 }),
  y: Type.String({ minLength: 43, maxLength: 43 }),
});
export type DevicePublicKey = Static<typeof DevicePublicKey>;

/** ECDSA P-256 with SHA-256 as WebCrypto writes it (r and s, 64 bytes), base64url. */
const Signature = Type.String({ minLength: 86, maxLength: 88 });

/** `proof` is the device's signature over the code without separators, in capitals. */
export const PairDevice = Type.Object({
  pairingCode: Type.String({ minLength: 4, maxLength: 40 }),
  publicKey: DevicePublicKey,
  proof: Signature,
});
export type PairDevice = Static<typeof PairDevice>;

/** A PIN as an offline device checks it: PBKDF2-SHA-256 over the digits, with a second salt for what proves it to the house. */
export const DevicePin = Type.Object({
  id: Uuid,
  role: Type.Union([Type.Literal('operator'), Type.Literal('house-manager')]),
  label: Type.String(),
  salt: Type.String(),
  iterations: Type.Integer(),
  hash: Type.String(),
  proofSalt: Type.String(),
  /** Whoever types it may look people up by name. */
  mayFind: Type.Boolean(),
});
export type DevicePin = Static<typeof DevicePin>;

/** What a device knows of itself; told at pairing and at `GET /door/device`. */
export const PairedDevice = Type.Object({
  deviceId: Uuid,
  editionId: Type.String(),
  gate: Type.String(),
  name: Type.String(),
  does: Does,
  scope: Type.Object(Scope),
  until: Instant,
  pins: Type.Array(DevicePin),
  /** After so long without an answer the device decides by itself. */
  offlineAfterMs: Type.Integer(),
  /** A list that is older asks the house manager. */
  listStaleAfterMs: Type.Integer(),
});
export type PairedDevice = Static<typeof PairedDevice>;

export const AskChallenge = Type.Object({ deviceId: Uuid });
export type AskChallenge = Static<typeof AskChallenge>;
/** To be signed within a minute, once. */
export const DeviceChallenge = Type.Object({ challenge: Type.String(), serverTime: Instant });
export type DeviceChallenge = Static<typeof DeviceChallenge>;

/** `signature` is over the UTF-8 bytes of the challenge. */
export const OpenDeviceSession = Type.Object({
  deviceId: Uuid,
  challenge: Type.String({ minLength: 8, maxLength: 80 }),
  signature: Signature,
  /** Who is on duty: the id of the PIN, and `pinProof` of libs/admission-code over the challenge. */
  operator: Type.Optional(Type.Object({ by: Uuid, proof: Type.String({ maxLength: 60 }) })),
});
export type OpenDeviceSession = Static<typeof OpenDeviceSession>;
/** The token is for the memory of the device alone. Festival time is server time plus the offset. */
export const DeviceSession = Type.Object({
  token: Type.String(),
  expiresAt: Instant,
  serverTime: Instant,
  festivalTime: Instant,
  festivalOffsetMs: Type.Integer(),
});
export type DeviceSession = Static<typeof DeviceSession>;

export const DeviceList = Type.Object({
  devices: Type.Array(
    Type.Object({
      id: Uuid,
      name: Type.String(),
      gate: Type.String(),
      does: Does,
      scope: Type.Object(Scope),
      state: Type.Union([Type.Literal('registered'), Type.Literal('paired'), Type.Literal('revoked')]),
      madeAt: Instant,
      until: Instant,
      seenAt: Type.Union([Instant, Type.Null()]),
      pairingUntil: Type.Union([Instant, Type.Null()]),
      scans: Type.Integer(),
      /** When its list was made that it last told of, and what it had not yet uploaded. */
      listAt: Type.Union([Instant, Type.Null()]),
      waiting: Type.Integer(),
      /** How far its clock is off, ms; null before it said. */
      clockOffsetMs: Type.Union([Type.Integer(), Type.Null()]),
      /** Which build of the scanner it runs; null before it said. */
      appVersion: Type.Union([Type.String(), Type.Null()]),
      /** Scans it sent after it was revoked: kept apart, never counted. */
      quarantined: Type.Integer(),
    }),
  ),
});
export type DeviceList = Static<typeof DeviceList>;

/** The PIN is hashed here and told to nobody again. */
export const SetPin = Type.Object({
  editionId: ProgrammeId,
  role: Type.Union([Type.Literal('operator'), Type.Literal('house-manager')]),
  /** What the gate calls the shift or the manager; no person's name is needed. */
  label: Type.String({ minLength: 1, maxLength: 40 }),
  pin: Type.String({ pattern: '^[0-9]{4,8}$' }),
  /** 18 hours when absent. */
  until: Type.Optional(Instant),
  /** An operator who may look people up by name; a house manager always may. */
  mayFind: Type.Optional(Type.Boolean()),
});
export type SetPin = Static<typeof SetPin>;
export const PinList = Type.Object({
  pins: Type.Array(
    Type.Object({
      id: Uuid,
      role: Type.Union([Type.Literal('operator'), Type.Literal('house-manager')]),
      label: Type.String(),
      until: Instant,
      mayFind: Type.Boolean(),
    }),
  ),
});
export type PinList = Static<typeof PinList>;

/** What a device tells of itself now and then. */
export const DeviceReport = Type.Object({
  /** Version and time of the list that it holds for the screening at its gate. */
  screeningId: Type.Optional(ProgrammeId),
  listAt: Type.Optional(Instant),
  waiting: Type.Integer({ minimum: 0, maximum: 1_000_000 }),
  /** The device's clock, to be compared with the server's. */
  at: Instant,
  appVersion: Type.Optional(Type.String({ maxLength: 40 })),
});
export type DeviceReport = Static<typeof DeviceReport>;
