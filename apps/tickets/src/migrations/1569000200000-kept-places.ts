import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Places kept for somebody: entry modes, blocks with a release time, invitation lists. */
export class KeptPlaces1569000200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- how a class enters; screening_id '' is the edition's own rule
      CREATE TABLE entry_mode (
        edition_id text NOT NULL, screening_id text NOT NULL DEFAULT '', class text NOT NULL,
        mode text NOT NULL CHECK (mode IN ('ticket', 'badge-booking', 'badge-alone')),
        PRIMARY KEY (edition_id, screening_id, class));

      CREATE TABLE block (
        id uuid PRIMARY KEY, edition_id text NOT NULL, screening_id text NOT NULL, purpose text NOT NULL, note text,
        state text NOT NULL DEFAULT 'kept' CHECK (state IN ('kept', 'released')), version int NOT NULL DEFAULT 1,
        -- festival time; one of the two, or neither where only a manager releases it
        release_at timestamptz, minutes_before int, allocation text,
        -- made by the edition's policy, once per screening and purpose, also after it was released
        by_policy boolean NOT NULL DEFAULT false, made_by text NOT NULL, made_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        released_at timestamptz, end_reason text, CHECK (release_at IS NULL OR minutes_before IS NULL));
      CREATE INDEX block_screening ON block (screening_id);
      CREATE INDEX block_kept ON block (edition_id) WHERE state = 'kept';
      CREATE UNIQUE INDEX block_policy_once ON block (screening_id, purpose) WHERE by_policy;
      CREATE TABLE block_policy (edition_id text PRIMARY KEY, blocks jsonb NOT NULL, changed_by text NOT NULL);

      CREATE TABLE invitation_list (
        id uuid PRIMARY KEY, edition_id text NOT NULL, screening_id text NOT NULL, name text NOT NULL,
        respond_by timestamptz NOT NULL, made_by text NOT NULL, made_at timestamptz NOT NULL DEFAULT clock_timestamp());
      CREATE INDEX invitation_list_screening ON invitation_list (screening_id);
      -- names are personal data: in no event, and gone when the person is erased
      CREATE TABLE invitation (
        id uuid PRIMARY KEY, list_id uuid NOT NULL REFERENCES invitation_list, position int NOT NULL,
        person_id text, name text, companions text[] NOT NULL DEFAULT '{}', language text NOT NULL,
        places int NOT NULL CHECK (places > 0), accepted int NOT NULL DEFAULT 0 CHECK (accepted BETWEEN 0 AND places),
        state text NOT NULL DEFAULT 'sent' CHECK (state IN ('sent', 'accepted', 'declined', 'released')),
        version bigint NOT NULL DEFAULT 1, answered_at timestamptz);
      CREATE INDEX invitation_list_order ON invitation (list_id, position);
      CREATE INDEX invitation_person ON invitation (person_id) WHERE person_id IS NOT NULL;
      CREATE INDEX invitation_open ON invitation (list_id) WHERE state = 'sent';
    `);
    await runner.query(`
CREATE FUNCTION festival_now(edition text) RETURNS timestamptz LANGUAGE sql VOLATILE AS $$
  SELECT clock_timestamp() + make_interval(secs => coalesce((SELECT offset_ms FROM festival_clock WHERE edition_id = edition), 0) / 1000.0)
$$;

-- By a manager, or at its time; being told twice is a success that frees nothing.
CREATE FUNCTION release_block(released uuid, why text, by_whom text) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE b block%ROWTYPE; freed jsonb;
BEGIN
  SELECT * INTO b FROM block WHERE id = released;
  PERFORM lock_screenings(ARRAY[b.screening_id]);
  SELECT * INTO b FROM block WHERE id = released FOR UPDATE;
  IF b.state <> 'kept' THEN RETURN '[]'; END IF;
  freed := release_owner(released);
  UPDATE block SET state = 'released', version = version + 1, released_at = clock_timestamp(), end_reason = why WHERE id = released;
  INSERT INTO audit_entry (actor, action, subject, facts) VALUES (by_whom, 'block.released', released::text, jsonb_build_object('reason', why));
  RETURN freed;
END $$;

CREATE FUNCTION due_blocks(most int) RETURNS SETOF uuid LANGUAGE sql VOLATILE AS $$
  SELECT b.id FROM block b JOIN screening_copy s USING (screening_id)
   WHERE b.state = 'kept' AND coalesce(b.release_at, s.starts_at - make_interval(mins => b.minutes_before)) <= festival_now(b.edition_id)
   ORDER BY b.id LIMIT most
$$;

-- One invitation nobody answered in time: its places are free. Null when none is due.
CREATE FUNCTION release_invitation() RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE due uuid; s text; freed jsonb;
BEGIN
  SELECT i.id, l.screening_id INTO due, s FROM invitation i JOIN invitation_list l ON l.id = i.list_id
   WHERE i.state = 'sent' AND l.respond_by < festival_now(l.edition_id) ORDER BY i.id LIMIT 1;
  IF NOT FOUND THEN RETURN NULL; END IF;
  PERFORM lock_screenings(ARRAY[s]);
  PERFORM 1 FROM invitation WHERE id = due AND state = 'sent' FOR UPDATE;
  IF NOT FOUND THEN RETURN '[]'; END IF;
  freed := release_owner(due);
  UPDATE invitation SET state = 'released', version = version + 1 WHERE id = due;
  RETURN freed;
END $$;
`);
  }

  async down(): Promise<void> {
    throw new Error('places that were promised are not taken back by a migration');
  }
}
