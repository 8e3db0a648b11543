import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The rush line at the door, seats that nobody took, and latecomers whose seat was released. */
export class RushLine1569000204000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE rush_rules (edition_id text PRIMARY KEY, rules jsonb NOT NULL, changed_by text NOT NULL);
      CREATE TABLE rush_number (
        id uuid PRIMARY KEY, edition_id text NOT NULL, screening_id text NOT NULL, number int NOT NULL,
        state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'admitted', 'left')),
        row_label text, seat_label text, device_id uuid NOT NULL REFERENCES device,
        made_at timestamptz NOT NULL DEFAULT clock_timestamp(), admitted_at timestamptz, UNIQUE (screening_id, number));
      ALTER TABLE order_line DROP CONSTRAINT order_line_ended_as_check;
      ALTER TABLE order_line ADD CONSTRAINT order_line_ended_as_check CHECK (ended_as IN ('refunded', 'exchanged', 'charged-back', 'released'));
    `);
    await runner.query(`
CREATE FUNCTION rush_minutes(edition text) RETURNS int LANGUAGE sql STABLE AS $$
  SELECT coalesce((SELECT (rules->>'releaseMinutes')::int FROM rush_rules WHERE edition_id = edition), 10)
$$;

-- Booked seats that nobody has taken so shortly before the start. Those of suspended badges are given up for another reason.
CREATE FUNCTION unclaimed_bookings(most int) RETURNS SETOF uuid LANGUAGE sql VOLATILE AS $$
  SELECT b.id FROM booking b JOIN screening_copy s USING (screening_id)
   WHERE b.state = 'booked' AND s.state <> 'cancelled' AND s.ends_at > festival_now(b.edition_id)
     AND s.starts_at - make_interval(mins => rush_minutes(b.edition_id)) <= festival_now(b.edition_id)
     AND (EXISTS (SELECT 1 FROM badge_copy c WHERE c.accreditation_id = b.accreditation_id AND c.state = 'live')
       OR NOT EXISTS (SELECT 1 FROM badge_copy c WHERE c.accreditation_id = b.accreditation_id AND c.state = 'suspended'))
   ORDER BY b.id LIMIT most
$$;

-- Paid seats that nobody has taken when late entry is over, where the edition says that they are released.
CREATE FUNCTION unclaimed_tickets(most int) RETURNS SETOF uuid LANGUAGE sql VOLATILE AS $$
  SELECT t.id FROM ticket t JOIN screening_copy s USING (screening_id) JOIN rush_rules r ON r.edition_id = s.edition_id
   WHERE t.state = 'live' AND (r.rules->>'paidSeats')::boolean AND s.state <> 'cancelled'
     AND (s.data->>'lateEntryUntil')::timestamptz <= festival_now(s.edition_id) AND s.ends_at > festival_now(s.edition_id)
     AND NOT EXISTS (SELECT 1 FROM scan c WHERE c.screening_id = t.screening_id AND c.serial = t.serial AND c.verdict = 'ok')
   ORDER BY t.id LIMIT most
$$;

-- The seat goes to the rush line; what was paid stays paid until the latecomer is reseated or refunded.
CREATE FUNCTION release_ticket(released uuid, told jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE t ticket%ROWTYPE; freed jsonb; v bigint;
BEGIN
  SELECT * INTO t FROM ticket WHERE id = released;
  PERFORM lock_screenings(ARRAY[t.screening_id]);
  PERFORM 1 FROM orders WHERE id = t.order_id FOR UPDATE;
  SELECT * INTO t FROM ticket WHERE id = released FOR UPDATE;
  IF t.state <> 'live' OR EXISTS (SELECT 1 FROM scan c WHERE c.screening_id = t.screening_id AND c.serial = t.serial AND c.verdict = 'ok') THEN
    RETURN '[]';
  END IF;
  UPDATE ticket SET state = 'ended', ended_as = 'released' WHERE id = released;
  UPDATE order_line SET ended_as = 'released' WHERE order_id = t.order_id AND line_no = t.line_no;
  UPDATE orders SET version = version + 1 WHERE id = t.order_id RETURNING version INTO v;
  freed := release_claims(t.order_id, ARRAY[t.line_no]);
  PERFORM tell('tickets.ticket.released.v1', 'tickets', t.order_id::text, v, told);
  RETURN freed;
END $$;

-- A free seat of a screening for somebody at the door: this one if it is free, else the first; null when the hall is full.
-- Whoever only holds a seat while browsing finds it taken at checkout.
CREATE FUNCTION claim_any_seat(screening text, kind text, owner uuid, line smallint, rather_row text, rather_seat text) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE s jsonb; made bigint;
BEGIN
  FOR s IN SELECT x.seat FROM inventory i JOIN plan_copy p USING (plan_id, plan_version), jsonb_array_elements(p.seats) WITH ORDINALITY AS x(seat, n)
            WHERE i.screening_id = screening AND x.seat->>'kind' = 'seat'
              AND NOT EXISTS (SELECT 1 FROM seat_claim c WHERE c.screening_id = screening AND c.seat_id = x.seat->>'id')
            ORDER BY (x.seat->>'row' = rather_row AND x.seat->>'number' = rather_seat) DESC, x.n LOOP
    INSERT INTO seat_claim (screening_id, seat_id, owner_kind, owner_id, line_no) VALUES (screening, s->>'id', kind, owner, line)
    ON CONFLICT (screening_id, seat_id) DO NOTHING RETURNING claim_no INTO made;
    IF made IS NOT NULL THEN
      RETURN jsonb_build_object('row', s->>'row', 'number', s->>'number', 'claim',
        jsonb_build_object('screening', screening, 'seat', s->>'id', 'no', made));
    END IF;
  END LOOP;
  RETURN NULL;
END $$;

CREATE FUNCTION require_rush(screening text) RETURNS screening_copy LANGUAGE plpgsql AS $$
DECLARE s screening_copy%ROWTYPE; at timestamptz; opens timestamptz;
BEGIN
  SELECT * INTO s FROM screening_copy WHERE screening_id = screening;
  at := festival_now(s.edition_id);
  IF s.state = 'cancelled' OR at >= s.ends_at THEN PERFORM refuse('rush-over', jsonb_build_object('screening', screening)); END IF;
  opens := s.starts_at - make_interval(mins => rush_minutes(s.edition_id));
  IF at < opens THEN PERFORM refuse('rush-not-open', jsonb_build_object('screening', screening, 'opensAt', opens)); END IF;
  RETURN s;
END $$;

CREATE FUNCTION give_rush_number(made uuid, screening text, by_device uuid) RETURNS uuid LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('rush:' || screening, 0));
  INSERT INTO rush_number (id, edition_id, screening_id, number, device_id)
  SELECT made, s.edition_id, screening, 1 + coalesce((SELECT max(number) FROM rush_number WHERE screening_id = screening), 0), by_device
    FROM screening_copy s WHERE s.screening_id = screening AND s.state <> 'cancelled' AND s.ends_at > festival_now(s.edition_id);
  IF NOT FOUND THEN PERFORM refuse('rush-over', jsonb_build_object('screening', screening)); END IF;
  RETURN made;
END $$;

-- The next number gets a free seat. A claim per person admitted: never more than there are seats.
CREATE FUNCTION admit_rush(screening text) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE n rush_number%ROWTYPE; got jsonb;
BEGIN
  PERFORM lock_screenings(ARRAY[screening]);
  PERFORM require_rush(screening);
  PERFORM pg_advisory_xact_lock(hashtextextended('rush:' || screening, 0));
  SELECT * INTO n FROM rush_number WHERE screening_id = screening AND state = 'waiting' ORDER BY number LIMIT 1 FOR UPDATE;
  IF NOT FOUND THEN PERFORM refuse('rush-line-empty', jsonb_build_object('screening', screening)); END IF;
  got := claim_any_seat(screening, 'block', n.id, 1::smallint, '', '');
  IF got IS NULL THEN PERFORM refuse('rush-full', jsonb_build_object('screening', screening)); END IF;
  UPDATE rush_number SET state = 'admitted', admitted_at = clock_timestamp(), row_label = got->>'row', seat_label = got->>'number' WHERE id = n.id;
  RETURN jsonb_build_object('id', n.id, 'claims', jsonb_build_array(got->'claim'));
END $$;

-- Entry with the badge alone takes a place of the class's share: one for each badge and screening, however many gates read
-- it at once and whichever of them stores its scan. False when the share has none left.
CREATE FUNCTION enter_on_badge(screening text, badge_serial text, candidates text[]) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE place uuid := md5('entry:' || screening || ':' || badge_serial)::uuid;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended(place::text, 0));
  IF cardinality(candidates) = 0 OR EXISTS (SELECT 1 FROM limit_use WHERE owner_id = place) THEN RETURN true; END IF;
  PERFORM take_limit(candidates, place, 1);
  RETURN true;
EXCEPTION WHEN SQLSTATE 'SE001' THEN
  RETURN false;
END $$;

-- What the door needs to know of a serial at a screening, and the scan's earlier answer when it was sent before.
CREATE OR REPLACE FUNCTION scan_facts(scan_id uuid, wanted_serial text, screening text) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object(
    'earlier', (SELECT answer FROM scan WHERE id = scan_id),
    'ticket', (SELECT jsonb_build_object('state', t.state, 'endedAs', t.ended_as, 'screening', t.screening_id,
                        'row', l.row_label, 'seat', l.seat_label)
                 FROM ticket t JOIN order_line l USING (order_id, line_no) WHERE t.serial = wanted_serial),
    'badge', (SELECT jsonb_build_object('state', b.state, 'classes', b.classes, 'accreditation', b.accreditation_id,
                       'booking', (SELECT jsonb_build_object('id', k.id, 'row', k.row_label, 'seat', k.seat_label) FROM booking k
                                    WHERE k.accreditation_id = b.accreditation_id AND k.screening_id = screening AND k.state IN ('booked', 'used')),
                       'released', EXISTS (SELECT 1 FROM booking k WHERE k.accreditation_id = b.accreditation_id AND k.screening_id = screening
                                              AND k.state = 'released' AND k.end_reason = 'not-here'))
                FROM badge_copy b WHERE b.serial = wanted_serial),
    'entry', (SELECT jsonb_build_object('at', s.festival_at, 'gate', s.gate) FROM scan s
               WHERE s.screening_id = screening AND s.serial = wanted_serial AND s.verdict = 'ok'))
$$;
`);
  }

  async down(): Promise<void> {
    throw new Error('functions are replaced by later migrations, not taken back');
  }
}
