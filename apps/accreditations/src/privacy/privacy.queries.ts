import { Injectable } from '@nestjs/common';
import type { PersonRecords, Traces } from '#libs/contracts';
import { Database } from '#libs/persistence';
import { openedAnswers } from '../applications/sealed-answers.js';
import { FILES_LEFT, OF_PERSON, PERSONAL_DATA } from './personal-data.js';

/** What accreditations knows of a person. */
@Injectable()
export class PrivacyQueries {
  constructor(private readonly database: Database) {}

  async traces(personId: string): Promise<Traces> {
    const counted = [
      ...PERSONAL_DATA.map(({ what, left }) => ({ what, left: left(OF_PERSON) })),
      { what: 'files', left: FILES_LEFT },
    ];
    const columns = counted.map(({ left }, index) => `(${left})::int AS c${index}`).join(', ');
    const [row] = await this.database.query<Record<string, number>>(`SELECT ${columns}`, [personId]);
    return {
      left: counted
        .map(({ what }, index) => ({ what, count: row?.[`c${index}`] ?? 0 }))
        .filter(({ count }) => count > 0),
    };
  }

  async records(personId: string): Promise<PersonRecords> {
    const all = async (sql: string) =>
      (await this.database.query<{ row: unknown }>(sql, [personId])).map(({ row }) => row);
    const [applications, badges, memberships, extras, documentSets, consents] = await Promise.all([
      all(`SELECT jsonb_build_object('id', a.id, 'edition', a.edition_id, 'category', a.category, 'state', a.state, 'language', a.language,
                  'answers', a.fields, 'startedAt', a.started_at, 'submittedAt', a.submitted_at, 'reason', a.reason, 'request', a.request,
                  'steps', (SELECT coalesce(jsonb_agg(jsonb_build_object('at', s.at, 'state', s.state, 'by', s.actor, 'reason', s.reason)
                                     ORDER BY s.version), '[]') FROM application_step s WHERE s.application_id = a.id),
                  'notes', (SELECT coalesce(jsonb_agg(jsonb_build_object('at', n.at, 'text', n.text) ORDER BY n.at), '[]')
                              FROM application_note n WHERE n.application_id = a.id),
                  'papers', (SELECT coalesce(jsonb_agg(jsonb_build_object('kind', e.kind, 'fileName', e.file_name, 'type', e.type,
                                      'bytes', e.bytes, 'sha256', e.sha256, 'uploadedAt', e.uploaded_at) ORDER BY e.uploaded_at), '[]')
                               FROM evidence e WHERE e.application_id = a.id)) AS row
             FROM application a WHERE person_id = $1 ORDER BY a.started_at`),
      all(`SELECT jsonb_build_object('serial', serial, 'state', state, 'function', function, 'areas', areas, 'holder', holder,
                  'validFrom', valid_from, 'validUntil', valid_until, 'issuedAt', issued_at) AS row
             FROM badge WHERE person_id = $1 ORDER BY issued_at`),
      all(`SELECT jsonb_build_object('delegation', d.name, 'invitedAt', m.invited_at, 'openedAt', m.opened_at) AS row
             FROM delegation_member m LEFT JOIN delegation d ON d.id = m.delegation_id WHERE m.person_id = $1 ORDER BY m.invited_at`),
      all(`SELECT jsonb_build_object('extra', r.extra_id, 'edition', r.edition_id, 'state', r.state, 'askedAt', r.asked_at) AS row
             FROM extra_request r WHERE r.person_id = $1 ORDER BY r.asked_at`),
      all(`SELECT jsonb_build_object('kind', s.kind, 'frozenAt', s.frozen_at, 'data', r.data) AS row
             FROM document_set_row r JOIN document_set s ON s.id = r.set_id WHERE r.person_id = $1 ORDER BY s.frozen_at`),
      all(`SELECT jsonb_build_object('version', c.version, 'language', c.language, 'at', c.at) AS row
             FROM consent c JOIN application a ON a.id = c.application_id WHERE a.person_id = $1 ORDER BY c.at`),
    ]);
    return { applications: applications.map(opened), badges, memberships, extras, documentSets, consents };
  }
}

/** What lies sealed in the database is readable for the person whom it is about. */
function opened(row: unknown): unknown {
  const application = row as { answers: Record<string, string> };
  return { ...application, answers: openedAnswers(application.answers) };
}
