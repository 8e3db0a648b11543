import { type Static, Type } from 'typebox';
import { Instant, LanguageShape } from './common.js';

export const StaffRole = Type.Object({
  role: Type.Union([
    Type.Literal('admin'),
    Type.Literal('programmer'),
    Type.Literal('accreditation-officer'),
    Type.Literal('box-office'),
    Type.Literal('gate'),
    Type.Literal('house-manager'),
    Type.Literal('finance'),
  ]),
  /** Null where it holds in every edition. */
  editionId: Type.Union([Type.String({ maxLength: 80 }), Type.Null()]),
});
export type StaffRole = Static<typeof StaffRole>;

export const StaffMember = Type.Object({
  id: Type.String(),
  email: Type.String(),
  name: Type.String(),
  language: LanguageShape,
  roles: Type.Array(StaffRole),
  /** A second factor is set up. */
  twoFactor: Type.Boolean(),
  /** Has chosen a password. */
  active: Type.Boolean(),
  sessions: Type.Integer(),
});
export type StaffMember = Static<typeof StaffMember>;

export const StaffList = Type.Object({ staff: Type.Array(StaffMember) });
export type StaffList = Static<typeof StaffList>;

export const InviteStaff = Type.Object({
  email: Type.String({ format: 'email', maxLength: 254 }),
  name: Type.String({ minLength: 1, maxLength: 120 }),
  language: LanguageShape,
  roles: Type.Array(StaffRole, { minItems: 1, maxItems: 20 }),
});
export type InviteStaff = Static<typeof InviteStaff>;

/** The link to choose a password: shown once, to be handed over; it works once. */
export const StaffInvited = Type.Object({ member: StaffMember, link: Type.String(), expiresAt: Instant });
export type StaffInvited = Static<typeof StaffInvited>;

export const SetStaffRoles = Type.Object({ roles: Type.Array(StaffRole, { maxItems: 20 }) });
export type SetStaffRoles = Static<typeof SetStaffRoles>;

export const ChoosePassword = Type.Object({
  token: Type.String({ minLength: 20, maxLength: 100 }),
  password: Type.String({ minLength: 12, maxLength: 200 }),
});
export type ChoosePassword = Static<typeof ChoosePassword>;

export const FindPeople = Type.Object({ query: Type.String({ minLength: 2, maxLength: 120 }) });
export type FindPeople = Static<typeof FindPeople>;

/** People whose name, in any script, or address fits; at most 20. */
export const FoundPeople = Type.Object({
  people: Type.Array(Type.Object({ id: Type.String(), name: Type.String(), email: Type.String() })),
});
export type FoundPeople = Static<typeof FoundPeople>;

/** Among services: people by the beginnings of the words of their name, in any script. */
export const SearchPeople = Type.Object({ name: Type.String({ minLength: 3, maxLength: 60 }) });
export type SearchPeople = Static<typeof SearchPeople>;
/** Without addresses; at most 200. */
export const NamedPeople = Type.Object({
  people: Type.Array(Type.Object({ id: Type.String(), name: Type.String() })),
});
export type NamedPeople = Static<typeof NamedPeople>;

export const PeopleByIds = Type.Object({ ids: Type.String({ minLength: 1, maxLength: 8_000 }) });
export type PeopleByIds = Static<typeof PeopleByIds>;
