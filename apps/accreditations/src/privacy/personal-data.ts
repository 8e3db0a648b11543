import { forgetPdfs } from '../prints/forget-pdfs.js';

/**
 * Everything that this service keeps of a person beyond ids, states and times: one row for each place. `left` counts what
 * is still there, `forget` takes it away: what is counted is what must be forgotten.
 */
export interface PersonalData {
  what: string;
  /** @param own a query of the applications' ids */
  left(own: string): string;
  forget(own: string): string;
  /** Goes with the name when that is kept no longer; papers and answers have days of their own. */
  withName: boolean;
}

const FOUND = `search = '', search_key = '', outlet_key = NULL, country = NULL, request = NULL, reason = NULL, held = NULL`;

/** Ends a statement that begins to delete papers: their files are written down to be removed. */
export const KEPT_FILES = `RETURNING id, application_id)
  INSERT INTO file_removal (person_id, file_id)
  SELECT a.person_id, gone.id FROM gone JOIN application a ON a.id = gone.application_id ON CONFLICT DO NOTHING`;

const reasons = (what: string, table: string): PersonalData => ({
  what,
  left: (own) => `SELECT count(*) FROM ${table} WHERE application_id IN (${own}) AND reason IS NOT NULL`,
  forget: (own) => `UPDATE ${table} SET reason = NULL WHERE application_id IN (${own})`,
  withName: true,
});

export const PERSONAL_DATA: readonly PersonalData[] = [
  {
    what: 'answers',
    left: (own) => `SELECT count(*) FROM application WHERE id IN (${own}) AND fields <> '{}'`,
    forget: (own) => `UPDATE application SET fields = '{}' WHERE id IN (${own})`,
    withName: false,
  },
  {
    what: 'papers',
    left: (own) => `SELECT count(*) FROM evidence WHERE application_id IN (${own})`,
    forget: (own) => `WITH gone AS (DELETE FROM evidence WHERE application_id IN (${own}) ${KEPT_FILES}`,
    withName: false,
  },
  {
    what: 'applications',
    left: (own) => `SELECT count(*) FROM application WHERE id IN (${own})
      AND (search <> '' OR search_key <> '' OR outlet_key IS NOT NULL OR country IS NOT NULL OR request IS NOT NULL
           OR reason IS NOT NULL OR held IS NOT NULL)`,
    forget: (own) => `UPDATE application SET ${FOUND} WHERE id IN (${own})`,
    withName: true,
  },
  reasons('words of steps', 'application_step'),
  reasons('opinions', 'application_opinion'),
  reasons('prepared decisions', 'release_decision'),
  {
    what: 'notes',
    left: (own) => `SELECT count(*) FROM application_note WHERE application_id IN (${own})`,
    forget: (own) => `DELETE FROM application_note WHERE application_id IN (${own})`,
    withName: true,
  },
  {
    what: 'names by their sound',
    left: (own) => `SELECT count(*) FROM name_key WHERE application_id IN (${own})`,
    forget: (own) => `DELETE FROM name_key WHERE application_id IN (${own})`,
    withName: true,
  },
  {
    what: 'badges',
    left: (own) => `SELECT count(*) FROM badge WHERE application_id IN (${own})
      AND (holder->>'name' <> '' OR holder->>'line' IS NOT NULL OR end_reason IS NOT NULL)`,
    forget: (
      own,
    ) => `UPDATE badge SET end_reason = NULL, holder = jsonb_set(jsonb_set(holder, '{name}', '""'), '{line}', 'null')
      WHERE application_id IN (${own})`,
    withName: true,
  },
  {
    what: 'document sets',
    left: (own) => `SELECT count(*) FROM document_set_row WHERE application_id IN (${own}) AND data IS NOT NULL`,
    forget: (own) => `UPDATE document_set_row SET data = NULL WHERE application_id IN (${own}) AND data IS NOT NULL`,
    withName: true,
  },
  {
    what: 'drawn badges',
    left: (own) => `SELECT count(*) FROM print_batch WHERE file_id IS NOT NULL AND id IN (${batchesOf(own)})`,
    forget: (own) => forgetPdfs(`id IN (${batchesOf(own)})`, own),
    withName: true,
  },
];

function batchesOf(own: string): string {
  return `SELECT p.batch_id FROM badge_print p JOIN badge b ON b.id = p.badge_id WHERE b.application_id IN (${own})`;
}

/** Files of a person, $1, that may still lie in the store. */
export const FILES_LEFT = 'SELECT count(*) FROM file_removal WHERE person_id = $1';

/** $1 is the person. */
export const OF_PERSON = 'SELECT id FROM application WHERE person_id = $1';
/** $1 are the ids. */
export const OF_THESE = 'SELECT unnest($1::uuid[])';
