import { Injectable } from '@nestjs/common';
import type { NamedPeople, PersonContact } from '#libs/contracts';
import { scriptFold } from '#libs/kernel';
import { Database } from '#libs/persistence';
import { personUnknown } from './people.refusals.js';

@Injectable()
export class PeopleQueries {
  constructor(private readonly database: Database) {}

  /** How a person can be reached. */
  contact(id: string): Promise<PersonContact> {
    return this.one('id', id);
  }

  byEmail(email: string): Promise<PersonContact> {
    return this.one('email', email);
  }

  /** By the beginning of any word of the name, in any script. */
  named(name: string): Promise<NamedPeople['people']> {
    const words = scriptFold(name).split(' ').filter(Boolean);
    return this.database.query(
      `SELECT id, name FROM person
        WHERE cardinality($1::text[]) > 0 AND search_name <> ''
          AND (SELECT bool_and(' ' || search_name LIKE '% ' || word || '%') FROM unnest($1::text[]) word)
        ORDER BY name, id LIMIT 200`,
      [words],
    );
  }

  private async one(column: 'id' | 'email', value: string): Promise<PersonContact> {
    const [person] = await this.database.query<PersonContact & { name: string }>(
      `SELECT id AS "personId", email, name, language FROM person WHERE ${column} = $1`,
      [value],
    );
    if (!person) throw personUnknown();
    return { ...person, name: person.name || null };
  }

  /** "gate" counts in every edition, "gate@almaty-2019" in that one. */
  async roles(id: string): Promise<string[]> {
    const rows = await this.database.query<{ role: string }>(
      `SELECT role || coalesce('@' || edition_id, '') AS role FROM person_role WHERE person_id = $1 ORDER BY 1`,
      [id],
    );
    return rows.map((row) => row.role);
  }
}
