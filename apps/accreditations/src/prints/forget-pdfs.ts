/**
 * The statement that takes the PDFs of batches away and writes their files down to be removed, for every holder who stands
 * in them. Batches are locked before their file is looked at: one that is finished meanwhile is among them.
 * @param which batches, as a condition on `print_batch`
 * @param without a query of applications whose badges leave the batches; what still waits in a ready one is drawn anew
 */
export function forgetPdfs(which: string, without?: string): string {
  const left = `SELECT id FROM badge WHERE application_id IN (${without ?? 'SELECT NULL::uuid'})`;
  const again = `b.state = 'ready' AND ${without !== undefined} AND EXISTS (
    SELECT 1 FROM badge_print p JOIN badge d ON d.id = p.badge_id
     WHERE p.batch_id = b.id AND p.state = 'queued' AND d.state = 'live' AND d.id NOT IN (${left}))`;
  return `
    WITH held AS (SELECT id, file_id FROM print_batch WHERE ${which} ORDER BY id FOR UPDATE),
         gone AS (UPDATE print_batch b
                     SET file_id = NULL, bytes = NULL,
                         state = CASE WHEN ${again} THEN 'waiting' ELSE b.state END,
                         ready_at = CASE WHEN ${again} THEN NULL ELSE b.ready_at END
                    FROM held WHERE b.id = held.id AND held.file_id IS NOT NULL RETURNING b.id, held.file_id),
         gone_pages AS (UPDATE badge_print p
                     SET batch_id = NULL, state = CASE p.state WHEN 'queued' THEN 'spoiled' ELSE p.state END,
                         since = CASE p.state WHEN 'queued' THEN clock_timestamp() ELSE p.since END
                   WHERE p.badge_id IN (${left}) AND p.batch_id IS NOT NULL)
    INSERT INTO file_removal (person_id, file_id)
    SELECT DISTINCT d.person_id, gone.file_id
      FROM gone JOIN badge_print p ON p.batch_id = gone.id JOIN badge d ON d.id = p.badge_id
    ON CONFLICT DO NOTHING`;
}
