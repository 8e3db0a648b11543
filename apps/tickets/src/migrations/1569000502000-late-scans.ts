import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A gate that was offline sends its scans late: whoever was counted as absent and had entered is put right. */
export class LateScans1569000502000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE booking
        -- how many no-shows of the accreditation this one made, and how many were only warned about then
        ADD missed_no int,
        ADD missed_warnings int;
    `);
    await runner.query(`
-- Whether somebody entered on a badge of this accreditation.
CREATE FUNCTION entered_on(accreditation text, screening text) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM badge_copy c JOIN scan s ON s.serial = c.serial
                  WHERE c.accreditation_id = accreditation AND s.screening_id = screening AND s.verdict = 'ok')
$$;

-- Bookings whose screening is over, and the edition's grace too, without anybody having come; a cancelled screening has none.
CREATE FUNCTION missed_bookings(grace_minutes int, most int) RETURNS SETOF uuid LANGUAGE sql VOLATILE AS $$
  SELECT b.id FROM booking b JOIN screening_copy s USING (screening_id) LEFT JOIN booking_rules r ON r.edition_id = b.edition_id
   WHERE (b.state = 'booked' OR (b.state = 'released' AND b.end_reason = 'not-here')) AND s.state <> 'cancelled'
     AND s.ends_at + make_interval(mins => coalesce((r.rules->>'graceMinutes')::int, grace_minutes)) <= festival_now(b.edition_id)
   ORDER BY s.ends_at, b.id LIMIT most
$$;

-- The screening is over and the seat was never taken. Some no-shows are warnings; the next one blocks for some hours.
CREATE FUNCTION miss_booking(booked uuid, warnings int, block_hours int, told jsonb) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE b booking%ROWTYPE; n int; until timestamptz;
BEGIN
  SELECT * INTO b FROM booking WHERE id = booked;
  PERFORM pg_advisory_xact_lock(hashtextextended('accreditation:' || b.accreditation_id, 0));
  SELECT * INTO b FROM booking WHERE id = booked FOR UPDATE;
  IF NOT (b.state = 'booked' OR (b.state = 'released' AND b.end_reason = 'not-here')) THEN RETURN false; END IF;
  IF entered_on(b.accreditation_id, b.screening_id) THEN
    UPDATE booking SET state = 'used', version = version + 1, end_reason = NULL WHERE id = booked;
    RETURN false;
  END IF;
  SELECT count(*) + 1 INTO n FROM booking WHERE accreditation_id = b.accreditation_id AND state = 'missed';
  until := CASE WHEN n > warnings THEN festival_now(b.edition_id) + make_interval(hours => block_hours) END;
  UPDATE booking SET state = 'missed', version = version + 1, end_reason = 'no-show', blocked_until = until,
         missed_no = n, missed_warnings = warnings WHERE id = booked;
  PERFORM tell('tickets.booking.missed.v1', 'tickets', booked::text, b.version + 1, told || jsonb_build_object('missed', n,
    'blockedUntil', to_char(until AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')));
  RETURN true;
END $$;

-- Somebody entered on a booking that was given up or counted as missed: it is used, and its warning or block is gone.
-- A no-show after it counts as one less, and blocks no longer when that makes it a warning.
CREATE FUNCTION enter_late(booked uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE b booking%ROWTYPE;
BEGIN
  SELECT * INTO b FROM booking WHERE id = booked;
  PERFORM lock_screenings(ARRAY[b.screening_id]);
  PERFORM pg_advisory_xact_lock(hashtextextended('accreditation:' || b.accreditation_id, 0));
  SELECT * INTO b FROM booking WHERE id = booked FOR UPDATE;
  IF b.state NOT IN ('released', 'missed') THEN RETURN; END IF;
  IF b.state = 'released' THEN
    BEGIN
      IF cardinality(b.limits) > 0 THEN PERFORM take_limit(b.limits, booked, 1); END IF;
      PERFORM claim_seats('booking', booked, jsonb_build_array(jsonb_build_object('screening', b.screening_id, 'seat', b.released_seat, 'line', 0)));
    EXCEPTION WHEN SQLSTATE 'SE001' THEN
      NULL; -- somebody of the rush line has the seat: both are in the hall
    END;
  END IF;
  UPDATE booking SET state = 'used', version = version + 1, end_reason = NULL, blocked_until = NULL, missed_no = NULL, missed_warnings = NULL
   WHERE id = booked;
  UPDATE booking SET missed_no = missed_no - 1, version = version + 1,
         blocked_until = CASE WHEN missed_no - 1 > missed_warnings THEN blocked_until END
   WHERE accreditation_id = b.accreditation_id AND state = 'missed' AND missed_no > b.missed_no;
END $$;

-- A released ticket that somebody had entered with before: it lives again on its seat, unless the rush line has it by now.
CREATE FUNCTION revive_ticket(released uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE t ticket%ROWTYPE;
BEGIN
  SELECT * INTO t FROM ticket WHERE id = released FOR UPDATE;
  IF t.ended_as IS DISTINCT FROM 'released' THEN RETURN; END IF;
  BEGIN
    PERFORM claim_seats('order', t.order_id, (SELECT jsonb_build_array(jsonb_build_object('screening', l.screening_id, 'seat', l.seat_id, 'line', l.line_no))
                                                FROM order_line l WHERE l.order_id = t.order_id AND l.line_no = t.line_no));
  EXCEPTION WHEN SQLSTATE 'SE001' THEN
    RETURN;
  END;
  UPDATE ticket SET state = 'live', ended_as = NULL WHERE id = released;
  UPDATE order_line SET ended_as = NULL WHERE order_id = t.order_id AND line_no = t.line_no;
  UPDATE orders SET version = version + 1 WHERE id = t.order_id;
END $$;

-- A verdict and its record. An entry that is stored late puts right what was counted without it.
CREATE OR REPLACE FUNCTION store_scan(p jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE earlier jsonb; entered boolean := p->>'verdict' = 'ok'; booked uuid := (p->>'booking')::uuid; t ticket%ROWTYPE;
BEGIN
  IF entered AND booked IS NULL THEN
    SELECT * INTO t FROM ticket WHERE serial = p->>'serial' AND screening_id = p->>'screening' AND ended_as = 'released';
    IF FOUND THEN
      -- Before the scan is written: a latecomer who is being seated holds these and waits for the scan's serial.
      PERFORM lock_screenings(ARRAY[p->>'screening']);
      PERFORM 1 FROM orders WHERE id = t.order_id FOR UPDATE;
    END IF;
  END IF;
  INSERT INTO scan (id, device_id, screening_id, gate, serial, verdict, device_at, festival_at, answer)
  VALUES ((p->>'id')::uuid, (p->>'device')::uuid, p->>'screening', p->>'gate', p->>'serial', p->>'verdict',
          (p->>'deviceAt')::timestamptz, (p->>'festivalAt')::timestamptz, p->'answer');
  IF entered THEN
    IF t.id IS NOT NULL THEN PERFORM revive_ticket(t.id); END IF;
    IF booked IS NULL THEN
      SELECT k.id INTO booked FROM badge_copy c JOIN booking k USING (accreditation_id)
       WHERE c.serial = p->>'serial' AND k.screening_id = p->>'screening'
         AND (k.state IN ('booked', 'missed') OR (k.state = 'released' AND k.end_reason = 'not-here')) LIMIT 1;
    END IF;
    IF booked IS NOT NULL THEN
      UPDATE booking SET state = 'used', version = version + 1 WHERE id = booked AND state = 'booked';
      IF NOT FOUND THEN PERFORM enter_late(booked); END IF;
    END IF;
  END IF;
  RETURN jsonb_build_object('outcome', 'stored');
EXCEPTION WHEN unique_violation THEN
  SELECT answer INTO earlier FROM scan WHERE id = (p->>'id')::uuid;
  IF FOUND THEN RETURN jsonb_build_object('outcome', 'repeated', 'answer', earlier); END IF;
  RETURN jsonb_build_object('outcome', 'lost', 'entry',
    (SELECT jsonb_build_object('at', festival_at, 'gate', gate) FROM scan
      WHERE screening_id = p->>'screening' AND serial = p->>'serial' AND verdict = 'ok'));
END $$;

-- No seat for a latecomer: the released seat's price goes back whole. Whoever had entered before has had it.
CREATE FUNCTION refund_released(wanted uuid, told jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE t ticket%ROWTYPE;
BEGIN
  SELECT * INTO t FROM ticket WHERE id = wanted;
  PERFORM lock_screenings(ARRAY[t.screening_id]);
  PERFORM 1 FROM orders WHERE id = t.order_id FOR UPDATE;
  SELECT * INTO t FROM ticket WHERE id = wanted FOR UPDATE;
  IF t.ended_as IS DISTINCT FROM 'released'
     OR EXISTS (SELECT 1 FROM scan s WHERE s.screening_id = t.screening_id AND s.serial = t.serial AND s.verdict = 'ok') THEN
    PERFORM refuse('seat-not-released', '{}');
  END IF;
  UPDATE ticket SET state = 'live', ended_as = NULL WHERE id = wanted;
  UPDATE order_line SET ended_as = NULL WHERE order_id = t.order_id AND line_no = t.line_no;
  RETURN return_lines(t.order_id, ARRAY[t.line_no], 0, 'seat-lost', told);
END $$;
`);
  }

  async down(): Promise<void> {
    throw new Error('functions are replaced by later migrations, not taken back');
  }
}
