import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Facts, storing and undoing of a scan: one round trip each. */
export class DoorScans1569000901000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
DROP FUNCTION scan_facts(uuid, text, text);
DROP FUNCTION next_of_group(text, text);

-- Who went in with a serial and whether they are in now; null when nobody did.
CREATE FUNCTION door_entry(screening text, wanted text) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN count(*) FILTER (WHERE direction = 'in') > 0 THEN jsonb_strip_nulls(jsonb_build_object(
           'at', min(festival_at) FILTER (WHERE direction = 'in'),
           'gate', (array_agg(gate ORDER BY festival_at, id) FILTER (WHERE direction = 'in'))[1],
           'inside', (array_agg(direction ORDER BY festival_at DESC, received_at DESC))[1] = 'in',
           'leftAt', max(festival_at) FILTER (WHERE direction = 'out'))) END
    FROM scan WHERE screening_id = screening AND serial = wanted AND let_in AND undone_at IS NULL
$$;

-- How many are in the hall: entries less exits over all gates, and whom the rush line seated.
CREATE FUNCTION door_inside(screening text) RETURNS int LANGUAGE sql STABLE AS $$
  SELECT ((SELECT count(*) FROM scan WHERE screening_id = screening AND direction = 'in' AND let_in AND undone_at IS NULL)
        - (SELECT count(*) FROM scan WHERE screening_id = screening AND direction = 'out' AND let_in AND undone_at IS NULL)
        + (SELECT count(*) FROM rush_number WHERE screening_id = screening AND state = 'admitted'))::int
$$;

CREATE FUNCTION door_ticket(t ticket) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('serial', t.serial, 'state', t.state, 'endedAs', t.ended_as, 'row', l.row_label, 'seat', l.seat_label,
           'kind', l.kind, 'entry', door_entry(t.screening_id, t.serial))
    FROM order_line l WHERE l.order_id = t.order_id AND l.line_no = t.line_no
$$;

-- How many other screenings of the day a badge has entered without booking.
CREATE FUNCTION alone_entries(badge_serial text, screening text, day_from timestamptz) RETURNS int LANGUAGE sql STABLE AS $$
  SELECT count(DISTINCT s.screening_id)::int FROM scan s
   WHERE s.serial = badge_serial AND s.screening_id <> screening AND s.verdict = 'ok' AND s.festival_at >= day_from
     AND NOT EXISTS (SELECT 1 FROM badge_copy c JOIN booking k USING (accreditation_id)
                      WHERE c.serial = badge_serial AND k.screening_id = s.screening_id AND k.state = 'used')
$$;

-- What the door needs to know of a serial at a screening, the state of the door, and the scan's earlier answer when it
-- was sent before.
CREATE FUNCTION scan_facts(scan_id uuid, wanted text, screening text, day_from timestamptz) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object(
    'earlier', (SELECT answer FROM scan WHERE id = scan_id),
    'ticket', (SELECT door_ticket(t) FROM ticket t WHERE t.serial = wanted AND t.screening_id = screening),
    'group', (SELECT coalesce(jsonb_agg(door_ticket(t) ORDER BY t.line_no, t.issued_at), '[]')
                FROM group_code g JOIN ticket t ON t.order_id = g.order_id AND t.screening_id = g.screening_id
               WHERE g.serial = wanted AND g.screening_id = screening),
    'groupOf', (SELECT g.serial FROM ticket t JOIN group_code g ON g.order_id = t.order_id AND g.screening_id = t.screening_id
                 WHERE t.serial = wanted AND t.screening_id = screening),
    'badge', (SELECT jsonb_build_object('id', b.badge_id, 'state', b.state, 'classes', b.classes, 'accreditation', b.accreditation_id,
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

-- What an entry by this scan puts right: a seat that was released or counted as missed, and the booking that is used now.
CREATE FUNCTION enter_with(wanted text, screening text, booked uuid, released uuid) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF released IS NOT NULL THEN PERFORM revive_ticket(released); END IF;
  IF booked IS NULL THEN
    SELECT k.id INTO booked FROM badge_copy c JOIN booking k USING (accreditation_id)
     WHERE c.serial = wanted AND k.screening_id = screening
       AND (k.state IN ('booked', 'missed') OR (k.state = 'released' AND k.end_reason = 'not-here')) LIMIT 1;
  END IF;
  IF booked IS NULL THEN RETURN; END IF;
  UPDATE booking SET state = 'used', version = version + 1 WHERE id = booked AND state = 'booked';
  IF NOT FOUND THEN PERFORM enter_late(booked); END IF;
END $$;

-- A verdict and its record; with "people" one for each of a group. The first entry of a serial counts as 'ok', whatever
-- the gate said; a second one that a gate let in without knowing is a duplicate. Of two gates online at once one is
-- 'lost' and judges again. A question or a refusal of the same device takes the answer of its staff.
CREATE OR REPLACE FUNCTION store_scan(p jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  sid uuid := (p->>'id')::uuid; screening text := p->>'screening'; earlier jsonb; t ticket%ROWTYPE; n int := 0; s text;
  goes boolean := coalesce((p->>'letIn')::boolean, p->>'verdict' = 'ok'); way text := coalesce(p->>'direction', 'in');
  comes boolean := goes AND way = 'in' AND NOT coalesce((p->>'undone')::boolean, false);
  counts text; twice boolean; late boolean := coalesce((p->>'late')::boolean, false); again boolean := false; who text[];
BEGIN
  who := coalesce(ARRAY(SELECT jsonb_array_elements_text(p->'people')), '{}');
  IF cardinality(who) = 0 THEN who := ARRAY[p->>'serial']; END IF;
  IF comes AND NOT p ? 'booking' THEN
    SELECT * INTO t FROM ticket WHERE serial = who[1] AND screening_id = screening AND ended_as = 'released';
    IF FOUND THEN
      -- Before the scan is written: a latecomer who is being seated holds these and waits for the scan's serial.
      PERFORM lock_screenings(ARRAY[screening]);
      PERFORM 1 FROM orders WHERE id = t.order_id FOR UPDATE;
    END IF;
  END IF;
  DELETE FROM scan WHERE id = sid AND device_id = (p->>'device')::uuid AND NOT let_in AND undone_at IS NULL AND p ? 'answered';
  FOREACH s IN ARRAY who LOOP
    counts := p->>'verdict';
    IF comes THEN
      again := EXISTS (SELECT 1 FROM scan WHERE screening_id = screening AND serial = s AND verdict = 'ok');
      IF counts <> 'ok_reentry' AND NOT again THEN counts := 'ok'; END IF;
      IF counts = 'ok' AND again AND late THEN counts := 'already_used'; END IF;
    ELSIF (p->>'undone')::boolean THEN counts := 'undone';
    ELSIF NOT goes AND counts IN ('ok', 'ok_reentry', 'ok_exit') THEN counts := 'not_admitted';
    END IF;
    twice := late AND comes AND again AND counts <> 'ok_reentry' AND NOT p ? 'overrideBy';
    INSERT INTO scan (id, device_id, screening_id, gate, serial, verdict, device_at, festival_at, answer, shown, let_in, direction,
                      offline, undone_at, clock_offset_ms, seq, operator, override_by, override_reason, group_serial, parent, list_at,
                      duplicate_on_sync)
    VALUES (CASE WHEN n = 0 THEN sid ELSE md5(sid || ':' || n)::uuid END, (p->>'device')::uuid, screening, p->>'gate', s, counts,
            (p->>'deviceAt')::timestamptz, (p->>'festivalAt')::timestamptz, p->'answer', p->>'verdict', goes, way, late, CASE WHEN (p->>'undone')::boolean THEN clock_timestamp() END, (p->>'clockOffsetMs')::bigint, (p->>'seq')::bigint,
            (p->>'operator')::uuid, (p->>'overrideBy')::uuid, p->>'overrideReason', p->>'group', CASE WHEN n > 0 THEN sid END,
            (p->>'listAt')::timestamptz, coalesce(twice, false));
    IF comes AND counts = 'ok' THEN PERFORM enter_with(s, screening, CASE WHEN n = 0 THEN (p->>'booking')::uuid END, CASE WHEN n = 0 THEN t.id END); END IF;
    n := n + 1;
  END LOOP;
  IF p ? 'lost' THEN
    PERFORM tell('tickets.badge.lost-shown.v1', 'tickets', p->>'id', 1, p->'lost');
  END IF;
  RETURN jsonb_build_object('outcome', 'stored');
EXCEPTION WHEN unique_violation THEN
  SELECT answer INTO earlier FROM scan WHERE id = sid;
  IF FOUND THEN RETURN jsonb_build_object('outcome', 'repeated', 'answer', earlier); END IF;
  RETURN jsonb_build_object('outcome', 'lost');
END $$;

-- Takes an entry or exit back, for everybody who went by it. Being told twice is a success. The entry of another gate
-- that was a second one until now counts instead.
CREATE FUNCTION undo_scan(taken uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE s scan%ROWTYPE;
BEGIN
  FOR s IN SELECT * FROM scan WHERE (id = taken OR parent = taken) AND undone_at IS NULL ORDER BY serial FOR UPDATE LOOP
    UPDATE scan SET undone_at = clock_timestamp(), verdict = 'undone' WHERE id = s.id;
    IF s.verdict <> 'ok' OR NOT s.let_in THEN CONTINUE; END IF;
    UPDATE scan SET verdict = 'ok', duplicate_on_sync = false
     WHERE id = (SELECT id FROM scan WHERE screening_id = s.screening_id AND serial = s.serial AND let_in AND direction = 'in'
                    AND undone_at IS NULL ORDER BY festival_at, id LIMIT 1);
    IF FOUND THEN CONTINUE; END IF;
    UPDATE booking k SET state = 'booked', version = k.version + 1 FROM badge_copy c
     WHERE c.serial = s.serial AND k.accreditation_id = c.accreditation_id AND k.screening_id = s.screening_id AND k.state = 'used';
    PERFORM release_owner(md5('entry:' || s.screening_id || ':' || s.serial)::uuid);
  END LOOP;
END $$;

-- Every serial of a screening, for the lists of its gates: tickets, groups with one code, badges of the edition.
CREATE FUNCTION door_list(screening text, edition text, day_from timestamptz) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object(
    'tickets', (SELECT coalesce(jsonb_agg(door_ticket(t) ORDER BY t.serial), '[]') FROM ticket t WHERE t.screening_id = screening),
    'groups', (SELECT coalesce(jsonb_agg(jsonb_build_object('serial', g.serial, 'members',
                 (SELECT jsonb_agg(t.serial ORDER BY t.line_no, t.issued_at) FROM ticket t WHERE t.order_id = g.order_id AND t.screening_id = g.screening_id))), '[]')
                 FROM group_code g WHERE g.screening_id = screening),
    'badges', (SELECT coalesce(jsonb_agg(jsonb_build_object('serial', b.serial, 'state', b.state, 'classes', b.classes,
                 'windows', b.rights->'windows', 'dailyQuota', b.rights->'dailyQuota',
                 'booking', CASE WHEN k.state IN ('booked', 'used') THEN jsonb_build_object('id', k.id, 'row', k.row_label, 'seat', k.seat_label) END,
                 'released', coalesce(k.state = 'released', false), 'aloneToday', coalesce(a.n, 0), 'entry', e.entry) ORDER BY b.serial), '[]')
                 FROM badge_copy b
                 LEFT JOIN LATERAL (SELECT x.* FROM booking x WHERE x.accreditation_id = b.accreditation_id AND x.screening_id = screening
                    AND (x.state IN ('booked', 'used') OR (x.state = 'released' AND x.end_reason = 'not-here'))
                    ORDER BY x.state <> 'released' DESC LIMIT 1) k ON true
                 LEFT JOIN (SELECT DISTINCT serial FROM scan WHERE screening_id = screening AND let_in) here ON here.serial = b.serial
                 LEFT JOIN (SELECT DISTINCT serial FROM scan WHERE screening_id <> screening AND verdict = 'ok' AND festival_at >= day_from) day
                   ON day.serial = b.serial
                 LEFT JOIN LATERAL (SELECT alone_entries(b.serial, screening, day_from) AS n WHERE day.serial IS NOT NULL) a ON true
                 LEFT JOIN LATERAL (SELECT door_entry(screening, b.serial) AS entry WHERE here.serial IS NOT NULL) e ON true
                WHERE b.edition_id = edition AND b.serial IS NOT NULL),
    'inside', door_inside(screening),
    'closedAt', (SELECT closed_at FROM door_state WHERE screening_id = screening))
$$;

-- How many places are left to somebody who may draw from these shares; null where nobody counts.
CREATE FUNCTION share_left(candidates text[]) RETURNS int LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN cardinality(candidates) = 0 THEN NULL
    ELSE (SELECT coalesce(sum(capacity - used), 0)::int FROM usage_limit WHERE id = ANY (candidates)) END
$$;
`);
  }

  async down(): Promise<void> {
    throw new Error('functions are replaced by later migrations, not taken back');
  }
}
