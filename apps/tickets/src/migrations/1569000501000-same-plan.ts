import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Bookings and blocks name the plan whose seats were chosen, as orders do: another hall's may have the same version number. */
export class SamePlan1569000501000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
-- The plan that seats were chosen on is still the screening's.
CREATE FUNCTION require_plan(wanted text, version int, plan text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE i inventory%ROWTYPE;
BEGIN
  SELECT * INTO i FROM inventory WHERE screening_id = wanted;
  IF NOT FOUND THEN PERFORM refuse('screening-unknown', jsonb_build_object('screening', wanted)); END IF;
  IF i.plan_version <> version OR i.plan_id <> plan THEN PERFORM refuse('plan-changed', jsonb_build_object('screening', wanted)); END IF;
END $$;

-- Seats kept for a purpose, on the plan that they were chosen on.
CREATE FUNCTION make_block(p jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE bid uuid := (p->>'id')::uuid; claims jsonb; policy boolean := coalesce((p->>'byPolicy')::boolean, false);
BEGIN
  PERFORM lock_screenings(ARRAY[p->>'screening']);
  PERFORM require_plan(p->>'screening', (p->>'plan')::int, p->>'planId');
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

-- What a change takes out of a block goes to those who wait, like every seat that is given back.
CREATE FUNCTION change_block(changed uuid, p jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE b block%ROWTYPE; freed jsonb := '[]'; claims jsonb := '[]'; more jsonb; n int;
BEGIN
  SELECT * INTO b FROM block WHERE id = changed;
  PERFORM lock_screenings(ARRAY[b.screening_id]);
  SELECT * INTO b FROM block WHERE id = changed FOR UPDATE;
  IF b.state <> 'kept' THEN PERFORM refuse('block-released', jsonb_build_object('block', changed)); END IF;
  IF b.version <> (p->>'version')::int THEN PERFORM refuse('changed-meanwhile', jsonb_build_object('version', b.version)); END IF;
  IF p ? 'seats' THEN
    PERFORM require_plan(b.screening_id, (p->>'plan')::int, p->>'planId');
    IF b.allocation IS NOT NULL THEN
      PERFORM 1 FROM usage_limit WHERE id = b.allocation FOR UPDATE;
      UPDATE usage_limit SET used = used - coalesce((SELECT u.n FROM limit_use u WHERE u.limit_id = b.allocation AND u.owner_id = changed), 0)
       WHERE id = b.allocation;
      DELETE FROM limit_use WHERE limit_id = b.allocation AND owner_id = changed;
      PERFORM take_limit(ARRAY[b.allocation], changed, jsonb_array_length(p->'seats'));
    END IF;
    freed := release_claims(changed, ARRAY(SELECT line_no FROM seat_claim WHERE owner_id = changed AND NOT (p->'seats') ? seat_id));
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
  INSERT INTO audit_entry (actor, action, subject, facts) VALUES (p->>'by', 'block.changed', changed::text, p - ARRAY['by', 'plan', 'planId']);
  RETURN jsonb_build_object('claims', claims, 'freed', freed);
END $$;

-- A free seat for an accredited person; whoever came too late is seated at the door, not booked again.
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
  PERFORM require_on_sale(jsonb_build_array(jsonb_build_object('screening', b->>'screening', 'plan', p->'plan', 'plan_id', p->'planId',
    'seat', p->'seat', 'companion_alone', p->'companionAlone')));
  -- One person's bookings are made one after the other: quota and overlap are counted under this lock.
  PERFORM pg_advisory_xact_lock(hashtextextended('accreditation:' || (b->>'accreditation'), 0));
  SELECT * INTO holder FROM badge_copy WHERE accreditation_id = b->>'accreditation' AND state = 'live';
  IF NOT FOUND THEN PERFORM refuse('badge-not-live', '{}'); END IF;
  SELECT max(blocked_until) INTO blocked FROM booking WHERE accreditation_id = b->>'accreditation';
  IF blocked > coalesce((p->>'at')::timestamptz, festival_now(b->>'edition')) THEN
    PERFORM refuse('booking-blocked', jsonb_build_object('until', blocked));
  END IF;
  IF EXISTS (SELECT 1 FROM booking WHERE accreditation_id = b->>'accreditation' AND screening_id = b->>'screening'
              AND (state IN ('booked', 'used') OR (state = 'released' AND end_reason = 'not-here'))) THEN
    -- Whoever came too late is seated at the door, on the booking that was released.
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
`);
  }

  async down(): Promise<void> {
    throw new Error('functions are replaced by later migrations, not taken back');
  }
}
