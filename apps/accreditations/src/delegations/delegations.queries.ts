import { Injectable } from '@nestjs/common';
import type { ApplicationState, Delegation, DelegationMember } from '#libs/contracts';
import type { LocalText } from '#libs/kernel';
import { Database, type Tx } from '#libs/persistence';
import { type Caller, hasRole } from '#libs/service-defaults';
import { ApplicationCheck } from '../applications/application-check.js';
import type { PaperGiven } from '../applications/papers.rules.js';
import { openedAnswers } from '../applications/sealed-answers.js';
import { CategoriesQueries } from '../categories/categories.queries.js';
import { delegationUnknown } from './delegation.refusals.js';

interface DelegationRow {
  id: string;
  editionId: string;
  name: string;
  category: string;
  categoryName: LocalText;
  leaderId: string;
  places: number;
  perScreening: number;
}

interface MemberRow {
  id: string;
  delegationId: string | null;
  editionId: string;
  personId: string;
  category: string;
  fields: Record<string, string>;
  papers: PaperGiven[];
  state: ApplicationState;
  openedAt: Date | null;
  invitedAt: Date;
  round: number;
}

const DELEGATIONS = `SELECT d.id, d.edition_id AS "editionId", d.name, d.category, c.data->'name' AS "categoryName",
  d.leader_id AS "leaderId", d.places, d.per_screening AS "perScreening"
  FROM delegation d JOIN category c ON c.edition_id = d.edition_id AND c.id = d.category`;

@Injectable()
export class DelegationsQueries {
  constructor(
    private readonly database: Database,
    private readonly categories: CategoriesQueries,
    private readonly check: ApplicationCheck,
  ) {}

  async ledBy(leader: Caller): Promise<Delegation[]> {
    return this.withMembers(
      await this.database.query<DelegationRow>(`${DELEGATIONS} WHERE d.leader_id = $1 ORDER BY d.made_at`, [leader.id]),
    );
  }

  async ofEdition(editionId: string): Promise<Delegation[]> {
    return this.withMembers(
      await this.database.query<DelegationRow>(`${DELEGATIONS} WHERE d.edition_id = $1 ORDER BY d.made_at`, [
        editionId,
      ]),
    );
  }

  /** For its leader and the edition's officers; to others it is not there. */
  async one(id: string, caller: Caller): Promise<Delegation> {
    const rows = await this.database.query<DelegationRow>(`${DELEGATIONS} WHERE d.id = $1`, [id]);
    const row = rows.find(
      ({ leaderId, editionId }) => leaderId === caller.id || hasRole(caller, 'accreditation-officer', editionId),
    );
    const [found] = row ? await this.withMembers([row]) : [];
    if (!found) throw delegationUnknown();
    return found;
  }

  async invitedBy(editionId: string): Promise<DelegationMember[]> {
    const rows = await this.members('m.delegation_id IS NULL AND m.edition_id = $1', editionId);
    return this.shown(rows);
  }

  private async withMembers(rows: DelegationRow[]): Promise<Delegation[]> {
    const members = await this.members(
      'm.delegation_id = ANY ($1)',
      rows.map(({ id }) => id),
    );
    const shown = await this.shown(members);
    return rows.map((row) => ({
      ...row,
      members: shown.filter((_, index) => members[index]?.delegationId === row.id),
    }));
  }

  private members(where: string, value: unknown): Promise<MemberRow[]> {
    return this.database.query<MemberRow>(
      `SELECT m.id, m.delegation_id AS "delegationId", m.edition_id AS "editionId", m.person_id AS "personId", a.category, a.fields,
              a.state, m.opened_at AS "openedAt", m.invited_at AS "invitedAt", m.round,
              (SELECT coalesce(jsonb_agg(jsonb_build_object('kind', e.kind, 'issuedOn', e.issued_on)), '[]')
                 FROM evidence e WHERE e.application_id = a.id) AS papers
         FROM delegation_member m JOIN application a ON a.id = m.application_id WHERE ${where} ORDER BY m.id`,
      [value],
    );
  }

  private async shown(rows: MemberRow[]): Promise<DelegationMember[]> {
    const tx: Tx = this.database.source.manager;
    const categories = await this.categories.byId(tx, rows);
    const days = new Map<string, string>();
    for (const { editionId } of rows)
      if (!days.has(editionId)) days.set(editionId, await this.check.today(tx, editionId));
    return rows.map((row) => {
      const category = categories.get(`${row.editionId}/${row.category}`);
      const today = days.get(row.editionId);
      return {
        id: row.id,
        personId: row.personId,
        name: row.fields.name ?? '',
        step: row.state === 'draft' ? (row.openedAt ? 'opened' : 'invited') : row.state,
        missing:
          row.state === 'draft' && category && today
            ? this.check.problemsOf({ fields: openedAnswers(row.fields) }, category, row.papers, today).length
            : null,
        invitedAt: row.invitedAt.toISOString(),
        round: row.round,
      };
    });
  }
}
