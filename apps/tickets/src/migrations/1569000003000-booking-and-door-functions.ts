import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Bookings on a badge and the online scan: one round trip each. */
export class BookingAndDoorFunctions1569000003000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
-- A free seat for an accredited person. The document: idempotency, booking {...}, seat, candidates, plan, daily quota, told.
CREATE FUNCTION make_booking(p jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  i jsonb := p->'idempotency'; b jsonb := p->'booking'; bid uuid := (b->>'id')::uuid; known record; claims jsonb;
  holder badge_copy%ROWTYPE; clash text;
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
  IF EXISTS (SELECT 1 FROM booking WHERE accreditation_id = b->>'accreditation' AND screening_id = b->>'screening' AND state IN ('booked', 'used')) THEN
    PERFORM refuse('already-booked', jsonb_build_object('screening', b->>'screening'));
  END IF;
  SELECT o.screening_id INTO clash
    FROM booking o JOIN screening_copy s ON s.screening_id = o.screening_id
   WHERE o.accreditation_id = b->>'accreditation' AND o.state = 'booked'
     AND s.starts_at < (p->>'endsAt')::timestamptz AND s.ends_at > (p->>'startsAt')::timestamptz LIMIT 1;
  IF FOUND THEN PERFORM refuse('booking-overlaps', jsonb_build_object('screening', clash)); END IF;
  IF (SELECT count(*) FROM booking o JOIN screening_copy s ON s.screening_id = o.screening_id
       WHERE o.accreditation_id = b->>'accreditation' AND o.state IN ('booked', 'used')
         AND (s.starts_at AT TIME ZONE (p->>'timezone'))::date = ((p->>'startsAt')::timestamptz AT TIME ZONE (p->>'timezone'))::date)
     >= (p->>'dailyQuota')::int THEN
    PERFORM refuse('daily-quota-used', jsonb_build_object('quota', p->'dailyQuota'));
  END IF;
  IF jsonb_array_length(p->'candidates') > 0 THEN
    PERFORM take_limit(ARRAY(SELECT jsonb_array_elements_text(p->'candidates')), bid, 1);
  END IF;
  claims := claim_seats('booking', bid, jsonb_build_array(jsonb_build_object('screening', b->>'screening', 'seat', p->>'seat', 'line', 0)));
  INSERT INTO booking (id, accreditation_id, person_id, edition_id, screening_id, row_label, seat_label, state)
  VALUES (bid, b->>'accreditation', b->>'person', b->>'edition', b->>'screening', b->>'row', b->>'seat', 'booked');
  PERFORM tell('tickets.booking.made.v1', 'tickets', bid::text, 1, p->'told');
  INSERT INTO idempotency (operation, caller, key, fingerprint, answer)
  VALUES ('make-booking', i->>'caller', i->>'key', i->>'fingerprint', jsonb_build_object('booking', bid));
  RETURN jsonb_build_object('booking', bid, 'claims', claims);
END $$;

-- Ends a booking and gives its seat back; being told twice is a success that frees nothing.
CREATE FUNCTION end_booking(booked uuid, why text, told jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE b booking%ROWTYPE; freed jsonb;
BEGIN
  SELECT * INTO b FROM booking WHERE id = booked;
  PERFORM lock_screenings(ARRAY[b.screening_id]);
  SELECT * INTO b FROM booking WHERE id = booked FOR UPDATE;
  IF b.state <> 'booked' THEN RETURN '[]'; END IF;
  freed := release_owner(booked);
  UPDATE booking SET state = 'cancelled', version = version + 1, end_reason = why WHERE id = booked;
  PERFORM tell('tickets.booking.cancelled.v1', 'tickets', booked::text, b.version + 1, told || jsonb_build_object('reason', why));
  RETURN freed;
END $$;

-- What the door needs to know of a serial at a screening, and the scan's earlier answer when it was sent before.
CREATE FUNCTION scan_facts(scan_id uuid, wanted_serial text, screening text) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object(
    'earlier', (SELECT answer FROM scan WHERE id = scan_id),
    'ticket', (SELECT jsonb_build_object('state', t.state, 'endedAs', t.ended_as, 'screening', t.screening_id,
                        'row', l.row_label, 'seat', l.seat_label)
                 FROM ticket t JOIN order_line l USING (order_id, line_no) WHERE t.serial = wanted_serial),
    'badge', (SELECT jsonb_build_object('state', b.state, 'classes', b.classes, 'accreditation', b.accreditation_id,
                       'booking', (SELECT jsonb_build_object('id', k.id, 'row', k.row_label, 'seat', k.seat_label) FROM booking k
                                    WHERE k.accreditation_id = b.accreditation_id AND k.screening_id = screening AND k.state IN ('booked', 'used')))
                FROM badge_copy b WHERE b.serial = wanted_serial),
    'entry', (SELECT jsonb_build_object('at', s.festival_at, 'gate', s.gate) FROM scan s
               WHERE s.screening_id = screening AND s.serial = wanted_serial AND s.verdict = 'ok'))
$$;

-- Stores a scan. Two gates at once: the partial unique index lets one 'ok' stand; the other answers who was first.
CREATE FUNCTION store_scan(p jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE earlier jsonb;
BEGIN
  INSERT INTO scan (id, device_id, screening_id, gate, serial, verdict, device_at, festival_at, answer)
  VALUES ((p->>'id')::uuid, (p->>'device')::uuid, p->>'screening', p->>'gate', p->>'serial', p->>'verdict',
          (p->>'deviceAt')::timestamptz, (p->>'festivalAt')::timestamptz, p->'answer');
  IF p->>'verdict' = 'ok' AND p ? 'booking' THEN
    UPDATE booking SET state = 'used', version = version + 1 WHERE id = (p->>'booking')::uuid AND state = 'booked';
  END IF;
  RETURN jsonb_build_object('outcome', 'stored');
EXCEPTION WHEN unique_violation THEN
  SELECT answer INTO earlier FROM scan WHERE id = (p->>'id')::uuid;
  IF FOUND THEN RETURN jsonb_build_object('outcome', 'repeated', 'answer', earlier); END IF;
  RETURN jsonb_build_object('outcome', 'lost', 'entry',
    (SELECT jsonb_build_object('at', festival_at, 'gate', gate) FROM scan
      WHERE screening_id = p->>'screening' AND serial = p->>'serial' AND verdict = 'ok'));
END $$;
`);
  }

  async down(): Promise<void> {
    throw new Error('functions are replaced by later migrations, not taken back');
  }
}
