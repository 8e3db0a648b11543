import type { Tx } from '#libs/persistence';
import type { ApplicationRow } from './application.entity.js';
import { HELD_STATES } from './application.rules.js';

/** SQL: whether the paper `e` of the application `a` counts; those that came with a change wait for it. */
export const PAPER_COUNTS = `(a.held IS NULL OR e.uploaded_at < (SELECT max(s.recorded_at) FROM application_step s
  WHERE s.application_id = a.id AND s.command = 'reopen'))`;

/** Whether the application is an accreditation now: approved, or with a change that is still decided. */
export function accreditedNow({ state, held }: Pick<ApplicationRow, 'state' | 'held'>): boolean {
  return state === 'approved' || (held !== null && HELD_STATES.includes(state));
}

/** The application as it was approved: what a change asks for counts only once the change is. */
export function asApproved(application: ApplicationRow): ApplicationRow {
  const { held } = application;
  return held ? { ...application, category: held.category, fields: held.fields } : application;
}

/** Of these applications, the papers that count now. */
export async function papersThatCount(tx: Tx, applications: readonly string[]): Promise<string[]> {
  const papers: { id: string }[] = await tx.query(
    `SELECT e.id FROM evidence e JOIN application a ON a.id = e.application_id WHERE a.id = ANY ($1) AND ${PAPER_COUNTS}`,
    [applications],
  );
  return papers.map(({ id }) => id);
}

/** Takes away the papers that came with a change which was not approved; their files go after them. */
export async function dropPapersOfChange(tx: Tx, { id }: Pick<ApplicationRow, 'id'>): Promise<void> {
  await tx.query(
    `WITH gone AS (DELETE FROM evidence e USING application a WHERE a.id = $1 AND e.application_id = a.id
                      AND NOT ${PAPER_COUNTS} RETURNING e.id, a.person_id)
     INSERT INTO file_removal (person_id, file_id) SELECT person_id, id FROM gone`,
    [id],
  );
}
