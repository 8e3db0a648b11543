import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Seals over the audit log: a chain of hashes that shows what was changed, taken out or put in between. */
export class AuditSeals1569000905000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE audit_seal (
        no bigint PRIMARY KEY, day date NOT NULL, entries int NOT NULL CHECK (entries > 0), hash bytea NOT NULL,
        made_at timestamptz NOT NULL DEFAULT clock_timestamp());
      -- which seal holds an entry: entries are committed in another order than they are numbered
      CREATE TABLE audit_sealed (entry_id bigint PRIMARY KEY, seal_no bigint NOT NULL REFERENCES audit_seal);
      CREATE INDEX audit_sealed_seal ON audit_sealed (seal_no);
    `);
    await runner.query(`
-- What stands in the log, the same whatever zone or format a session speaks.
CREATE FUNCTION audit_line(e audit_entry) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_array(e.id, extract(epoch FROM e.at), e.actor, e.action, e.subject, e.facts)::text
$$;

-- The hash of a seal's entries, chained to the seal before it.
CREATE FUNCTION audit_hash(before bytea, seal bigint) RETURNS bytea LANGUAGE sql STABLE AS $$
  SELECT sha256(before || convert_to(seal || E'\\n' || coalesce(string_agg(audit_line(e), E'\\n' ORDER BY e.id), ''), 'UTF8'))
    FROM audit_sealed x JOIN audit_entry e ON e.id = x.entry_id WHERE x.seal_no = seal
$$;

-- Seals what was written since; a day of its own each. Tells how many entries; 0 where there are none or another process is at it.
CREATE FUNCTION seal_audit(most int) RETURNS int LANGUAGE plpgsql AS $$
DECLARE last audit_seal%ROWTYPE; next bigint; today date; ids bigint[];
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtextextended('seal-audit', 0)) THEN RETURN 0; END IF;
  SELECT * INTO last FROM audit_seal ORDER BY no DESC LIMIT 1;
  next := coalesce(last.no, 0) + 1;
  -- an entry whose transaction took long stands before others that are sealed: so far back it is looked for
  WITH unsealed AS (
    SELECT e.id, (e.at AT TIME ZONE 'UTC')::date AS day FROM audit_entry e
     WHERE e.id > coalesce((SELECT max(entry_id) FROM audit_sealed), 0) - 10000
       AND NOT EXISTS (SELECT 1 FROM audit_sealed x WHERE x.entry_id = e.id)
     ORDER BY e.id LIMIT most)
  SELECT u.day, array_agg(u.id) INTO today, ids FROM unsealed u GROUP BY u.day ORDER BY u.day LIMIT 1;
  IF ids IS NULL THEN RETURN 0; END IF;
  INSERT INTO audit_seal (no, day, entries, hash) VALUES (next, today, cardinality(ids), '');
  INSERT INTO audit_sealed SELECT id, next FROM unnest(ids) AS id;
  UPDATE audit_seal SET hash = audit_hash(coalesce(last.hash, ''), next) WHERE no = next;
  RETURN cardinality(ids);
END $$;
`);
  }

  async down(): Promise<void> {
    throw new Error('seals are not taken off by a migration');
  }
}
