import { type Static, Type } from 'typebox';
import { Instant, LanguageShape, Uuid } from './common.js';

/** `POST /internal/login-mails`: the gateway's own way to a mail, so that signing in works without Kafka. */
export const SendLoginMail = Type.Object({
  personId: Uuid,
  email: Type.String({ format: 'email', maxLength: 254 }),
  language: LanguageShape,
  /** Opens a page whose button signs in; works once. */
  link: Type.String({ format: 'uri', maxLength: 1_000 }),
  /** Machine time. */
  expiresAt: Instant,
});
export type SendLoginMail = Static<typeof SendLoginMail>;
export const LoginMailTaken = Type.Object({ deliveryId: Uuid });
export type LoginMailTaken = Static<typeof LoginMailTaken>;

export const DeliveryState = Type.Union([
  Type.Literal('queued'),
  Type.Literal('in-flight'),
  Type.Literal('waiting-retry'),
  Type.Literal('awaiting-contact'),
  Type.Literal('sent'),
  Type.Literal('failed'),
  Type.Literal('expired'),
  Type.Literal('withheld'),
]);
export type DeliveryState = Static<typeof DeliveryState>;

/** `GET /deliveries`. */
export const DeliveryFilter = Type.Object({
  state: Type.Optional(DeliveryState),
  person: Type.Optional(Uuid),
  fact: Type.Optional(Uuid),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
});
export type DeliveryFilter = Static<typeof DeliveryFilter>;

/** One message to one person; no text and no whole address stand here. */
export const DeliveryView = Type.Object({
  id: Uuid,
  fact: Type.String(),
  personId: Type.String(),
  channel: Type.Literal('email'),
  template: Type.String(),
  state: DeliveryState,
  attempts: Type.Integer(),
  /** "a…@example.kz"; null while no address is known. */
  address: Type.Union([Type.String(), Type.Null()]),
  queuedAt: Instant,
  sentAt: Type.Union([Instant, Type.Null()]),
  nextTryAt: Type.Union([Instant, Type.Null()]),
  /** A code, never the mail server's words. */
  trouble: Type.Union([Type.String(), Type.Null()]),
});
export type DeliveryView = Static<typeof DeliveryView>;
export const DeliveryLog = Type.Object({
  deliveries: Type.Array(DeliveryView),
  counts: Type.Record(Type.String(), Type.Integer()),
});
export type DeliveryLog = Static<typeof DeliveryLog>;
