import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Seats taken out of blocks and invitations reach those who wait; guests get tickets; bookings and groups at the edges. */
export class PlacesAgain1569000205000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE invitation ADD order_id uuid REFERENCES orders;
    `);
    await runner.query(`
-- Protocol staff seat a guest, within the places of the invitation; one that has its tickets is not seated anew.
CREATE FUNCTION seat_invitation(invited uuid, seats text[], by_whom text) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE v invitation%ROWTYPE; s text; freed jsonb; claims jsonb := '[]'; taken jsonb; more jsonb; n int;
BEGIN
  SELECT screening_id INTO s FROM invitation JOIN invitation_list l ON l.id = list_id WHERE invitation.id = invited;
  PERFORM lock_screenings(ARRAY[s]);
  SELECT * INTO v FROM invitation WHERE id = invited FOR UPDATE;
  IF v.order_id IS NOT NULL THEN PERFORM refuse('invitation-ticketed', jsonb_build_object('order', v.order_id)); END IF;
  IF v.state NOT IN ('sent', 'accepted') THEN PERFORM refuse('invitation-over', jsonb_build_object('state', v.state)); END IF;
  n := CASE v.state WHEN 'accepted' THEN v.accepted ELSE v.places END;
  IF cardinality(seats) > n THEN PERFORM refuse('invitation-too-many', jsonb_build_object('places', n)); END IF;
  PERFORM 1 FROM seat_claim WHERE screening_id = s AND (owner_id = invited OR seat_id = ANY (seats)) ORDER BY seat_id COLLATE "C" FOR UPDATE;
  freed := release_claims(invited, ARRAY(SELECT line_no FROM seat_claim WHERE owner_id = invited AND seat_id <> ALL (seats)));
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

CREATE FUNCTION answer_invitation(invited uuid, accepting boolean, along text[]) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE v invitation%ROWTYPE; l invitation_list%ROWTYPE; freed jsonb := '[]'; n int := CASE WHEN accepting THEN 1 + cardinality(along) ELSE 0 END;
BEGIN
  SELECT x.* INTO l FROM invitation_list x JOIN invitation i ON i.list_id = x.id WHERE i.id = invited;
  PERFORM lock_screenings(ARRAY[l.screening_id]);
  SELECT * INTO v FROM invitation WHERE id = invited FOR UPDATE;
  IF v.state = (CASE WHEN accepting THEN 'accepted' ELSE 'declined' END) AND v.accepted = n AND v.companions = along THEN RETURN freed; END IF;
  IF v.order_id IS NOT NULL THEN PERFORM refuse('invitation-ticketed', '{}'); END IF;
  IF v.state = 'released' OR festival_now(l.edition_id) > l.respond_by THEN
    PERFORM refuse('invitation-over', jsonb_build_object('state', v.state, 'respondBy', l.respond_by));
  END IF;
  IF n > v.places THEN PERFORM refuse('invitation-too-many', jsonb_build_object('places', v.places)); END IF;
  UPDATE invitation SET state = CASE WHEN accepting THEN 'accepted' ELSE 'declined' END, accepted = n, companions = along,
         version = version + 1, answered_at = clock_timestamp() WHERE id = invited;
  RETURN release_claims(invited, ARRAY(SELECT line_no FROM seat_claim WHERE owner_id = invited AND line_no > n));
END $$;

-- An accepted invitation becomes an order that costs nothing: its claims are the order's, and the guest gets tickets.
CREATE FUNCTION take_invitation(invited uuid, taking_order uuid, lines jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE v invitation%ROWTYPE; claims jsonb; n int := jsonb_array_length(lines);
BEGIN
  SELECT * INTO v FROM invitation WHERE id = invited FOR UPDATE;
  IF v.state <> 'accepted' OR v.order_id IS NOT NULL OR NOT EXISTS (SELECT 1 FROM orders WHERE id = taking_order AND channel = 'counter' AND total = 0) THEN
    PERFORM refuse('offer-gone', '{}');
  END IF;
  PERFORM 1 FROM seat_claim WHERE owner_id = invited ORDER BY screening_id COLLATE "C", seat_id COLLATE "C" FOR UPDATE;
  IF (SELECT count(*) FROM seat_claim WHERE owner_id = invited) <> n THEN PERFORM refuse('offer-not-whole', '{}'); END IF;
  WITH taken AS (
    UPDATE seat_claim c SET owner_kind = 'order', owner_id = taking_order, line_no = x.line, claim_no = nextval('claim_number')
      FROM jsonb_to_recordset(lines) AS x(screening text, seat text, line smallint)
     WHERE c.owner_id = invited AND c.screening_id = x.screening AND c.seat_id = x.seat
    RETURNING c.screening_id, c.seat_id, c.claim_no)
  SELECT jsonb_agg(jsonb_build_object('screening', screening_id, 'seat', seat_id, 'no', claim_no)) INTO claims FROM taken;
  IF coalesce(jsonb_array_length(claims), 0) <> n THEN PERFORM refuse('offer-not-whole', '{}'); END IF;
  UPDATE invitation SET order_id = taking_order, version = version + 1 WHERE id = invited;
  RETURN claims;
END $$;

-- The seats of an offer, or of an invitation that gets its tickets. Called by place_order.
CREATE FUNCTION take_offer(offer uuid, taking_order uuid, lines jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE o waitlist_offer%ROWTYPE; claims jsonb; n int := jsonb_array_length(lines);
BEGIN
  IF EXISTS (SELECT 1 FROM invitation WHERE id = offer) THEN RETURN take_invitation(offer, taking_order, lines); END IF;
  SELECT * INTO o FROM waitlist_offer WHERE id = offer FOR UPDATE;
  IF NOT FOUND OR o.state <> 'open' OR o.until <= clock_timestamp() THEN PERFORM refuse('offer-gone', '{}'); END IF;
  PERFORM 1 FROM seat_claim WHERE owner_id = offer ORDER BY screening_id COLLATE "C", seat_id COLLATE "C" FOR UPDATE;
  IF (SELECT count(*) FROM seat_claim c JOIN jsonb_to_recordset(lines) AS x(screening text, seat text)
        ON x.screening = c.screening_id AND x.seat = c.seat_id WHERE c.owner_id = offer) <> n
     OR (SELECT count(*) FROM seat_claim WHERE owner_id = offer) <> n THEN
    PERFORM refuse('offer-not-whole', '{}');
  END IF;
  INSERT INTO limit_use (limit_id, owner_id, n) SELECT u.limit_id, taking_order, u.n FROM limit_use u WHERE u.owner_id = offer
    ON CONFLICT (limit_id, owner_id) DO UPDATE SET n = limit_use.n + excluded.n;
  DELETE FROM limit_use WHERE owner_id = offer;
  INSERT INTO line_limit (owner_id, line_no, limit_id, n)
  SELECT taking_order, x.line, l.limit_id, l.n
    FROM line_limit l JOIN seat_claim c ON c.owner_id = offer AND c.line_no = l.line_no
    JOIN jsonb_to_recordset(lines) AS x(screening text, seat text, line smallint) ON x.screening = c.screening_id AND x.seat = c.seat_id
   WHERE l.owner_id = offer;
  DELETE FROM line_limit WHERE owner_id = offer;
  IF cardinality(o.limits) > 0 THEN
    -- What a late payment would have to take again.
    UPDATE orders SET limits = limits || jsonb_build_array(jsonb_build_object('candidates', o.limits, 'lines',
             (SELECT jsonb_agg(x.line ORDER BY x.line) FROM jsonb_to_recordset(take_offer.lines) AS x(line smallint))))
     WHERE id = taking_order;
  END IF;
  WITH taken AS (
    UPDATE seat_claim c SET owner_kind = 'order', owner_id = taking_order, line_no = x.line, claim_no = nextval('claim_number')
      FROM jsonb_to_recordset(lines) AS x(screening text, seat text, line smallint)
     WHERE c.owner_id = offer AND c.screening_id = x.screening AND c.seat_id = x.seat
    RETURNING c.screening_id, c.seat_id, c.claim_no)
  SELECT jsonb_agg(jsonb_build_object('screening', screening_id, 'seat', seat_id, 'no', claim_no)) INTO claims FROM taken;
  UPDATE waitlist_offer SET state = 'taken', order_id = taking_order WHERE id = offer;
  UPDATE waitlist_entry SET state = 'taken', version = version + 1 WHERE id = o.entry_id;
  RETURN claims;
END $$;

-- Whoever waited for a screening that was cancelled is told so.
CREATE FUNCTION lapse_offer(offer uuid, told jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE o waitlist_offer%ROWTYPE; v bigint; freed jsonb;
BEGIN
  SELECT * INTO o FROM waitlist_offer WHERE id = offer;
  PERFORM lock_screenings(ARRAY[o.screening_id]);
  SELECT * INTO o FROM waitlist_offer WHERE id = offer FOR UPDATE;
  IF o.state <> 'open' OR o.until > clock_timestamp() THEN RETURN '[]'; END IF;
  UPDATE waitlist_offer SET state = 'lapsed' WHERE id = offer;
  UPDATE waitlist_entry SET state = 'lapsed', version = version + 1 WHERE id = o.entry_id RETURNING version INTO v;
  freed := release_owner(offer);
  PERFORM tell('tickets.waitlist.ended.v1', 'tickets', o.entry_id::text, v, told || jsonb_build_object('reason',
    CASE WHEN (SELECT state FROM screening_copy s WHERE s.screening_id = o.screening_id) = 'cancelled' THEN 'screening-cancelled' ELSE 'offer-lapsed' END));
  RETURN freed;
END $$;

CREATE FUNCTION close_entry(entry uuid, told jsonb) RETURNS void LANGUAGE plpgsql AS $$
DECLARE v bigint; s_id text;
BEGIN
  UPDATE waitlist_entry SET state = 'closed', version = version + 1 WHERE id = entry AND state = 'waiting' RETURNING version, screening_id INTO v, s_id;
  IF FOUND THEN
    PERFORM tell('tickets.waitlist.ended.v1', 'tickets', entry::text, v, told || jsonb_build_object('reason',
      CASE WHEN (SELECT state FROM screening_copy s WHERE s.screening_id = s_id) = 'cancelled' THEN 'screening-cancelled' ELSE 'waitlist-closed' END));
  END IF;
END $$;

-- The badge lives again: the same seat, unless another one was booked meanwhile.
CREATE FUNCTION restore_booking(booked uuid, told jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE b booking%ROWTYPE; claims jsonb;
BEGIN
  SELECT * INTO b FROM booking WHERE id = booked;
  PERFORM lock_screenings(ARRAY[b.screening_id]);
  SELECT * INTO b FROM booking WHERE id = booked FOR UPDATE;
  IF b.state <> 'released' OR b.end_reason <> 'badge-suspended' THEN RETURN '[]'; END IF;
  IF EXISTS (SELECT 1 FROM booking x WHERE x.accreditation_id = b.accreditation_id AND x.screening_id = b.screening_id AND x.state IN ('booked', 'used')) THEN
    RETURN '[]';
  END IF;
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

-- Released latecomers, groups with one code too.
CREATE FUNCTION seat_latecomer(p jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE t ticket%ROWTYPE; b booking%ROWTYPE; l order_line%ROWTYPE; got jsonb; s text := p->>'screening'; known jsonb;
BEGIN
  SELECT answer INTO known FROM scan WHERE id = (p->>'scan')::uuid;
  IF FOUND THEN RETURN jsonb_build_object('row', known->'row', 'seat', known->'seat', 'claims', '[]'::jsonb); END IF;
  PERFORM lock_screenings(ARRAY[s]);
  PERFORM require_rush(s);
  SELECT * INTO t FROM ticket WHERE serial = p->>'serial' AND screening_id = s;
  IF NOT FOUND THEN
    -- One code for a whole group: the first of its seats that was released.
    SELECT x.* INTO t FROM group_code g JOIN ticket x ON x.order_id = g.order_id AND x.screening_id = g.screening_id
     WHERE g.serial = p->>'serial' AND g.screening_id = s ORDER BY (x.ended_as IS DISTINCT FROM 'released'), x.line_no LIMIT 1;
  END IF;
  IF t.id IS NOT NULL THEN
    PERFORM 1 FROM orders WHERE id = t.order_id FOR UPDATE;
    SELECT * INTO t FROM ticket WHERE id = t.id FOR UPDATE;
    IF t.ended_as IS DISTINCT FROM 'released' THEN PERFORM refuse('seat-not-released', '{}'); END IF;
    SELECT * INTO l FROM order_line WHERE order_id = t.order_id AND line_no = t.line_no;
    got := claim_any_seat(s, 'order', t.order_id, t.line_no, l.row_label, l.seat_label);
    IF got IS NULL THEN PERFORM refuse('rush-full', jsonb_build_object('screening', s)); END IF;
    UPDATE ticket SET state = 'live', ended_as = NULL WHERE id = t.id;
    UPDATE order_line SET ended_as = NULL, seat_id = got->'claim'->>'seat', row_label = got->>'row', seat_label = got->>'number'
     WHERE order_id = t.order_id AND line_no = t.line_no;
  ELSE
    SELECT k.* INTO b FROM booking k JOIN badge_copy c ON c.accreditation_id = k.accreditation_id AND c.state = 'live'
     WHERE c.serial = p->>'serial' AND k.screening_id = s AND k.state = 'released' AND k.end_reason = 'not-here' FOR UPDATE OF k;
    IF NOT FOUND THEN PERFORM refuse('seat-not-released', '{}'); END IF;
    got := claim_any_seat(s, 'booking', b.id, 0::smallint, b.row_label, b.seat_label);
    IF got IS NULL THEN PERFORM refuse('rush-full', jsonb_build_object('screening', s)); END IF;
    UPDATE booking SET state = 'used', version = version + 1, end_reason = NULL, released_seat = NULL, row_label = got->>'row', seat_label = got->>'number'
     WHERE id = b.id;
  END IF;
  INSERT INTO scan (id, device_id, screening_id, gate, serial, verdict, device_at, festival_at, answer)
  VALUES ((p->>'scan')::uuid, (p->>'device')::uuid, s, p->>'gate', coalesce(t.serial, p->>'serial'), 'ok', (p->>'at')::timestamptz, (p->>'at')::timestamptz,
          (p->'answer') || jsonb_build_object('row', got->>'row', 'seat', got->>'number'));
  RETURN jsonb_build_object('row', got->>'row', 'seat', got->>'number', 'claims', jsonb_build_array(got->'claim'));
END $$;
`);
  }

  async down(): Promise<void> {
    throw new Error('functions are replaced by later migrations, not taken back');
  }
}
