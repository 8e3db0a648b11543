import { Injectable } from '@nestjs/common';
import type { PersonExport, PersonRecords } from '#libs/contracts';
import { Database } from '#libs/persistence';
import { NEIGHBOURS, Neighbours } from './neighbours.js';
import { exportIncomplete } from './privacy.refusals.js';

/** Everything that the system knows of one person, whole or not at all. */
@Injectable()
export class ExportPerson {
  constructor(
    private readonly database: Database,
    private readonly neighbours: Neighbours,
  ) {}

  /** @throws export-incomplete when a service can't be asked */
  async execute(personId: string): Promise<PersonExport> {
    const answers = await Promise.all(
      NEIGHBOURS.map(async (neighbour) => [neighbour, await this.neighbours.records(neighbour, personId)] as const),
    );
    const missing = answers.filter(([, records]) => !records).map(([neighbour]) => neighbour);
    if (missing.length > 0) throw exportIncomplete({ missing });
    return {
      personId,
      exportedAt: new Date().toISOString(),
      parts: { gateway: await this.own(personId), ...(Object.fromEntries(answers) as Record<string, PersonRecords>) },
    };
  }

  private async own(personId: string): Promise<PersonRecords> {
    const [person] = await this.database.query<PersonRecords>(
      `SELECT email, name, language, created_at AS "since",
              (SELECT coalesce(jsonb_agg(jsonb_build_object('role', role, 'edition', edition_id)), '[]') FROM person_role WHERE person_id = p.id) AS roles,
              (SELECT coalesce(jsonb_agg(jsonb_build_object('since', created_at, 'until', expires_at, 'browser', user_agent)), '[]')
                 FROM person_session WHERE person_id = p.id) AS sessions
         FROM person p WHERE id = $1`,
      [personId],
    );
    return person ?? {};
  }
}
