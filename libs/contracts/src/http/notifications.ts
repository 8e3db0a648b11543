import { type Static, Type } from 'typebox';
import { Instant, LanguageShape, LocalTextShape, Uuid } from './common.js';

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

/** `suppressed`: the address bounced before. `bounced`: it was taken, and came back. */
export const DeliveryState = Type.Union([
  Type.Literal('queued'),
  Type.Literal('in-flight'),
  Type.Literal('waiting-retry'),
  Type.Literal('awaiting-contact'),
  Type.Literal('sent'),
  Type.Literal('failed'),
  Type.Literal('bounced'),
  Type.Literal('suppressed'),
  Type.Literal('expired'),
  Type.Literal('withheld'),
]);
export type DeliveryState = Static<typeof DeliveryState>;

export const Channel = Type.Union([
  Type.Literal('email'),
  Type.Literal('in-app'),
  Type.Literal('telegram'),
  Type.Literal('sms'),
]);
export type Channel = Static<typeof Channel>;

/** `GET /deliveries`. */
export const DeliveryFilter = Type.Object({
  state: Type.Optional(DeliveryState),
  person: Type.Optional(Uuid),
  channel: Type.Optional(Channel),
  fact: Type.Optional(Type.String({ maxLength: 200 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
});
export type DeliveryFilter = Static<typeof DeliveryFilter>;

/** One message to one person; no text and no whole address stand here. */
export const DeliveryView = Type.Object({
  id: Uuid,
  fact: Type.String(),
  personId: Type.String(),
  channel: Channel,
  template: Type.String(),
  class: Type.String(),
  state: DeliveryState,
  attempts: Type.Integer(),
  /** "a…@example.kz"; null while no address is known. */
  address: Type.Union([Type.String(), Type.Null()]),
  queuedAt: Instant,
  sentAt: Type.Union([Instant, Type.Null()]),
  nextTryAt: Type.Union([Instant, Type.Null()]),
  /** A code, never the mail server's words. */
  trouble: Type.Union([Type.String(), Type.Null()]),
  /** An earlier try may have been taken without our knowing; the repeat carries the same Message-ID. */
  maybeRepeated: Type.Boolean(),
  /** The delivery that this one repeats by an admin's act. */
  resendOf: Type.Union([Uuid, Type.Null()]),
});
export type DeliveryView = Static<typeof DeliveryView>;
export const DeliveryLog = Type.Object({
  deliveries: Type.Array(DeliveryView),
  counts: Type.Record(Type.String(), Type.Integer()),
});
export type DeliveryLog = Static<typeof DeliveryLog>;

/** `unknown`: whoever had it in hand died, and the other side may have taken it. */
export const AttemptOutcome = Type.Union([
  Type.Literal('sent'),
  Type.Literal('waiting-retry'),
  Type.Literal('failed'),
  Type.Literal('withheld'),
  Type.Literal('unknown'),
  Type.Literal('not-handed-over'),
]);
export const DeliveryAttempt = Type.Object({
  number: Type.Integer(),
  startedAt: Instant,
  /** From then on the other side may have taken it. */
  handedOverAt: Type.Union([Instant, Type.Null()]),
  endedAt: Type.Union([Instant, Type.Null()]),
  outcome: Type.Union([AttemptOutcome, Type.Null()]),
  trouble: Type.Union([Type.String(), Type.Null()]),
});
export type DeliveryAttempt = Static<typeof DeliveryAttempt>;
export const DeliveryDetails = Type.Object({
  delivery: DeliveryView,
  attempts: Type.Array(DeliveryAttempt),
  resends: Type.Array(Uuid),
});
export type DeliveryDetails = Static<typeof DeliveryDetails>;
export const DeliveryResent = Type.Object({ deliveryId: Uuid });
export type DeliveryResent = Static<typeof DeliveryResent>;

/** `GET /suppressions`: addresses that get no mail, masked. */
export const SuppressionView = Type.Object({
  id: Uuid,
  address: Type.String(),
  reason: Type.Union([Type.Literal('bounced'), Type.Literal('complained')]),
  status: Type.Union([Type.String(), Type.Null()]),
  since: Instant,
});
export type SuppressionView = Static<typeof SuppressionView>;
export const SuppressionList = Type.Object({ suppressions: Type.Array(SuppressionView) });
export type SuppressionList = Static<typeof SuppressionList>;

/**
 * `POST /bounces/webhook`, signed as Standard Webhooks says (headers webhook-id, webhook-timestamp, webhook-signature).
 * `messageId` is the mail's Message-ID with or without its angle brackets.
 */
export const ProviderBounce = Type.Object({
  type: Type.Union([Type.Literal('mail.bounced'), Type.Literal('mail.complained')]),
  timestamp: Instant,
  data: Type.Object({
    messageId: Type.String({ maxLength: 300 }),
    recipient: Type.String({ maxLength: 320 }),
    /** Enhanced status code of RFC 3463, "5.1.1". */
    status: Type.Optional(Type.String({ pattern: '^[245]\\.\\d{1,3}\\.\\d{1,3}$' })),
  }),
});
export type ProviderBounce = Static<typeof ProviderBounce>;
export const BounceTaken = Type.Object({ taken: Type.Boolean() });
export type BounceTaken = Static<typeof BounceTaken>;

/** `GET`, `PUT /preferences`: what a person may leave, by class, and where else messages go. */
export const LeavableClass = Type.Union([Type.Literal('booking'), Type.Literal('reminder')]);
export type LeavableClass = Static<typeof LeavableClass>;
export const PreferencesChange = Type.Object({
  /** Classes that are sent by mail, Telegram and SMS; the inbox keeps everything. */
  classes: Type.Object({ booking: Type.Boolean(), reminder: Type.Boolean() }),
  telegram: Type.Boolean(),
  sms: Type.Boolean(),
});
export type PreferencesChange = Static<typeof PreferencesChange>;
export const PreferencesView = Type.Object({
  ...PreferencesChange.properties,
  telegramLinked: Type.Boolean(),
  /** "+7 7•• ••• 12 34"; null while no number is confirmed. */
  phone: Type.Union([Type.String(), Type.Null()]),
  /** Which channels this installation has at all. */
  offered: Type.Array(Channel),
});
export type PreferencesView = Static<typeof PreferencesView>;

/** `POST /preferences/phone`: a code goes to the number. */
export const GivePhone = Type.Object({ phone: Type.String({ pattern: '^\\+7\\d{10}$' }) });
export type GivePhone = Static<typeof GivePhone>;
export const PhoneCodeSent = Type.Object({ expiresAt: Instant });
export type PhoneCodeSent = Static<typeof PhoneCodeSent>;
/** `POST /preferences/phone/confirmation`. */
export const ConfirmPhone = Type.Object({ code: Type.String({ pattern: '^\\d{6}$' }) });
export type ConfirmPhone = Static<typeof ConfirmPhone>;

/** `POST /telegram/links`: the link opens a chat with the bot, which hands the code back; it can be typed there, too. */
export const TelegramLink = Type.Object({ url: Type.String(), code: Type.String(), expiresAt: Instant });
export type TelegramLink = Static<typeof TelegramLink>;

/** `GET /inbox`: newest first. */
export const InboxFilter = Type.Object({
  before: Type.Optional(Type.Integer({ minimum: 1 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
  language: Type.Optional(LanguageShape),
});
export type InboxFilter = Static<typeof InboxFilter>;
export const InboxNote = Type.Object({
  /** Counts up for each person without a gap; also the id of the event in the stream. */
  number: Type.Integer(),
  template: Type.String(),
  class: Type.String(),
  title: Type.String(),
  text: Type.String(),
  /** A page of the site, which asks who it is that reads. */
  link: Type.String(),
  at: Instant,
  readAt: Type.Union([Instant, Type.Null()]),
});
export type InboxNote = Static<typeof InboxNote>;
export const InboxPage = Type.Object({ notes: Type.Array(InboxNote), unread: Type.Integer() });
export type InboxPage = Static<typeof InboxPage>;
/** `PUT /inbox/read`: everything up to that number. */
export const ReadUntil = Type.Object({ number: Type.Integer({ minimum: 0 }) });
export type ReadUntil = Static<typeof ReadUntil>;
export const ReadMarks = Type.Object({ unread: Type.Integer() });
export type ReadMarks = Static<typeof ReadMarks>;

/** `PUT /editions/:id/public-holidays`: days on which no SMS is sent. */
export const PublicHolidays = Type.Object({
  days: Type.Array(Type.String({ format: 'date' }), { maxItems: 60 }),
});
export type PublicHolidays = Static<typeof PublicHolidays>;

/** `GET {ACCREDITATIONS_URL}/internal/applications/:id/words`: what an officer wrote, for the letter about it. */
export const ApplicationWords = Type.Object({
  message: Type.Optional(Type.String()),
  reason: Type.Optional(Type.String()),
  link: Type.String(),
  dueAt: Type.Optional(Instant),
});
export type ApplicationWords = Static<typeof ApplicationWords>;

/** `GET /letters`: every template of a mail and what sets it off. */
export const LetterTemplates = Type.Object({
  letters: Type.Array(
    Type.Object({
      template: Type.String(),
      class: Type.String(),
      channels: Type.Array(Channel),
      /** The type of the fact, or what sets it off otherwise. */
      from: Type.String(),
      subject: LocalTextShape,
    }),
  ),
});
export type LetterTemplates = Static<typeof LetterTemplates>;
export const LetterLanguage = Type.Object({ language: LanguageShape });
export type LetterLanguage = Static<typeof LetterLanguage>;
