import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Seats that a counter may sell without a line: each with its ticket signed beforehand, and what became of it. */
export class CounterLeases1569000910000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE counter_lease (
        id uuid PRIMARY KEY, shift_id uuid NOT NULL REFERENCES counter_shift, edition_id text NOT NULL, screening_id text NOT NULL,
        state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'revoked', 'returned', 'released', 'cancelled')),
        made_at timestamptz NOT NULL DEFAULT clock_timestamp(), ends_at timestamptz NOT NULL,
        heard_at timestamptz NOT NULL DEFAULT clock_timestamp(), ended_at timestamptz, ended_by text,
        CHECK ((state IN ('open', 'revoked')) = (ended_at IS NULL)));
      CREATE INDEX counter_lease_shift ON counter_lease (shift_id);
      CREATE INDEX counter_lease_screening ON counter_lease (screening_id);
      CREATE INDEX counter_lease_edition ON counter_lease (edition_id, made_at DESC);
      CREATE INDEX counter_lease_due ON counter_lease (ends_at) WHERE state = 'open';

      -- Tied to its claim by the line, as a ticket is: a move of the screening may give it another seat.
      CREATE TABLE counter_lease_seat (
        lease_id uuid NOT NULL REFERENCES counter_lease, line_no smallint NOT NULL, serial text NOT NULL UNIQUE,
        row_label text NOT NULL, seat_label text NOT NULL, category text NOT NULL, kinds jsonb NOT NULL,
        order_id uuid, order_line smallint, PRIMARY KEY (lease_id, line_no),
        CHECK ((order_id IS NULL) = (order_line IS NULL)));

      -- A sale that was made and could not be booked as it was made: listed until somebody has settled it.
      CREATE TABLE counter_lease_conflict (
        id uuid PRIMARY KEY, lease_id uuid NOT NULL REFERENCES counter_lease, fingerprint text NOT NULL, reason text NOT NULL,
        seats jsonb NOT NULL, total bigint NOT NULL, in_drawer boolean NOT NULL, sold_at timestamptz NOT NULL,
        reported_at timestamptz NOT NULL DEFAULT clock_timestamp(), settled_by text, settled_at timestamptz, note text,
        CHECK ((settled_by IS NULL) = (settled_at IS NULL)));
      CREATE INDEX counter_lease_conflict_lease ON counter_lease_conflict (lease_id);
    `);
    await runner.query(`
-- Held seats become the counter's: claimed and counted from now on, each with the serial that its ticket will have.
-- p: id, shift, edition, screening, plan, planId, lines [{line, seat, row_label, seat_label, category, kinds, companion_alone?}],
-- candidates, seconds, by
CREATE FUNCTION lease_seats(p jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE lid uuid := (p->>'id')::uuid; claims jsonb; wanted jsonb;
BEGIN
  PERFORM lock_screenings(ARRAY[p->>'screening']);
  SELECT jsonb_agg(x || jsonb_build_object('screening', p->>'screening', 'plan', p->'plan', 'plan_id', p->'planId'))
    INTO wanted FROM jsonb_array_elements(p->'lines') x;
  PERFORM require_on_sale(wanted);
  IF jsonb_array_length(p->'candidates') > 0 THEN
    PERFORM take_limits(lid, jsonb_build_array(jsonb_build_object('candidates', p->'candidates',
      'lines', (SELECT jsonb_agg(x->'line') FROM jsonb_array_elements(p->'lines') x))));
  END IF;
  claims := claim_seats('lease', lid, wanted);
  PERFORM require_open_shift((p->>'shift')::uuid);
  INSERT INTO counter_lease (id, shift_id, edition_id, screening_id, ends_at)
  VALUES (lid, (p->>'shift')::uuid, p->>'edition', p->>'screening', clock_timestamp() + make_interval(secs => (p->>'seconds')::int));
  INSERT INTO counter_lease_seat (lease_id, line_no, serial, row_label, seat_label, category, kinds)
  SELECT lid, x.line, new_serial(), x.row_label, x.seat_label, x.category, x.kinds
    FROM jsonb_to_recordset(p->'lines') AS x(line smallint, row_label text, seat_label text, category text, kinds jsonb);
  DELETE FROM seat_hold h USING jsonb_to_recordset(p->'lines') AS x(seat text) WHERE h.screening_id = p->>'screening' AND h.seat_id = x.seat;
  INSERT INTO audit_entry (actor, action, subject, facts)
  VALUES (p->>'by', 'lease.made', lid::text, jsonb_build_object('screening', p->>'screening', 'seats', jsonb_array_length(p->'lines')));
  RETURN claims;
END $$;

-- The counter is there and goes on: only while its time runs, never shorter than it was.
CREATE FUNCTION renew_lease(renewed uuid, seconds int) RETURNS void LANGUAGE plpgsql AS $$
DECLARE l counter_lease%ROWTYPE;
BEGIN
  SELECT * INTO l FROM counter_lease WHERE id = renewed FOR UPDATE;
  IF l.state <> 'open' OR l.ends_at <= clock_timestamp() THEN PERFORM refuse('lease-over', jsonb_build_object('state', l.state)); END IF;
  PERFORM require_open_shift(l.shift_id);
  UPDATE counter_lease SET ends_at = greatest(ends_at, clock_timestamp() + make_interval(secs => seconds)), heard_at = clock_timestamp()
   WHERE id = renewed;
END $$;

-- What a sale that was made anyway does not ask: whether the screening is on sale, on which plan. Its seats are claimed.
CREATE OR REPLACE FUNCTION require_on_sale(lines jsonb) RETURNS void LANGUAGE plpgsql AS $$
DECLARE bad record;
BEGIN
  SELECT l.screening, i.on_sale, i.paused INTO bad
    FROM (SELECT DISTINCT x.screening, x.plan, x.plan_id FROM jsonb_to_recordset(lines) AS x(screening text, plan int, plan_id text, leased boolean)
           WHERE x.leased IS NOT TRUE) l
    LEFT JOIN inventory i ON i.screening_id = l.screening
   WHERE i.screening_id IS NULL OR NOT i.on_sale OR i.paused OR i.plan_version <> l.plan OR i.plan_id <> l.plan_id
   ORDER BY 1 LIMIT 1;
  IF FOUND THEN
    IF bad.on_sale AND NOT bad.paused THEN
      PERFORM refuse('plan-changed', jsonb_build_object('screening', bad.screening));
    END IF;
    PERFORM refuse('not-on-sale', jsonb_build_object('screening', bad.screening));
  END IF;
  PERFORM refuse('companion-alone', jsonb_build_object('seats', jsonb_agg(x.seat)))
     FROM jsonb_to_recordset(lines) AS x(screening text, seat text, companion_alone boolean)
     JOIN inventory i ON i.screening_id = x.screening
    WHERE x.companion_alone AND NOT i.companions_released HAVING count(*) > 0;
END $$;

-- Some seats of a lease become those of the order that sells them, with what they count. Called by place_order.
CREATE FUNCTION take_leased(leased uuid, taking_order uuid, lines jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE claims jsonb; pairs jsonb; counted record;
BEGIN
  PERFORM 1 FROM seat_claim WHERE owner_id = leased ORDER BY screening_id COLLATE "C", seat_id COLLATE "C" FOR UPDATE;
  SELECT coalesce(jsonb_agg(jsonb_build_object('was', c.line_no, 'becomes', x.line)), '[]') INTO pairs
    FROM seat_claim c JOIN jsonb_to_recordset(lines) AS x(screening text, seat text, line smallint)
      ON x.screening = c.screening_id AND x.seat = c.seat_id
   WHERE c.owner_id = leased;
  IF jsonb_array_length(pairs) <> jsonb_array_length(lines) THEN PERFORM refuse('leased-seat-sold', '{}'); END IF;
  FOR counted IN SELECT m.limit_id, sum(m.n)::int AS n, jsonb_agg(l.becomes) AS becomes
                   FROM line_limit m JOIN jsonb_to_recordset(pairs) AS l(was smallint, becomes smallint) ON l.was = m.line_no
                  WHERE m.owner_id = leased GROUP BY 1 LOOP
    -- What a payment that comes late would have to take again.
    UPDATE orders SET limits = limits || jsonb_build_array(jsonb_build_object('candidates', jsonb_build_array(counted.limit_id), 'lines', counted.becomes))
     WHERE id = taking_order;
    INSERT INTO limit_use (limit_id, owner_id, n) VALUES (counted.limit_id, taking_order, counted.n)
      ON CONFLICT (limit_id, owner_id) DO UPDATE SET n = limit_use.n + excluded.n;
    DELETE FROM limit_use WHERE limit_id = counted.limit_id AND owner_id = leased AND limit_use.n = counted.n;
    UPDATE limit_use SET n = limit_use.n - counted.n WHERE limit_id = counted.limit_id AND owner_id = leased;
  END LOOP;
  UPDATE line_limit m SET owner_id = taking_order, line_no = l.becomes FROM jsonb_to_recordset(pairs) AS l(was smallint, becomes smallint)
   WHERE m.owner_id = leased AND m.line_no = l.was;
  UPDATE counter_lease_seat s SET order_id = taking_order, order_line = l.becomes FROM jsonb_to_recordset(pairs) AS l(was smallint, becomes smallint)
   WHERE s.lease_id = leased AND s.line_no = l.was;
  WITH taken AS (
    UPDATE seat_claim c SET owner_kind = 'order', owner_id = taking_order, line_no = l.becomes, claim_no = nextval('claim_number')
      FROM jsonb_to_recordset(pairs) AS l(was smallint, becomes smallint) WHERE c.owner_id = leased AND c.line_no = l.was
    RETURNING c.screening_id, c.seat_id, c.claim_no)
  SELECT jsonb_agg(jsonb_build_object('screening', screening_id, 'seat', seat_id, 'no', claim_no)) INTO claims FROM taken;
  RETURN claims;
END $$;

-- The seats of an offer, of an invitation, of a reservation, or some of a lease. Called by place_order.
CREATE OR REPLACE FUNCTION take_offer(offer uuid, taking_order uuid, lines jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE o waitlist_offer%ROWTYPE; claims jsonb; n int := jsonb_array_length(lines);
BEGIN
  IF EXISTS (SELECT 1 FROM invitation WHERE id = offer) THEN RETURN take_invitation(offer, taking_order, lines); END IF;
  IF EXISTS (SELECT 1 FROM counter_reservation WHERE block_id = offer) THEN RETURN take_reservation(offer, taking_order, lines); END IF;
  IF EXISTS (SELECT 1 FROM counter_lease WHERE id = offer) THEN RETURN take_leased(offer, taking_order, lines); END IF;
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

-- A sale that was made without a line: order, cash and the tickets that were handed out, or nothing of it.
-- p: as for place_order; c: as for take_cash; told: the paid event
CREATE FUNCTION sell_leased(leased uuid, p jsonb, c jsonb, told jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE l counter_lease%ROWTYPE; placed jsonb; oid uuid := (p->'order'->>'id')::uuid;
BEGIN
  PERFORM lock_screenings(ARRAY(SELECT screening_id FROM counter_lease WHERE id = leased));
  SELECT * INTO l FROM counter_lease WHERE id = leased FOR UPDATE;
  IF l.state NOT IN ('open', 'revoked') THEN PERFORM refuse('lease-over', jsonb_build_object('state', l.state)); END IF;
  IF EXISTS (SELECT 1 FROM screening_copy WHERE screening_id = l.screening_id AND state = 'cancelled') THEN
    PERFORM refuse('lease-over', jsonb_build_object('state', 'cancelled'));
  END IF;
  placed := place_order(p);
  IF (placed->>'repeated')::boolean THEN RETURN '[]'; END IF;
  IF (p->'order'->>'total')::bigint > 0 THEN PERFORM take_cash(c, told); END IF;
  UPDATE ticket t SET serial = s.serial FROM counter_lease_seat s WHERE s.lease_id = leased AND s.order_id = oid AND t.order_id = oid AND t.line_no = s.order_line;
  UPDATE counter_lease SET heard_at = clock_timestamp() WHERE id = leased;
  RETURN placed->'claims';
END $$;

-- What was sold and can't be booked so. Reported twice it is one. Cash goes into the drawer while that is still counted.
-- f: id, lease, fingerprint, reason, seats, total, soldAt, by
CREATE FUNCTION list_lease_conflict(f jsonb) RETURNS void LANGUAGE plpgsql AS $$
DECLARE s counter_shift%ROWTYPE; held boolean;
BEGIN
  SELECT x.* INTO s FROM counter_shift x JOIN counter_lease l ON l.shift_id = x.id WHERE l.id = (f->>'lease')::uuid FOR UPDATE OF x;
  held := s.state = 'open' AND (f->>'total')::bigint > 0 AND f->>'reason' <> 'entered-unsold';
  INSERT INTO counter_lease_conflict (id, lease_id, fingerprint, reason, seats, total, in_drawer, sold_at)
  VALUES ((f->>'id')::uuid, (f->>'lease')::uuid, f->>'fingerprint', f->>'reason', f->'seats', (f->>'total')::bigint, held, (f->>'soldAt')::timestamptz)
  ON CONFLICT (id) DO NOTHING;
  IF NOT FOUND THEN RETURN; END IF;
  IF held THEN
    PERFORM move_drawer(jsonb_build_object('shift', s.id, 'kind', 'pay-in', 'amount', (f->>'total')::bigint,
      'reason', 'lease conflict ' || (f->>'id'), 'actor', f->>'by'));
  END IF;
  INSERT INTO audit_entry (actor, action, subject, facts) VALUES (f->>'by', 'lease.conflict', f->>'lease', f - 'fingerprint');
END $$;

-- Leases whose time was over so long ago: what they have not reported is not admitted any more, their seats stay kept.
CREATE FUNCTION revoke_leases(after_seconds int) RETURNS SETOF text LANGUAGE sql VOLATILE AS $$
  WITH gone AS (UPDATE counter_lease SET state = 'revoked'
                 WHERE state = 'open' AND ends_at + make_interval(secs => after_seconds) <= clock_timestamp() RETURNING id, screening_id),
       said AS (INSERT INTO audit_entry (actor, action, subject, facts)
                SELECT 'revoke-leases', 'lease.revoked', id::text, '{}' FROM gone)
  SELECT screening_id FROM gone
$$;

-- The end of a lease: what nobody reported as sold is free, but for seats that somebody was admitted to. Those stay kept, and
-- are listed. Ended twice it frees nothing the second time.
CREATE FUNCTION end_lease(ended uuid, outcome text, by_whom text) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE l counter_lease%ROWTYPE; entered smallint[]; kept uuid; freed jsonb;
BEGIN
  PERFORM lock_screenings(ARRAY(SELECT screening_id FROM counter_lease WHERE id = ended));
  SELECT * INTO l FROM counter_lease WHERE id = ended FOR UPDATE;
  IF l.state NOT IN ('open', 'revoked') THEN RETURN '[]'; END IF;
  entered := ARRAY(SELECT s.line_no FROM counter_lease_seat s WHERE s.lease_id = ended AND s.order_id IS NULL
                      AND door_entry(l.screening_id, s.serial) IS NOT NULL ORDER BY 1);
  UPDATE counter_lease SET state = outcome, ended_at = clock_timestamp(), ended_by = by_whom, heard_at = CASE WHEN outcome = 'returned' THEN clock_timestamp() ELSE heard_at END
   WHERE id = ended;
  IF cardinality(entered) > 0 AND outcome <> 'cancelled' THEN
    INSERT INTO block (id, edition_id, screening_id, purpose, made_by)
    VALUES (uuidv7(), l.edition_id, l.screening_id, 'entered', by_whom) RETURNING id INTO kept;
    PERFORM list_lease_conflict(jsonb_build_object('id', uuidv7(), 'lease', ended, 'fingerprint', '', 'reason', 'entered-unsold', 'total', 0,
      'soldAt', clock_timestamp(), 'by', by_whom,
      'seats', (SELECT jsonb_agg(jsonb_build_object('row', s.row_label, 'seat', s.seat_label, 'kind', 'full') ORDER BY s.line_no)
                  FROM counter_lease_seat s WHERE s.lease_id = ended AND s.line_no = ANY (entered))));
    UPDATE seat_claim SET owner_kind = 'block', owner_id = kept WHERE owner_id = ended AND line_no = ANY (entered);
  END IF;
  freed := release_owner(ended);
  INSERT INTO audit_entry (actor, action, subject, facts)
  VALUES (by_whom, 'lease.' || outcome, ended::text, jsonb_build_object('freed', jsonb_array_length(freed), 'entered', cardinality(entered)));
  RETURN freed;
END $$;

-- Whatever keeps seats of a cancelled screening gives them up.
CREATE OR REPLACE FUNCTION release_kept(screening text, keeper uuid) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE freed jsonb;
BEGIN
  PERFORM lock_screenings(ARRAY[screening]);
  IF EXISTS (SELECT 1 FROM counter_lease WHERE id = keeper) THEN RETURN end_lease(keeper, 'cancelled', 'screening-cancelled'); END IF;
  freed := release_owner(keeper);
  UPDATE block SET state = 'released', version = version + 1, released_at = clock_timestamp(), end_reason = 'screening-cancelled'
   WHERE id = keeper AND state = 'kept';
  UPDATE invitation SET state = 'released', version = version + 1 WHERE id = keeper AND state IN ('sent', 'accepted');
  -- The waitlist's own job ends it with its telling.
  UPDATE waitlist_offer SET until = least(until, clock_timestamp()) WHERE id = keeper AND state = 'open';
  RETURN freed;
END $$;

-- A leased seat at the door: its ticket is as good as sold while the counter may sell it, and no good afterwards until the sale is reported.
CREATE FUNCTION door_leased(s counter_lease_seat, l counter_lease) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('serial', s.serial, 'state', CASE l.state WHEN 'open' THEN 'live' ELSE 'ended' END,
           'endedAs', CASE l.state WHEN 'open' THEN NULL ELSE 'lease-over' END, 'row', s.row_label, 'seat', s.seat_label,
           'kind', 'full', 'entry', door_entry(l.screening_id, s.serial))
$$;

-- What the door needs to know of a serial at a screening, the state of the door, and the scan's earlier answer when it
-- was sent before.
CREATE OR REPLACE FUNCTION scan_facts(scan_id uuid, wanted text, screening text, day_from timestamptz) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object(
    'earlier', (SELECT answer FROM scan WHERE id = scan_id),
    'ticket', coalesce((SELECT door_ticket(t) FROM ticket t WHERE t.serial = wanted AND t.screening_id = screening),
                (SELECT door_leased(x, l) FROM counter_lease_seat x JOIN counter_lease l ON l.id = x.lease_id
                  WHERE x.serial = wanted AND x.order_id IS NULL AND l.screening_id = screening)),
    'group', (SELECT coalesce(jsonb_agg(door_ticket(t) ORDER BY t.line_no, t.issued_at), '[]')
                FROM group_code g JOIN ticket t ON t.order_id = g.order_id AND t.screening_id = g.screening_id
               WHERE g.serial = wanted AND g.screening_id = screening),
    'groupOf', (SELECT g.serial FROM ticket t JOIN group_code g ON g.order_id = t.order_id AND g.screening_id = t.screening_id
                 WHERE t.serial = wanted AND t.screening_id = screening),
    'badge', (SELECT jsonb_build_object('id', b.badge_id, 'state', badge_at_door(b), 'classes', b.classes, 'accreditation', b.accreditation_id,
                       'windows', b.rights->'windows', 'dailyQuota', b.rights->'dailyQuota',
                       'booking', (SELECT jsonb_build_object('id', k.id, 'row', k.row_label, 'seat', k.seat_label) FROM booking k
                                    WHERE k.accreditation_id = b.accreditation_id AND k.screening_id = screening AND k.state IN ('booked', 'used')),
                       'released', EXISTS (SELECT 1 FROM booking k WHERE k.accreditation_id = b.accreditation_id AND k.screening_id = screening
                                              AND k.state = 'released' AND k.end_reason = 'not-here'),
                       'aloneToday', alone_entries(wanted, screening, day_from))
                FROM badge_copy b WHERE b.serial = wanted),
    'entry', door_entry(screening, wanted),
    'inside', door_inside(screening),
    'closedAt', (SELECT closed_at FROM door_state WHERE screening_id = screening))
$$;

-- Every serial of a screening, for the lists of its gates: tickets, groups with one code, badges of the edition.
CREATE OR REPLACE FUNCTION door_list(screening text, edition text, day_from timestamptz) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object(
    'tickets', (SELECT coalesce(jsonb_agg(door_ticket(t) ORDER BY t.serial), '[]') FROM ticket t WHERE t.screening_id = screening)
            || (SELECT coalesce(jsonb_agg(door_leased(x, l) ORDER BY x.serial), '[]') FROM counter_lease l JOIN counter_lease_seat x ON x.lease_id = l.id
                 WHERE l.screening_id = screening AND x.order_id IS NULL),
    'groups', (SELECT coalesce(jsonb_agg(jsonb_build_object('serial', g.serial, 'members',
                 (SELECT jsonb_agg(t.serial ORDER BY t.line_no, t.issued_at) FROM ticket t WHERE t.order_id = g.order_id AND t.screening_id = g.screening_id))), '[]')
                 FROM group_code g WHERE g.screening_id = screening),
    'badges', (SELECT coalesce(jsonb_agg(jsonb_build_object('serial', b.serial, 'state', badge_at_door(b), 'classes', b.classes,
                 'windows', b.rights->'windows', 'dailyQuota', b.rights->'dailyQuota',
                 'booking', CASE WHEN k.state IN ('booked', 'used') THEN jsonb_build_object('id', k.id, 'row', k.row_label, 'seat', k.seat_label) END,
                 'released', coalesce(k.state = 'released', false), 'aloneToday', coalesce(a.n, 0), 'entry', e.entry) ORDER BY b.serial), '[]')
                 FROM badge_copy b
                 LEFT JOIN LATERAL (SELECT x.* FROM booking x WHERE x.accreditation_id = b.accreditation_id AND x.screening_id = screening
                    AND (x.state IN ('booked', 'used') OR (x.state = 'released' AND x.end_reason = 'not-here'))
                    ORDER BY x.state <> 'released' DESC LIMIT 1) k ON true
                 LEFT JOIN (SELECT DISTINCT serial FROM scan WHERE screening_id = screening AND let_in) here ON here.serial = b.serial
                 LEFT JOIN (SELECT DISTINCT serial FROM scan WHERE screening_id <> screening AND screening_id NOT LIKE 'area:%' AND verdict = 'ok' AND festival_at >= day_from) day
                   ON day.serial = b.serial
                 LEFT JOIN LATERAL (SELECT alone_entries(b.serial, screening, day_from) AS n WHERE day.serial IS NOT NULL) a ON true
                 LEFT JOIN LATERAL (SELECT door_entry(screening, b.serial) AS entry WHERE here.serial IS NOT NULL) e ON true
                WHERE b.edition_id = edition AND b.serial IS NOT NULL),
    'inside', door_inside(screening),
    'closedAt', (SELECT closed_at FROM door_state WHERE screening_id = screening))
$$;
`);
  }

  async down(): Promise<void> {
    throw new Error('what counters sold without a line is not taken back by a migration');
  }
}
