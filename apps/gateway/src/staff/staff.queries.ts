import { Injectable } from '@nestjs/common';
import type { FoundPeople, StaffMember } from '#libs/contracts';
import { scriptFold } from '#libs/kernel';
import { Database } from '#libs/persistence';
import { personUnknown } from '../people/people.refusals.js';

const MEMBER = `
  SELECT p.id, p.email, p.name, p.language, coalesce(p.two_factor_enabled, false) AS "twoFactor",
         (SELECT jsonb_agg(jsonb_build_object('role', r.role, 'editionId', r.edition_id) ORDER BY r.role, r.edition_id)
            FROM person_role r WHERE r.person_id = p.id) AS roles,
         EXISTS (SELECT 1 FROM person_account a WHERE a.person_id = p.id AND a.provider_id = 'credential' AND a.password IS NOT NULL) AS active,
         (SELECT count(*) FROM person_session s WHERE s.person_id = p.id AND s.expires_at > now())::int AS sessions
    FROM person p`;

type MemberRow = Omit<StaffMember, 'roles'> & { roles: StaffMember['roles'] | null };

@Injectable()
export class StaffQueries {
  constructor(private readonly database: Database) {}

  async list(): Promise<StaffMember[]> {
    const rows = await this.database.query<MemberRow>(
      `${MEMBER} WHERE EXISTS (SELECT 1 FROM person_role r WHERE r.person_id = p.id) ORDER BY p.name, p.email`,
    );
    return rows.map((row) => ({ ...row, roles: row.roles ?? [] }));
  }

  /** @throws person-unknown */
  async one(id: string): Promise<StaffMember> {
    const [row] = await this.database.query<MemberRow>(`${MEMBER} WHERE p.id = $1`, [id]);
    if (!row) throw personUnknown();
    return { ...row, roles: row.roles ?? [] };
  }

  /** By the beginning of any word of the name, in any script, or by a part of the address. */
  async find(query: string): Promise<FoundPeople['people']> {
    const words = scriptFold(query).split(' ').filter(Boolean);
    const part = query
      .trim()
      .toLowerCase()
      .replaceAll(/[%_\\]/g, (sign) => `\\${sign}`);
    return this.database.query(
      `SELECT id, name, email FROM person
        WHERE email LIKE '%' || $1 || '%'
           OR (cardinality($2::text[]) > 0 AND search_name <> ''
               AND (SELECT bool_and(' ' || search_name LIKE '% ' || word || '%') FROM unnest($2::text[]) word))
        ORDER BY name, email LIMIT 20`,
      [part, words],
    );
  }

  byIds(ids: readonly string[]): Promise<FoundPeople['people']> {
    return this.database.query('SELECT id, name, email FROM person WHERE id = ANY ($1) LIMIT 200', [ids]);
  }
}
