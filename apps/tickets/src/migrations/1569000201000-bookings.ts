import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Bookings on a badge by rules as data: blocks after no-shows, seats given up before the start, and taken up again. */
export class Bookings1569000201000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE booking DROP CONSTRAINT booking_state_check;
      ALTER TABLE booking
        ADD CONSTRAINT booking_state_check CHECK (state IN ('booked', 'cancelled', 'used', 'released', 'missed')),
        -- the limits it may draw from, in rank order: what a booking that is restored has to take again
        ADD limits text[] NOT NULL DEFAULT '{}',
        -- where it sat before its seat was released
        ADD released_seat text,
        -- festival time; set when its no-show was one too many
        ADD blocked_until timestamptz;
      CREATE INDEX booking_accreditation ON booking (accreditation_id);
      CREATE INDEX booking_open ON booking (screening_id) WHERE state IN ('booked', 'released');
      CREATE TABLE booking_rules (edition_id text PRIMARY KEY, rules jsonb NOT NULL, changed_by text NOT NULL);
    `);
    await runner.query(`
-- A free seat for an accredited person. The document: idempotency, booking {...}, seat, candidates, plan, daily quota,
-- at (festival time), startsAt, endsAt, timezone, told.
CREATE OR REPLACE FUNCTION make_booking(p jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  i jsonb := p->'idempotency'; b jsonb := p->'booking'; bid uuid := (b->>'id')::uuid; known record; claims jsonb;
  holder badge_copy%ROWTYPE; clash text; blocked timestamptz;
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtextextended('make-booking|' || (i->>'caller') || '|' || (i->>'key'), 0)) THEN
    PERFORM refuse('request-in-flight', '{}');
  END IF;
  SELECT fingerprint, answer INTO known FROM idempotency
   WHERE operation = 'make-booking' AND caller = i->>'caller' AND key = i->>'key';
  IF FOUND THEN
    IF known.fingerprint <> i->>'fingerprint' THEN PERFORM refuse('idempotency-key-reused', '{}'); END IF;
    RETURN jsonb_build_object('booking', known.answer->>'booking', 'claims', '[]'::jsonb);
  END IF;
  PERFORM lock_screenings(ARRAY[b->>'screening']);
  PERFORM require_on_sale(jsonb_build_array(jsonb_build_object('screening', b->>'screening', 'plan', p->'plan')));
  -- One person's bookings are made one after the other: quota and overlap are counted under this lock.
  PERFORM pg_advisory_xact_lock(hashtextextended('accreditation:' || (b->>'accreditation'), 0));
  SELECT * INTO holder FROM badge_copy WHERE accreditation_id = b->>'accreditation' AND state = 'live';
  IF NOT FOUND THEN PERFORM refuse('badge-not-live', '{}'); END IF;
  SELECT max(blocked_until) INTO blocked FROM booking WHERE accreditation_id = b->>'accreditation';
  IF blocked > coalesce((p->>'at')::timestamptz, festival_now(b->>'edition')) THEN
    PERFORM refuse('booking-blocked', jsonb_build_object('until', blocked));
  END IF;
  IF EXISTS (SELECT 1 FROM booking WHERE accreditation_id = b->>'accreditation' AND screening_id = b->>'screening' AND state IN ('booked', 'used')) THEN
    PERFORM refuse('already-booked', jsonb_build_object('screening', b->>'screening'));
  END IF;
  SELECT o.screening_id INTO clash
    FROM booking o JOIN screening_copy s ON s.screening_id = o.screening_id
   WHERE o.accreditation_id = b->>'accreditation' AND o.state = 'booked'
     AND s.starts_at < (p->>'endsAt')::timestamptz AND s.ends_at > (p->>'startsAt')::timestamptz LIMIT 1;
  IF FOUND THEN PERFORM refuse('booking-overlaps', jsonb_build_object('screening', clash)); END IF;
  -- A booking that was missed used up its place of the day; one that was cancelled in time did not.
  IF (SELECT count(*) FROM booking o JOIN screening_copy s ON s.screening_id = o.screening_id
       WHERE o.accreditation_id = b->>'accreditation' AND (o.state IN ('booked', 'used', 'missed') OR o.end_reason = 'not-here')
         AND (s.starts_at AT TIME ZONE (p->>'timezone'))::date = ((p->>'startsAt')::timestamptz AT TIME ZONE (p->>'timezone'))::date)
     >= (p->>'dailyQuota')::int THEN
    PERFORM refuse('daily-quota-used', jsonb_build_object('quota', p->'dailyQuota'));
  END IF;
  IF jsonb_array_length(p->'candidates') > 0 THEN
    PERFORM take_limit(ARRAY(SELECT jsonb_array_elements_text(p->'candidates')), bid, 1);
  END IF;
  claims := claim_seats('booking', bid, jsonb_build_array(jsonb_build_object('screening', b->>'screening', 'seat', p->>'seat', 'line', 0)));
  INSERT INTO booking (id, accreditation_id, person_id, edition_id, screening_id, row_label, seat_label, state, limits)
  VALUES (bid, b->>'accreditation', b->>'person', b->>'edition', b->>'screening', b->>'row', b->>'seat', 'booked',
          ARRAY(SELECT jsonb_array_elements_text(p->'candidates')));
  PERFORM tell('tickets.booking.made.v1', 'tickets', bid::text, 1, p->'told');
  INSERT INTO idempotency (operation, caller, key, fingerprint, answer)
  VALUES ('make-booking', i->>'caller', i->>'key', i->>'fingerprint', jsonb_build_object('booking', bid));
  RETURN jsonb_build_object('booking', bid, 'claims', claims);
END $$;

-- Gives a booked seat to others shortly before the start: nobody came, or the badge is suspended. Told twice frees nothing.
CREATE FUNCTION release_booking(booked uuid, why text, told jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE b booking%ROWTYPE; seat text; freed jsonb;
BEGIN
  SELECT * INTO b FROM booking WHERE id = booked;
  PERFORM lock_screenings(ARRAY[b.screening_id]);
  SELECT * INTO b FROM booking WHERE id = booked FOR UPDATE;
  IF b.state <> 'booked' THEN RETURN '[]'; END IF;
  SELECT seat_id INTO seat FROM seat_claim WHERE owner_id = booked;
  freed := release_owner(booked);
  UPDATE booking SET state = 'released', version = version + 1, end_reason = why, released_seat = seat WHERE id = booked;
  PERFORM tell('tickets.booking.released.v1', 'tickets', booked::text, b.version + 1, told || jsonb_build_object('reason', why));
  RETURN freed;
END $$;

-- The badge lives again: the same seat, if it is still free and there is room in the shares; else it stays released.
CREATE FUNCTION restore_booking(booked uuid, told jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE b booking%ROWTYPE; claims jsonb;
BEGIN
  SELECT * INTO b FROM booking WHERE id = booked;
  PERFORM lock_screenings(ARRAY[b.screening_id]);
  SELECT * INTO b FROM booking WHERE id = booked FOR UPDATE;
  IF b.state <> 'released' OR b.end_reason <> 'badge-suspended' THEN RETURN '[]'; END IF;
  BEGIN
    IF cardinality(b.limits) > 0 THEN PERFORM take_limit(b.limits, booked, 1); END IF;
    claims := claim_seats('booking', booked, jsonb_build_array(jsonb_build_object('screening', b.screening_id, 'seat', b.released_seat, 'line', 0)));
  EXCEPTION WHEN SQLSTATE 'SE001' THEN
    RETURN '[]';
  END;
  UPDATE booking SET state = 'booked', version = version + 1, end_reason = NULL, released_seat = NULL WHERE id = booked;
  PERFORM tell('tickets.booking.made.v1', 'tickets', booked::text, b.version + 1, told);
  RETURN claims;
END $$;

-- The screening is over and the seat was never taken. Some no-shows are warnings; the next one blocks for some hours.
CREATE FUNCTION miss_booking(booked uuid, warnings int, block_hours int, told jsonb) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE b booking%ROWTYPE; n int; until timestamptz;
BEGIN
  SELECT * INTO b FROM booking WHERE id = booked;
  PERFORM pg_advisory_xact_lock(hashtextextended('accreditation:' || b.accreditation_id, 0));
  SELECT * INTO b FROM booking WHERE id = booked FOR UPDATE;
  IF NOT (b.state = 'booked' OR (b.state = 'released' AND b.end_reason = 'not-here')) THEN RETURN false; END IF;
  SELECT count(*) + 1 INTO n FROM booking WHERE accreditation_id = b.accreditation_id AND state = 'missed';
  until := CASE WHEN n > warnings THEN festival_now(b.edition_id) + make_interval(hours => block_hours) END;
  UPDATE booking SET state = 'missed', version = version + 1, end_reason = 'no-show', blocked_until = until WHERE id = booked;
  PERFORM tell('tickets.booking.missed.v1', 'tickets', booked::text, b.version + 1, told || jsonb_build_object('missed', n,
    'blockedUntil', to_char(until AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')));
  RETURN true;
END $$;

-- Bookings whose screening is over without anybody having come; a cancelled screening has no no-shows.
CREATE FUNCTION missed_bookings(most int) RETURNS SETOF uuid LANGUAGE sql VOLATILE AS $$
  SELECT b.id FROM booking b JOIN screening_copy s USING (screening_id)
   WHERE (b.state = 'booked' OR (b.state = 'released' AND b.end_reason = 'not-here'))
     AND s.state <> 'cancelled' AND s.ends_at <= festival_now(b.edition_id)
   ORDER BY s.ends_at, b.id LIMIT most
$$;

-- Bookings on suspended badges, so many minutes before the start: their seats are given up.
CREATE FUNCTION suspended_bookings(minutes int, most int) RETURNS SETOF uuid LANGUAGE sql VOLATILE AS $$
  SELECT b.id FROM booking b JOIN screening_copy s USING (screening_id)
   WHERE b.state = 'booked' AND s.state <> 'cancelled' AND s.ends_at > festival_now(b.edition_id)
     AND s.starts_at - make_interval(mins => minutes) <= festival_now(b.edition_id)
     AND EXISTS (SELECT 1 FROM badge_copy c WHERE c.accreditation_id = b.accreditation_id AND c.state = 'suspended')
     AND NOT EXISTS (SELECT 1 FROM badge_copy c WHERE c.accreditation_id = b.accreditation_id AND c.state = 'live')
   ORDER BY b.id LIMIT most
$$;
`);
  }

  async down(): Promise<void> {
    throw new Error('functions are replaced by later migrations, not taken back');
  }
}
