import { type Static, Type } from 'typebox';
import { Instant } from './common.js';

/** Narrows the audit log; `before` is the id of the last entry that was seen. */
export const AuditFilter = Type.Object({
  action: Type.Optional(Type.String({ maxLength: 80 })),
  actor: Type.Optional(Type.String({ maxLength: 80 })),
  subject: Type.Optional(Type.String({ maxLength: 120 })),
  before: Type.Optional(Type.String({ maxLength: 20, pattern: '^[0-9]+$' })),
});
export type AuditFilter = Static<typeof AuditFilter>;

/** Privileged changes of one service, the newest first; people and things are ids. */
export const AuditPage = Type.Object({
  entries: Type.Array(
    Type.Object({
      id: Type.String(),
      at: Instant,
      actor: Type.String(),
      action: Type.String(),
      subject: Type.String(),
      facts: Type.Record(Type.String(), Type.Unknown()),
    }),
  ),
  /** `before` of the next page; null where this one is the last. */
  next: Type.Union([Type.String(), Type.Null()]),
});
export type AuditPage = Static<typeof AuditPage>;
