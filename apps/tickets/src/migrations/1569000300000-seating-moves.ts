import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Screenings that are moved, delayed or cancelled while people hold seats. */
export class SeatingMoves1569000300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- until when (festival time) a buyer may give tickets of a screening back without a fee
      CREATE TABLE refund_right (
        order_id uuid NOT NULL REFERENCES orders, screening_id text NOT NULL, until timestamptz NOT NULL,
        reason text NOT NULL CHECK (reason IN ('screening-moved', 'screening-delayed', 'seat-lost')),
        made_at timestamptz NOT NULL DEFAULT clock_timestamp(), PRIMARY KEY (order_id, screening_id, reason));

      CREATE TABLE seating_move (
        id uuid PRIMARY KEY, screening_id text NOT NULL, edition_id text NOT NULL,
        state text NOT NULL CHECK (state IN ('previewed', 'seated', 'settled', 'undone', 'abandoned')),
        from_facts jsonb NOT NULL, to_facts jsonb NOT NULL, preview jsonb NOT NULL, seating jsonb NOT NULL,
        paused_before boolean NOT NULL, moved int NOT NULL DEFAULT 0, unseated int NOT NULL DEFAULT 0,
        asked_at timestamptz NOT NULL DEFAULT clock_timestamp(), seated_at timestamptz, ended_at timestamptz);
      CREATE UNIQUE INDEX seating_move_open ON seating_move (screening_id) WHERE state IN ('previewed', 'seated');
      -- what a move did to each claimed seat: the way back, and what its holder is told
      CREATE TABLE seating_change (
        move_id uuid NOT NULL REFERENCES seating_move, from_seat text NOT NULL, to_seat text NOT NULL,
        owner_kind text NOT NULL, owner_id uuid NOT NULL, line_no smallint NOT NULL,
        from_row text NOT NULL, from_number text NOT NULL, to_row text NOT NULL, to_number text NOT NULL,
        PRIMARY KEY (move_id, from_seat), UNIQUE (move_id, to_seat));
      -- whom a new hall has no seat for; the claim stands on a place that begins with "~" until somebody decides
      CREATE TABLE unseated (
        screening_id text NOT NULL, seat_id text NOT NULL, move_id uuid NOT NULL REFERENCES seating_move,
        owner_kind text NOT NULL, owner_id uuid NOT NULL, line_no smallint NOT NULL,
        -- the seat that was: its row and number for people, its kind for the next move
        was jsonb NOT NULL,
        state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'refunded', 'seated', 'given-up')),
        PRIMARY KEY (screening_id, seat_id));
      CREATE INDEX unseated_owner ON unseated (owner_id);
      -- bookings that clash since a screening was moved: they may be cancelled at any time and count for nothing
      CREATE TABLE booking_clash (
        booking_id uuid NOT NULL REFERENCES booking, other_screening_id text NOT NULL, move_id uuid NOT NULL REFERENCES seating_move,
        PRIMARY KEY (booking_id, other_screening_id));

      -- every visitor of a cancelled screening is told once; the run ends when nobody holds anything any more
      CREATE TABLE cancelled_screening (
        screening_id text PRIMARY KEY, begun_at timestamptz NOT NULL DEFAULT clock_timestamp(), done_at timestamptz,
        next_try_at timestamptz NOT NULL DEFAULT clock_timestamp(), tries int NOT NULL DEFAULT 0);
      CREATE INDEX cancelled_screening_open ON cancelled_screening (next_try_at) WHERE done_at IS NULL;
      CREATE TABLE cancelled_visit (screening_id text NOT NULL, person_id text NOT NULL, PRIMARY KEY (screening_id, person_id));

      CREATE SEQUENCE visit_version;
    `);
    await runner.query(`
-- A place that begins with "~" is no seat: a move alone puts somebody there, nobody buys, books or is offered it.
CREATE FUNCTION refuse_no_seat() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF coalesce(current_setting('seans.seating', true), '') <> 'on' THEN
    PERFORM refuse('seats-taken', jsonb_build_object('seats',
      jsonb_build_array(jsonb_build_object('screening', NEW.screening_id, 'seat', NEW.seat_id))));
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER claim_is_on_a_seat BEFORE INSERT ON seat_claim
  FOR EACH ROW WHEN (NEW.seat_id LIKE '~%') EXECUTE FUNCTION refuse_no_seat();
CREATE FUNCTION drop_no_seat() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM seat_claim WHERE screening_id = NEW.screening_id AND seat_id = NEW.seat_id;
  RETURN NULL;
END $$;
CREATE TRIGGER pool_is_of_seats AFTER UPDATE OF owner_kind ON seat_claim
  FOR EACH ROW WHEN (NEW.owner_kind = 'pool' AND NEW.seat_id LIKE '~%') EXECUTE FUNCTION drop_no_seat();

-- Who is on no seat of the hall is listed as long as the claim stands.
CREATE FUNCTION settle_unseated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF coalesce(current_setting('seans.seating', true), '') <> 'on' THEN
    UPDATE unseated SET state = CASE OLD.owner_kind WHEN 'order' THEN 'refunded' ELSE 'given-up' END
     WHERE screening_id = OLD.screening_id AND seat_id = OLD.seat_id AND state = 'waiting';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER unseated_ends_with_its_claim AFTER DELETE ON seat_claim
  FOR EACH ROW WHEN (OLD.seat_id LIKE '~%') EXECUTE FUNCTION settle_unseated();

-- Moves claims from seat to seat, all or none: [{kind, owner, line, from, to, row, number}]. The caller holds the
-- screening's lock exclusively. Order lines and bookings get their new row and number. Answers how many moved.
CREATE FUNCTION apply_seating(screening text, seating jsonb) RETURNS int LANGUAGE plpgsql AS $$
DECLARE gone int;
BEGIN
  PERFORM set_config('seans.seating', 'on', true);
  DELETE FROM seat_claim c USING jsonb_to_recordset(seating) AS s("from" text, owner uuid)
   WHERE c.screening_id = screening AND c.seat_id = s."from" AND c.owner_id = s.owner;
  GET DIAGNOSTICS gone = ROW_COUNT;
  IF gone <> jsonb_array_length(seating) THEN
    RAISE EXCEPTION 'a seating names % claims of %, of which % stand', jsonb_array_length(seating), screening, gone;
  END IF;
  INSERT INTO seat_claim (screening_id, seat_id, owner_kind, owner_id, line_no)
  SELECT screening, s."to", s.kind, s.owner, s.line
    FROM jsonb_to_recordset(seating) AS s("to" text, kind text, owner uuid, line smallint) ORDER BY s."to" COLLATE "C";
  UPDATE order_line l SET seat_id = s."to", row_label = s."row", seat_label = s.number
    FROM jsonb_to_recordset(seating) AS s("to" text, kind text, owner uuid, line smallint, "row" text, number text)
   WHERE s.kind = 'order' AND l.order_id = s.owner AND l.line_no = s.line AND l.screening_id = screening;
  UPDATE booking b SET row_label = s."row", seat_label = s.number
    FROM jsonb_to_recordset(seating) AS s(kind text, owner uuid, "row" text, number text)
   WHERE s.kind = 'booking' AND b.id = s.owner;
  PERFORM set_config('seans.seating', '', true);
  RETURN gone;
END $$;

`);
  }

  async down(): Promise<void> {
    throw new Error('seats that people hold are not taken back by a migration');
  }
}
