import type { ApplicationRow } from './application.entity.js';
import { HELD_STATES } from './application.rules.js';

/** Whether the application is an accreditation now: approved, or with a change that is still decided. */
export function accreditedNow({ state, held }: Pick<ApplicationRow, 'state' | 'held'>): boolean {
  return state === 'approved' || (held !== null && HELD_STATES.includes(state));
}

/** The application as it was approved: what a change asks for counts only once the change is. */
export function asApproved(application: ApplicationRow): ApplicationRow {
  const { held } = application;
  return held ? { ...application, category: held.category, fields: held.fields } : application;
}

/** SQL: whether the paper `e` of the application `a` counts; those that came with a change wait for it. */
export const PAPER_COUNTS = `(a.held IS NULL OR e.uploaded_at < (SELECT max(s.recorded_at) FROM application_step s
  WHERE s.application_id = a.id AND s.command = 'reopen'))`;
