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
