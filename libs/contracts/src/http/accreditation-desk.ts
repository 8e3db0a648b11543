import { type Static, Type } from 'typebox';
import { BadgePrint, PrintFormat } from './accreditation-badges.js';
import { Slug } from './accreditation-categories.js';
import { ApplicationState, BadgeSummary, EvidenceView } from './accreditations.js';
import { LanguageShape, LocalTextShape, Uuid } from './common.js';

/** `GET /desk/people`: who stands at the desk, by a part of the name or the outlet in any script. */
export const DeskSearch = Type.Object({ edition: Slug, search: Type.String({ minLength: 2, maxLength: 120 }) });
export type DeskSearch = Static<typeof DeskSearch>;
export const DeskPerson = Type.Object({
  applicationId: Uuid,
  personId: Type.String(),
  name: Type.String(),
  outlet: Type.Union([Type.String(), Type.Null()]),
  category: Type.String(),
  categoryName: LocalTextShape,
  state: ApplicationState,
  badge: Type.Union([BadgeSummary, Type.Null()]),
  /** The piece of card that is out or on its way. */
  print: Type.Union([BadgePrint, Type.Null()]),
  /** The portrait to compare with the face, by a link of a minute; null where there is none. */
  photo: Type.Union([Type.String(), Type.Null()]),
});
export type DeskPerson = Static<typeof DeskPerson>;
export const DeskPeople = Type.Object({ people: Type.Array(DeskPerson) });
export type DeskPeople = Static<typeof DeskPeople>;

/** `POST /desk/walk-ups`: an officer fills in the form of somebody who stands there; again with more answers to go on. */
export const BeginWalkUp = Type.Object({
  editionId: Slug,
  category: Slug,
  email: Type.String({ format: 'email', maxLength: 254 }),
  language: LanguageShape,
  fields: Type.Record(Type.String(), Type.String({ maxLength: 4_000 }), { maxProperties: 60 }),
});
export type BeginWalkUp = Static<typeof BeginWalkUp>;
export const WalkUp = Type.Object({
  applicationId: Uuid,
  personId: Type.String(),
  state: ApplicationState,
  evidence: Type.Array(EvidenceView),
});
export type WalkUp = Static<typeof WalkUp>;

/** `POST /desk/walk-ups/:id/issue`: handed in, decided, badge and card in one act, within the same quotas. */
export const IssueWalkUp = Type.Object({
  format: PrintFormat,
  reason: Type.Optional(Type.String({ minLength: 1, maxLength: 1_000 })),
  /** The version of the consent that the person signed at the desk, where the edition asks for one. */
  consent: Type.Optional(Type.Object({ version: Type.String({ minLength: 1, maxLength: 40 }) })),
  /** Takes a place beyond a full quota that allows it; needs a reason. */
  override: Type.Optional(Type.Boolean()),
});
export type IssueWalkUp = Static<typeof IssueWalkUp>;
export const WalkUpIssued = Type.Object({
  applicationId: Uuid,
  /** "approved" has a badge and a print; any other state says why there is none yet. */
  state: ApplicationState,
  badge: Type.Union([BadgeSummary, Type.Null()]),
  print: Type.Union([BadgePrint, Type.Null()]),
});
export type WalkUpIssued = Static<typeof WalkUpIssued>;

/** `POST /desk/badges/:id/print`. */
export const PrintAtDesk = Type.Object({ format: PrintFormat });
export type PrintAtDesk = Static<typeof PrintAtDesk>;
/** `POST /desk/badges/:id/reprint`: a new serial; the old one answers "replaced". */
export const ReprintAtDesk = Type.Object({
  format: PrintFormat,
  reason: Type.String({ minLength: 1, maxLength: 1_000 }),
});
export type ReprintAtDesk = Static<typeof ReprintAtDesk>;
