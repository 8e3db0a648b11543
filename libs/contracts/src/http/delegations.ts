import { type Static, Type } from 'typebox';
import { Slug } from './accreditation-categories.js';
import { ApplicationState } from './accreditations.js';
import { Instant, LanguageShape, LocalTextShape, Uuid } from './common.js';

const Email = Type.String({ format: 'email', maxLength: 254 });
const Name = Type.String({ minLength: 1, maxLength: 120 });

/** `POST /editions/:edition/delegations`: an officer opens a delegation and names its leader. */
export const OpenDelegation = Type.Object({
  name: Name,
  category: Slug,
  leader: Type.Object({ email: Email, name: Name, language: LanguageShape }),
  /** How many members it may have. */
  places: Type.Integer({ minimum: 1, maximum: 500 }),
  /** How many of its members may book one screening. */
  perScreening: Type.Integer({ minimum: 0, maximum: 500 }),
});
export type OpenDelegation = Static<typeof OpenDelegation>;

/** `POST /delegations/:id/members`: a CSV with the columns name, email and, if wished, language. */
export const AddMembers = Type.Object({ csv: Type.String({ minLength: 1, maxLength: 200_000 }) });
export type AddMembers = Static<typeof AddMembers>;
export const MembersAdded = Type.Object({
  added: Type.Integer(),
  /** Rows whose person is a member already. */
  known: Type.Integer(),
});
export type MembersAdded = Static<typeof MembersAdded>;

/** `POST /editions/:edition/invited`: the festival begins applications for people and asks them to complete them. */
export const InvitePeople = Type.Object({
  category: Slug,
  people: Type.Array(Type.Object({ email: Email, name: Name, language: LanguageShape }), {
    minItems: 1,
    maxItems: 200,
  }),
});
export type InvitePeople = Static<typeof InvitePeople>;

/** What its leader and the officers see of a member: each step, and nothing of what was written or uploaded. */
export const DelegationMember = Type.Object({
  id: Uuid,
  personId: Uuid,
  name: Type.String(),
  /** `invited`: the link was sent; `opened`: it was used; then the application's own states. */
  step: Type.Union([Type.Literal('invited'), Type.Literal('opened'), ApplicationState]),
  /** Required fields and papers that are still missing, while it is a draft. */
  missing: Type.Union([Type.Integer(), Type.Null()]),
  invitedAt: Instant,
  /** How often the link was sent. */
  round: Type.Integer(),
});
export type DelegationMember = Static<typeof DelegationMember>;

export const Delegation = Type.Object({
  id: Uuid,
  editionId: Type.String(),
  name: Type.String(),
  category: Type.String(),
  categoryName: LocalTextShape,
  leaderId: Uuid,
  places: Type.Integer(),
  perScreening: Type.Integer(),
  members: Type.Array(DelegationMember),
});
export type Delegation = Static<typeof Delegation>;
export const DelegationList = Type.Object({ delegations: Type.Array(Delegation) });
export type DelegationList = Static<typeof DelegationList>;

/** `GET /editions/:edition/invited`. */
export const InvitedList = Type.Object({ invited: Type.Array(DelegationMember) });
export type InvitedList = Static<typeof InvitedList>;

/** `GET /internal/delegation-members/:id/words`: what the invitation says; the link works once. */
export const MemberWords = Type.Object({
  link: Type.String(),
  /** The delegation's name; null where the festival itself invites. */
  delegation: Type.Union([Type.String(), Type.Null()]),
  /** Until when the link works; festival time. */
  until: Instant,
});
export type MemberWords = Static<typeof MemberWords>;

/** What stands behind the # of a completion link: the member's id, a dot and 32 characters. */
export const CompletionToken = Type.Object({
  token: Type.String({ pattern: '^[0-9a-f-]{36}\\.[A-Za-z0-9_-]{32}$' }),
});
export type CompletionToken = Static<typeof CompletionToken>;
/** `POST {ACCREDITATIONS_URL}/internal/completions`, asked by the gateway: whose session the link opens. */
export const CompletionOpened = Type.Object({ personId: Uuid, applicationId: Uuid });
export type CompletionOpened = Static<typeof CompletionOpened>;
/** `POST /api/session/completion`. */
export const SignedInToComplete = Type.Object({ applicationId: Uuid });
export type SignedInToComplete = Static<typeof SignedInToComplete>;
