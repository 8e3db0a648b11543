import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Operators and overrides that the server proves, what an application said last, doors of areas, the rush line from an office. */
export class DoorOperators1569000904000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- PINs without a key to prove them by are set anew
      UPDATE door_pin SET ended = true WHERE NOT ended;
      ALTER TABLE door_pin
        ADD proof_salt text,
        -- PBKDF2-SHA-256 over the digits with that salt, base64url: told to nobody
        ADD proof_key text,
        ADD may_find boolean NOT NULL DEFAULT false;
      ALTER TABLE device_session
        ADD operator uuid REFERENCES door_pin,
        ADD opened_at timestamptz NOT NULL DEFAULT clock_timestamp();
      -- operators' tries are counted by device: a stolen one closes no other gate
      ALTER TABLE device ADD pin_wrong_tries int NOT NULL DEFAULT 0, ADD pin_locked_until timestamptz;
      ALTER TABLE scan ADD override_proven boolean;
      UPDATE scan SET override_proven = true WHERE override_by IS NOT NULL;

      -- whom an officer's or cashier's session gave a number, no device
      ALTER TABLE rush_number ALTER device_id DROP NOT NULL, ADD given_by text,
        ADD CHECK (num_nonnulls(device_id, given_by) = 1);
      DROP FUNCTION give_rush_number(uuid, text, uuid);

      -- the application behind a badge, as accreditations told it last
      CREATE TABLE application_copy (
        accreditation_id text PRIMARY KEY, version bigint NOT NULL, approved boolean NOT NULL, told_at timestamptz NOT NULL);
      ALTER TABLE badge_copy ADD issued_at timestamptz;
    `);
    await runner.query(`
-- What the door says of a badge: one that lives is not enough where its application was taken back after it was issued.
CREATE FUNCTION badge_at_door(b badge_copy) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN b.state = 'live' AND EXISTS (SELECT 1 FROM application_copy a
                WHERE a.accreditation_id = b.accreditation_id AND NOT a.approved AND a.told_at > b.issued_at)
    THEN 'not_approved' ELSE b.state END
$$;

CREATE FUNCTION give_rush_number(made uuid, screening text, by_device uuid, by_person text) RETURNS uuid LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('rush:' || screening, 0));
  INSERT INTO rush_number (id, edition_id, screening_id, number, device_id, given_by)
  SELECT made, s.edition_id, screening, 1 + coalesce((SELECT max(number) FROM rush_number WHERE screening_id = screening), 0),
         by_device, by_person
    FROM screening_copy s WHERE s.screening_id = screening AND s.state <> 'cancelled' AND s.ends_at > festival_now(s.edition_id);
  IF NOT FOUND THEN PERFORM refuse('rush-over', jsonb_build_object('screening', screening)); END IF;
  RETURN made;
END $$;

-- How many other screenings of the day a badge has entered without booking.
CREATE OR REPLACE FUNCTION alone_entries(badge_serial text, screening text, day_from timestamptz) RETURNS int LANGUAGE sql STABLE AS $$
  SELECT count(DISTINCT s.screening_id)::int FROM scan s
   WHERE s.serial = badge_serial AND s.screening_id <> screening AND s.verdict = 'ok' AND s.screening_id NOT LIKE 'area:%' AND s.festival_at >= day_from
     AND NOT EXISTS (SELECT 1 FROM badge_copy c JOIN booking k USING (accreditation_id)
                      WHERE c.serial = badge_serial AND k.screening_id = s.screening_id AND k.state = 'used')
$$;

-- What the door needs to know of a serial at a screening, the state of the door, and the scan's earlier answer when it
-- was sent before.
CREATE OR REPLACE FUNCTION scan_facts(scan_id uuid, wanted text, screening text, day_from timestamptz) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object(
    'earlier', (SELECT answer FROM scan WHERE id = scan_id),
    'ticket', (SELECT door_ticket(t) FROM ticket t WHERE t.serial = wanted AND t.screening_id = screening),
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
    twice := late AND comes AND again
      -- back again is no clash unless another gate knows them to be in
      AND (counts <> 'ok_reentry' OR 'in' = (SELECT c.direction FROM scan c WHERE c.screening_id = screening AND c.serial = s AND c.let_in
             AND c.undone_at IS NULL AND c.festival_at <= (p->>'festivalAt')::timestamptz ORDER BY c.festival_at DESC, c.received_at DESC LIMIT 1))
      AND NOT coalesce((p->>'overrideProven')::boolean, false);
    INSERT INTO scan (id, device_id, screening_id, gate, serial, verdict, device_at, festival_at, answer, shown, let_in, direction,
                      offline, undone_at, clock_offset_ms, seq, operator, override_by, override_reason, override_proven, group_serial, parent, list_at,
                      duplicate_on_sync)
    VALUES (CASE WHEN n = 0 THEN sid ELSE md5(sid || ':' || n)::uuid END, (p->>'device')::uuid, screening, p->>'gate', s, counts,
            (p->>'deviceAt')::timestamptz, (p->>'festivalAt')::timestamptz, p->'answer', p->>'verdict', goes, way, late, CASE WHEN (p->>'undone')::boolean THEN clock_timestamp() END, (p->>'clockOffsetMs')::bigint, (p->>'seq')::bigint,
            (p->>'operator')::uuid, (p->>'overrideBy')::uuid, p->>'overrideReason',
            (p->>'overrideProven')::boolean, p->>'group', CASE WHEN n > 0 THEN sid END,
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

-- Every serial of a screening, for the lists of its gates: tickets, groups with one code, badges of the edition.
CREATE OR REPLACE FUNCTION door_list(screening text, edition text, day_from timestamptz) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object(
    'tickets', (SELECT coalesce(jsonb_agg(door_ticket(t) ORDER BY t.serial), '[]') FROM ticket t WHERE t.screening_id = screening),
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

-- Everybody who went in or out, when their serials ended, the sizes of groups, and what is settled.
CREATE OR REPLACE FUNCTION door_conflicts(screening text) RETURNS jsonb LANGUAGE sql STABLE AS $$
  WITH went AS (
    SELECT s.*, d.name AS device FROM scan s JOIN device d ON d.id = s.device_id
     WHERE s.screening_id = screening AND s.let_in AND s.undone_at IS NULL AND s.serial IS NOT NULL)
  SELECT jsonb_build_object(
    'passages', (SELECT coalesce(jsonb_agg(jsonb_build_object('id', w.id, 'parent', w.parent, 'serial', w.serial, 'group', w.group_serial,
        'at', w.festival_at, 'direction', w.direction, 'overridden', coalesce(w.override_proven, false),
        'unproven', w.override_by IS NOT NULL AND w.override_proven IS NOT TRUE, 'gate', w.gate, 'device', w.device,
        'offline', w.offline, 'clockOffsetMs', w.clock_offset_ms, 'row', coalesce(l.row_label, k.row_label),
        'seat', coalesce(l.seat_label, k.seat_label))), '[]')
      FROM went w
      LEFT JOIN ticket t ON t.serial = w.serial
      LEFT JOIN order_line l ON l.order_id = t.order_id AND l.line_no = t.line_no
      LEFT JOIN badge_copy c ON c.serial = w.serial
      LEFT JOIN booking k ON k.accreditation_id = c.accreditation_id AND k.screening_id = screening AND k.state IN ('booked', 'used')),
    'endings', (SELECT coalesce(jsonb_agg(e), '[]') FROM (
      SELECT t.serial, t.ended_at AS at, t.ended_as AS "as" FROM ticket t
       WHERE t.screening_id = screening AND t.state = 'ended' AND t.ended_at IS NOT NULL AND t.serial IN (SELECT serial FROM went)
      UNION ALL
      SELECT c.serial, c.ended_at, c.state FROM badge_copy c
       WHERE c.state <> 'live' AND c.ended_at IS NOT NULL AND c.serial IN (SELECT serial FROM went)
      UNION ALL
      -- a booked seat that was given away, and both are in the hall
      SELECT c.serial, NULL, 'released' FROM badge_copy c JOIN booking k USING (accreditation_id)
        JOIN seat_claim x ON x.screening_id = screening AND x.seat_id = k.released_seat AND x.owner_id <> k.id
       WHERE k.screening_id = screening AND k.state = 'used' AND c.state = 'live' AND c.serial IN (SELECT serial FROM went)) e),
    'groups', (SELECT coalesce(jsonb_agg(jsonb_build_object('serial', g.serial, 'size',
        (SELECT count(*) FROM ticket t WHERE t.order_id = g.order_id AND t.screening_id = screening AND t.state = 'live'))), '[]')
      FROM group_code g WHERE g.screening_id = screening),
    'seated', (SELECT count(*) FROM rush_number WHERE screening_id = screening AND state = 'admitted'),
    'settled', (SELECT coalesce(jsonb_agg(jsonb_build_object('key', key, 'note', note, 'by', settled_by, 'at', settled_at)), '[]')
      FROM conflict_settled WHERE screening_id = screening))
$$;
`);
  }

  async down(): Promise<void> {
    throw new Error('what gates have seen is not taken back by a migration');
  }
}
