import { type Static, Type } from 'typebox';
import { Instant } from './common.js';

/** `POST /review/evidence/:id/links`: opens one paper for the officer who asked, for a minute. */
export const EvidenceLink = Type.Object({ url: Type.String(), until: Instant });
export type EvidenceLink = Static<typeof EvidenceLink>;
/** `GET /review/evidence/:id`. */
export const EvidenceLinkQuery = Type.Object({
  /** Milliseconds since 1970, machine time. */
  until: Type.Integer(),
  signature: Type.String({ minLength: 20, maxLength: 100 }),
});
export type EvidenceLinkQuery = Static<typeof EvidenceLinkQuery>;
