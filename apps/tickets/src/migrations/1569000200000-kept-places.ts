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

-- Seats and, where it counts against a share, their places. The document: id, edition, screening, plan, purpose, note,
-- releaseAt, minutesBefore, allocation (a limit), byPolicy, seats, by.
CREATE FUNCTION make_block(p jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE i inventory%ROWTYPE; bid uuid := (p->>'id')::uuid; claims jsonb; policy boolean := coalesce((p->>'byPolicy')::boolean, false);
BEGIN
  PERFORM lock_screenings(ARRAY[p->>'screening']);
  SELECT * INTO i FROM inventory WHERE screening_id = p->>'screening';
  IF NOT FOUND THEN PERFORM refuse('screening-unknown', jsonb_build_object('screening', p->>'screening')); END IF;
  IF i.plan_version <> (p->>'plan')::int THEN PERFORM refuse('plan-changed', jsonb_build_object('screening', p->>'screening')); END IF;
  INSERT INTO block (id, edition_id, screening_id, purpose, note, release_at, minutes_before, allocation, by_policy, made_by)
  VALUES (bid, p->>'edition', p->>'screening', p->>'purpose', p->>'note', (p->>'releaseAt')::timestamptz, (p->>'minutesBefore')::int,
          p->>'allocation', policy, p->>'by')
  ON CONFLICT (screening_id, purpose) WHERE by_policy DO NOTHING;
  IF NOT FOUND THEN RETURN '[]'; END IF;
  IF p->>'allocation' IS NOT NULL THEN
    PERFORM take_limit(ARRAY[p->>'allocation'], bid, jsonb_array_length(p->'seats'));
  END IF;
  claims := claim_seats('block', bid, (SELECT jsonb_agg(jsonb_build_object('screening', p->>'screening', 'seat', seat, 'line', n))
                                         FROM jsonb_array_elements_text(p->'seats') WITH ORDINALITY AS s(seat, n)));
  INSERT INTO audit_entry (actor, action, subject, facts)
  VALUES (p->>'by', 'block.made', bid::text, jsonb_build_object('screening', p->>'screening', 'purpose', p->>'purpose', 'seats', p->'seats'));
  RETURN claims;
END $$;

-- Another set of seats, another time. What is no longer in it is free; what is new must be free.
CREATE FUNCTION change_block(changed uuid, p jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE b block%ROWTYPE; freed jsonb := '[]'; claims jsonb := '[]'; more jsonb; n int;
BEGIN
  SELECT * INTO b FROM block WHERE id = changed;
  PERFORM lock_screenings(ARRAY[b.screening_id]);
  SELECT * INTO b FROM block WHERE id = changed FOR UPDATE;
  IF b.state <> 'kept' THEN PERFORM refuse('block-released', jsonb_build_object('block', changed)); END IF;
  IF b.version <> (p->>'version')::int THEN PERFORM refuse('changed-meanwhile', jsonb_build_object('version', b.version)); END IF;
  IF p ? 'seats' THEN
    IF b.allocation IS NOT NULL THEN
      PERFORM 1 FROM usage_limit WHERE id = b.allocation FOR UPDATE;
      UPDATE usage_limit SET used = used - coalesce((SELECT u.n FROM limit_use u WHERE u.limit_id = b.allocation AND u.owner_id = changed), 0)
       WHERE id = b.allocation;
      DELETE FROM limit_use WHERE limit_id = b.allocation AND owner_id = changed;
      PERFORM take_limit(ARRAY[b.allocation], changed, jsonb_array_length(p->'seats'));
    END IF;
    PERFORM 1 FROM seat_claim WHERE owner_id = changed ORDER BY screening_id COLLATE "C", seat_id COLLATE "C" FOR UPDATE;
    WITH gone AS (DELETE FROM seat_claim WHERE owner_id = changed AND NOT (p->'seats') ? seat_id RETURNING screening_id, seat_id, claim_no)
    SELECT coalesce(jsonb_agg(jsonb_build_object('screening', screening_id, 'seat', seat_id, 'no', claim_no)), '[]') INTO freed FROM gone;
    SELECT coalesce(max(line_no), 0) INTO n FROM seat_claim WHERE owner_id = changed;
    SELECT jsonb_agg(jsonb_build_object('screening', b.screening_id, 'seat', seat, 'line', n + place)) INTO more
      FROM jsonb_array_elements_text(p->'seats') WITH ORDINALITY AS s(seat, place)
     WHERE NOT EXISTS (SELECT 1 FROM seat_claim c WHERE c.owner_id = changed AND c.seat_id = seat);
    IF more IS NOT NULL THEN claims := claim_seats('block', changed, more); END IF;
  END IF;
  UPDATE block SET version = version + 1, note = coalesce(p->>'note', note),
         release_at = CASE WHEN p ? 'releaseAt' THEN (p->>'releaseAt')::timestamptz WHEN p ? 'minutesBefore' THEN NULL ELSE release_at END,
         minutes_before = CASE WHEN p ? 'minutesBefore' THEN (p->>'minutesBefore')::int WHEN p ? 'releaseAt' THEN NULL ELSE minutes_before END
   WHERE id = changed;
  INSERT INTO audit_entry (actor, action, subject, facts) VALUES (p->>'by', 'block.changed', changed::text, p - 'by');
  RETURN jsonb_build_object('claims', claims, 'freed', freed);
END $$;

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

-- Protocol staff seat an invitee: on free seats, or on seats of a block of the same screening, which then are the invitee's.
CREATE FUNCTION seat_invitation(invited uuid, seats text[], by_whom text) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE v invitation%ROWTYPE; s text; freed jsonb; claims jsonb := '[]'; taken jsonb; more jsonb; n int;
BEGIN
  SELECT screening_id INTO s FROM invitation JOIN invitation_list l ON l.id = list_id WHERE invitation.id = invited;
  PERFORM lock_screenings(ARRAY[s]);
  SELECT * INTO v FROM invitation WHERE id = invited FOR UPDATE;
  IF v.state NOT IN ('sent', 'accepted') THEN PERFORM refuse('invitation-over', jsonb_build_object('state', v.state)); END IF;
  n := CASE v.state WHEN 'accepted' THEN v.accepted ELSE v.places END;
  IF cardinality(seats) > n THEN PERFORM refuse('invitation-too-many', jsonb_build_object('places', n)); END IF;
  PERFORM 1 FROM seat_claim WHERE screening_id = s AND (owner_id = invited OR seat_id = ANY (seats)) ORDER BY seat_id COLLATE "C" FOR UPDATE;
  WITH gone AS (DELETE FROM seat_claim WHERE owner_id = invited AND seat_id <> ALL (seats) RETURNING screening_id, seat_id, claim_no)
  SELECT coalesce(jsonb_agg(jsonb_build_object('screening', screening_id, 'seat', seat_id, 'no', claim_no)), '[]') INTO freed FROM gone;
  WITH taken_over AS (
    UPDATE seat_claim c SET owner_id = invited, claim_no = nextval('claim_number')
      FROM block b WHERE c.screening_id = s AND c.seat_id = ANY (seats) AND b.id = c.owner_id AND b.state = 'kept'
    RETURNING c.screening_id, c.seat_id, c.claim_no)
  SELECT coalesce(jsonb_agg(jsonb_build_object('screening', screening_id, 'seat', seat_id, 'no', claim_no)), '[]') INTO claims FROM taken_over;
  SELECT jsonb_agg(jsonb_build_object('screening', s, 'seat', seat, 'line', 0)) INTO more FROM unnest(seats) AS seat
   WHERE NOT EXISTS (SELECT 1 FROM seat_claim c WHERE c.screening_id = s AND c.seat_id = seat AND c.owner_id = invited);
  IF more IS NOT NULL THEN claims := claims || claim_seats('block', invited, more); END IF;
  UPDATE seat_claim c SET line_no = array_position(seats, c.seat_id) WHERE owner_id = invited;
  INSERT INTO audit_entry (actor, action, subject, facts) VALUES (by_whom, 'invitation.seated', invited::text, jsonb_build_object('seats', seats));
  RETURN jsonb_build_object('claims', claims, 'freed', freed);
END $$;

-- The invitee's own word, until the list's date; it may change until then. Saying the same again is a success.
CREATE FUNCTION answer_invitation(invited uuid, accepting boolean, along text[]) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE v invitation%ROWTYPE; l invitation_list%ROWTYPE; freed jsonb := '[]'; n int := CASE WHEN accepting THEN 1 + cardinality(along) ELSE 0 END;
BEGIN
  SELECT x.* INTO l FROM invitation_list x JOIN invitation i ON i.list_id = x.id WHERE i.id = invited;
  PERFORM lock_screenings(ARRAY[l.screening_id]);
  SELECT * INTO v FROM invitation WHERE id = invited FOR UPDATE;
  IF v.state = (CASE WHEN accepting THEN 'accepted' ELSE 'declined' END) AND v.accepted = n AND v.companions = along THEN RETURN freed; END IF;
  IF v.state = 'released' OR festival_now(l.edition_id) > l.respond_by THEN
    PERFORM refuse('invitation-over', jsonb_build_object('state', v.state, 'respondBy', l.respond_by));
  END IF;
  IF n > v.places THEN PERFORM refuse('invitation-too-many', jsonb_build_object('places', v.places)); END IF;
  UPDATE invitation SET state = CASE WHEN accepting THEN 'accepted' ELSE 'declined' END, accepted = n, companions = along,
         version = version + 1, answered_at = clock_timestamp() WHERE id = invited;
  PERFORM 1 FROM seat_claim WHERE owner_id = invited AND line_no > n ORDER BY screening_id COLLATE "C", seat_id COLLATE "C" FOR UPDATE;
  WITH gone AS (DELETE FROM seat_claim WHERE owner_id = invited AND line_no > n RETURNING screening_id, seat_id, claim_no)
  SELECT coalesce(jsonb_agg(jsonb_build_object('screening', screening_id, 'seat', seat_id, 'no', claim_no)), '[]') INTO freed FROM gone;
  RETURN freed;
END $$;

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
