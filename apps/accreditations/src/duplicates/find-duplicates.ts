import { Injectable } from '@nestjs/common';
import type { ApplicationState, DuplicatePair, DuplicatesOf } from '#libs/contracts';
import { Database, type Tx } from '#libs/persistence';
import { type Caller, hasRole } from '#libs/service-defaults';
import { ENDED } from '../applications/application.rules.js';
import { openedAnswer, openedAnswers } from '../applications/sealed-answers.js';
import { because, likelihood, nameKeys } from './name-key.rules.js';

interface Changed {
  id: string;
  edition: string;
  version: number;
  name: string | null;
}

interface TwinRow {
  id: string;
  personId: string;
  category: string;
  state: ApplicationState;
  fields: Record<string, string>;
  submittedAt: Date | null;
}

/** Applications whose keys are made in one transaction. */
const AT_ONCE = 2_000;
const MOST_PAIRS = 200;

/** Finds applications that may be one person's across scripts and spellings, the likeliest first. */
@Injectable()
export class FindDuplicates {
  constructor(private readonly database: Database) {}

  async execute(officer: Caller, { edition, application }: DuplicatesOf): Promise<DuplicatePair[]> {
    if (!hasRole(officer, 'accreditation-officer', edition)) return [];
    for (;;) if ((await this.database.transaction((tx) => this.keyChanged(tx, edition))) < AT_ONCE) break;
    const pairs = await this.database.query<{ first: TwinRow; second: TwinRow }>(
      `WITH pairs AS (
         SELECT DISTINCT a.application_id AS first, b.application_id AS second
           FROM name_key a JOIN name_key b ON b.edition_id = a.edition_id AND b.key = a.key AND b.application_id > a.application_id
          WHERE a.edition_id = $1 AND ($3::uuid IS NULL OR $3 IN (a.application_id, b.application_id))
            AND NOT EXISTS (SELECT 1 FROM not_duplicates n WHERE n.first = a.application_id AND n.second = b.application_id))
       SELECT ${twin('f')} AS first, ${twin('s')} AS second
         FROM pairs p JOIN application f ON f.id = p.first JOIN application s ON s.id = p.second
        WHERE f.person_id <> s.person_id AND f.state <> 'draft' AND s.state <> 'draft'
          AND NOT f.state = ANY ($2) AND NOT s.state = ANY ($2)
        ORDER BY f.id, s.id LIMIT 5000`,
      [edition, ENDED, application ?? null],
    );
    return pairs
      .map(({ first, second }) => ({
        first: shown(first),
        second: shown(second),
        because: because(openedAnswers(first.fields), openedAnswers(second.fields)),
      }))
      .sort((one, other) => likelihood(other.because) - likelihood(one.because))
      .slice(0, MOST_PAIRS);
  }

  /** Makes the keys of what has changed since they were made; answers how many that were. */
  private async keyChanged(tx: Tx, edition: string): Promise<number> {
    await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 9))', [edition]);
    const changed: Changed[] = await tx.query(
      `SELECT a.id, a.edition_id AS edition, a.version, a.fields->>'name' AS name
         FROM application a LEFT JOIN name_keyed k ON k.application_id = a.id
        WHERE a.edition_id = $1 AND a.state <> 'draft' AND k.version IS DISTINCT FROM a.version ORDER BY a.id LIMIT ${AT_ONCE}`,
      [edition],
    );
    if (changed.length === 0) return 0;
    const ids = changed.map(({ id }) => id);
    const rows = changed.flatMap(({ id, name }) => nameKeys(openedAnswer(name ?? '')).map((key) => ({ id, key })));
    await tx.query('DELETE FROM name_key WHERE application_id = ANY ($1)', [ids]);
    await tx.query(
      `INSERT INTO name_key (application_id, edition_id, key)
       SELECT r.id, $2, r.key FROM jsonb_to_recordset($1::jsonb) AS r(id uuid, key text) ON CONFLICT DO NOTHING`,
      [JSON.stringify(rows), edition],
    );
    await tx.query(
      `INSERT INTO name_keyed (application_id, version) SELECT r.id, r.version FROM jsonb_to_recordset($1::jsonb) AS r(id uuid, version int)
       ON CONFLICT (application_id) DO UPDATE SET version = excluded.version`,
      [JSON.stringify(changed.map(({ id, version }) => ({ id, version })))],
    );
    return changed.length;
  }
}

function twin(table: 'f' | 's'): string {
  return `jsonb_build_object('id', ${table}.id, 'personId', ${table}.person_id, 'category', ${table}.category, 'state', ${table}.state,
    'fields', ${table}.fields, 'submittedAt', ${table}.submitted_at)`;
}

function shown({ id, personId, category, state, fields: sealed, submittedAt }: TwinRow): DuplicatePair['first'] {
  const fields = openedAnswers(sealed);
  return {
    id,
    personId,
    category,
    state,
    name: fields.name ?? '',
    outlet: fields.outlet ?? fields.company ?? null,
    submittedAt: submittedAt ? new Date(submittedAt).toISOString() : null,
  };
}
