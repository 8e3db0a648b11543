import { Injectable } from '@nestjs/common';
import { type EventData, event, MemberInvited } from '#libs/contracts';
import { DAY, type Language, newId } from '#libs/kernel';
import { Outbox } from '#libs/messaging';
import type { Tx } from '#libs/persistence';
import { BeginApplication } from '../applications/begin-application.js';
import { CategoriesQueries } from '../categories/categories.queries.js';
import { Editions } from '../editions/editions.js';

export interface PersonToInvite {
  personId: string;
  name: string;
  language: Language;
}

export interface MembersOf {
  editionId: string;
  category: string;
  /** Null where the festival itself invites. */
  delegation: { id: string; leaderId: string; perScreening: number } | null;
  invitedBy: string;
}

/** A link that nobody used works for so long; a reminder sends a new one. */
const LINK_DAYS = 14;

/** Begins applications for people and asks them to complete them; each of them owns the own application alone. */
@Injectable()
export class InviteMembers {
  constructor(
    private readonly begin: BeginApplication,
    private readonly categories: CategoriesQueries,
    private readonly editions: Editions,
    private readonly outbox: Outbox,
  ) {}

  async within(tx: Tx, of: MembersOf, people: readonly PersonToInvite[]): Promise<void> {
    for (const person of people) await this.one(tx, of, person);
  }

  private async one(tx: Tx, of: MembersOf, person: PersonToInvite): Promise<void> {
    const { editionId, category, delegation, invitedBy } = of;
    const { personId, language } = person;
    const applicationId = await this.begin.within(tx, { editionId, category, personId, language });
    const counted = delegation && {
      delegationId: delegation.id,
      perScreening: delegation.perScreening,
      leaderId: delegation.leaderId,
    };
    await tx.query(
      `UPDATE application SET fields = jsonb_build_object('name', $2::text), delegation = $3 WHERE id = $1`,
      [applicationId, person.name, counted && JSON.stringify(counted)],
    );
    const [member]: { id: string; round: number }[] = await tx.query(
      `WITH made AS (
         INSERT INTO delegation_member (id, delegation_id, edition_id, person_id, application_id, link_until, invited_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (delegation_id, person_id) DO UPDATE
           SET application_id = excluded.application_id, round = delegation_member.round + 1, link_until = excluded.link_until,
               opened_at = NULL, invited_by = excluded.invited_by, invited_at = clock_timestamp()
         RETURNING id, round)
       SELECT id, round FROM made`,
      [
        newId(),
        delegation?.id ?? null,
        editionId,
        personId,
        applicationId,
        await this.linkUntil(tx, editionId),
        invitedBy,
      ],
    );
    await this.tell(tx, { ...member!, delegationId: delegation?.id ?? null, editionId, personId, category });
  }

  /** Sends a new link; the one before it ends. */
  async again(tx: Tx, memberId: string): Promise<void> {
    const [member]: {
      delegationId: string | null;
      editionId: string;
      personId: string;
      category: string;
      round: number;
    }[] = await tx.query(
      `SELECT m.delegation_id AS "delegationId", m.edition_id AS "editionId", m.person_id AS "personId", a.category, m.round + 1 AS round
         FROM delegation_member m JOIN application a ON a.id = m.application_id WHERE m.id = $1 FOR UPDATE OF m`,
      [memberId],
    );
    if (!member) throw new Error('a member without an application');
    await tx.query(
      'UPDATE delegation_member SET round = $2, link_until = $3, opened_at = NULL, invited_at = clock_timestamp() WHERE id = $1',
      [memberId, member.round, await this.linkUntil(tx, member.editionId)],
    );
    await this.tell(tx, { id: memberId, ...member });
  }

  private async linkUntil(tx: Tx, editionId: string): Promise<Date> {
    return new Date((await this.editions.now(editionId, tx)).getTime() + LINK_DAYS * DAY);
  }

  private async tell(
    tx: Tx,
    member: {
      id: string;
      delegationId: string | null;
      editionId: string;
      personId: string;
      category: string;
      round: number;
    },
  ): Promise<void> {
    const { name } = await this.categories.one(member.editionId, member.category, tx);
    const data: EventData<typeof MemberInvited> = {
      memberId: member.id,
      delegationId: member.delegationId,
      editionId: member.editionId,
      personId: member.personId,
      by: member.delegationId ? 'delegation' : 'festival',
      category: member.category,
      categoryName: name,
      round: member.round,
    };
    await this.outbox.append(tx, event(MemberInvited, { aggregate: member.id, version: member.round, data }));
  }
}
