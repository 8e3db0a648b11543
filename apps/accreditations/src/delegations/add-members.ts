import { Injectable } from '@nestjs/common';
import type { InvitePeople, MembersAdded } from '#libs/contracts';
import type { FieldProblem, Language } from '#libs/kernel';
import { Database, type Tx } from '#libs/persistence';
import type { Caller } from '#libs/service-defaults';
import { ENDED } from '../applications/application.rules.js';
import { Audit } from '../audit/audit.js';
import { CategoriesQueries } from '../categories/categories.queries.js';
import { People } from '../people/people.js';
import { delegationTooLarge, delegationUnknown, membersRefused } from './delegation.refusals.js';
import { InviteMembers, type MembersOf, type PersonToInvite } from './invite-members.js';
import { readMembers } from './member-list.js';

interface DelegationRow {
  id: string;
  editionId: string;
  category: string;
  leaderId: string;
  places: number;
  perScreening: number;
}

interface Listed extends PersonToInvite {
  field: string;
}

/** Adds people to a delegation, or invites them for the festival: all of the list or nobody. */
@Injectable()
export class AddMembers {
  constructor(
    private readonly database: Database,
    private readonly people: People,
    private readonly invite: InviteMembers,
    private readonly categories: CategoriesQueries,
    private readonly audit: Audit,
  ) {}

  /** The people of a list, known to the gateway; asked before any transaction. @throws members-refused by line */
  async listed(csv: string, language: Language): Promise<Listed[]> {
    const { members, problems } = readMembers(csv, language);
    if (problems.length > 0) throw membersRefused({}, { fields: problems });
    const listed: Listed[] = [];
    for (const { line, name, email, language: spoken } of members)
      listed.push({
        personId: await this.people.record({ email, name, language: spoken }),
        name,
        language: spoken,
        field: `csv/${line}/email`,
      });
    return listed;
  }

  async invited(body: InvitePeople): Promise<Listed[]> {
    const listed: Listed[] = [];
    for (const [index, person] of body.people.entries())
      listed.push({ ...person, personId: await this.people.record(person), field: `people/${index}/email` });
    return listed;
  }

  /** The delegation of this leader, before its list is read. @throws delegation-unknown */
  async mine(leader: Caller, id: string): Promise<void> {
    await this.lock(this.database.source.manager, leader, id, false);
  }

  /** @throws delegation-unknown, delegation-too-large, members-refused for whoever has an application of the own already */
  async toDelegation(
    tx: Tx,
    command: { id: string; leader: Caller; people: readonly Listed[] },
  ): Promise<MembersAdded> {
    const { id, leader, people } = command;
    const delegation = await this.lock(tx, leader, id, true);
    // Whoever was taken back, or whose application ended, holds no place and may come again.
    const members: { person: string }[] = await tx.query(
      `SELECT m.person_id AS person FROM delegation_member m JOIN application a ON a.id = m.application_id
        WHERE m.delegation_id = $1 AND NOT a.state = ANY ($2)`,
      [id, ENDED],
    );
    const known = new Set(members.map(({ person }) => person));
    const fresh = people.filter(({ personId }) => !known.has(personId));
    if (members.length + fresh.length > delegation.places)
      throw delegationTooLarge({ places: delegation.places, members: members.length, wanted: fresh.length });
    const of: MembersOf = {
      editionId: delegation.editionId,
      category: delegation.category,
      delegation: { id, leaderId: delegation.leaderId, perScreening: delegation.perScreening },
      invitedBy: leader.id,
    };
    await this.requireFree(tx, of, fresh);
    await this.invite.within(tx, of, fresh);
    return { added: fresh.length, known: people.length - fresh.length };
  }

  /** Whom the festival invites. @throws category-unknown, members-refused */
  async toFestival(
    tx: Tx,
    command: { editionId: string; category: string; officer: Caller; people: readonly Listed[] },
  ): Promise<MembersAdded> {
    const { editionId, category, officer, people } = command;
    await this.categories.one(editionId, category, tx);
    const of: MembersOf = { editionId, category, delegation: null, invitedBy: officer.id };
    const members: { person: string }[] = await tx.query(
      `SELECT m.person_id AS person FROM delegation_member m JOIN application a ON a.id = m.application_id
        WHERE m.delegation_id IS NULL AND m.edition_id = $1 AND a.category = $2 AND NOT a.state = ANY ($3)`,
      [editionId, category, ENDED],
    );
    const known = new Set(members.map(({ person }) => person));
    const fresh = people.filter(
      ({ personId }, index) => !known.has(personId) && people.findIndex((one) => one.personId === personId) === index,
    );
    await this.requireFree(tx, of, fresh);
    await this.invite.within(tx, of, fresh);
    await this.audit.record(tx, {
      actorId: officer.id,
      action: 'people.invite',
      objectId: editionId,
      facts: { category, people: fresh.length },
    });
    return { added: fresh.length, known: people.length - fresh.length };
  }

  private async lock(tx: Tx, leader: Caller, id: string, forUpdate: boolean): Promise<DelegationRow> {
    const [row]: DelegationRow[] = await tx.query(
      `SELECT id, edition_id AS "editionId", category, leader_id AS "leaderId", places, per_screening AS "perScreening"
         FROM delegation WHERE id = $1 AND leader_id = $2 ${forUpdate ? 'FOR UPDATE' : ''}`,
      [id, leader.id],
    );
    if (!row) throw delegationUnknown();
    return row;
  }

  /** Nobody has two applications of a category: who began one alone is named by line. */
  private async requireFree(tx: Tx, of: MembersOf, people: readonly Listed[]): Promise<void> {
    const taken: { person: string }[] = await tx.query(
      `SELECT person_id AS person FROM application
        WHERE edition_id = $1 AND category = $2 AND person_id = ANY ($3) AND NOT state = ANY ($4)`,
      [of.editionId, of.category, people.map(({ personId }) => personId), ENDED],
    );
    if (taken.length === 0) return;
    const busy = new Set(taken.map(({ person }) => person));
    const problems: FieldProblem[] = people
      .filter(({ personId }) => busy.has(personId))
      .map(({ field }) => ({
        field,
        code: 'row-applied',
        reason: {
          kk: 'Бұл адамның осы санатта өтінімі бар.',
          ru: 'У этого человека уже есть заявка в этой категории.',
          en: 'This person has an application in this category already.',
        },
      }));
    throw membersRefused({}, { fields: problems });
  }
}
