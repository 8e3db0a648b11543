import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the house manager's page reads, each in one round trip. */
export class DoorHouse1569000902000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
-- Everybody who went in or out, when their serials ended, the sizes of groups, and what is settled.
CREATE FUNCTION door_conflicts(screening text) RETURNS jsonb LANGUAGE sql STABLE AS $$
  WITH went AS (
    SELECT s.*, d.name AS device FROM scan s JOIN device d ON d.id = s.device_id
     WHERE s.screening_id = screening AND s.let_in AND s.undone_at IS NULL AND s.serial IS NOT NULL)
  SELECT jsonb_build_object(
    'passages', (SELECT coalesce(jsonb_agg(jsonb_build_object('id', w.id, 'parent', w.parent, 'serial', w.serial, 'group', w.group_serial,
        'at', w.festival_at, 'direction', w.direction, 'overridden', w.override_by IS NOT NULL, 'gate', w.gate, 'device', w.device,
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

CREATE FUNCTION door_house(screening text) RETURNS jsonb LANGUAGE sql VOLATILE AS $$
  SELECT jsonb_build_object(
    'noShows', (SELECT count(*) FROM booking WHERE screening_id = screening AND state IN ('released', 'missed'))
             + (SELECT count(*) FROM ticket WHERE screening_id = screening AND ended_as = 'released'),
    'gates', (SELECT coalesce(jsonb_agg(g ORDER BY g.gate), '[]') FROM (
      SELECT gate, (count(*) FILTER (WHERE let_in AND direction = 'in' AND undone_at IS NULL))::int AS admitted,
             (count(*) FILTER (WHERE NOT let_in))::int AS refused,
             (count(*) FILTER (WHERE let_in AND direction = 'in' AND undone_at IS NULL
                                 AND received_at > clock_timestamp() - interval '1 minute'))::int AS "perMinute",
             max(festival_at) AS "lastAt"
        FROM scan WHERE screening_id = screening GROUP BY gate) g),
    'devices', (SELECT coalesce(jsonb_agg(jsonb_build_object('id', d.id, 'name', d.name, 'gate', d.gate, 'seenAt', d.seen_at,
        'silentFor', floor(extract(epoch FROM clock_timestamp() - d.seen_at)), 'listAt', d.list_at,
        'listAge', floor(extract(epoch FROM clock_timestamp() - d.list_at)), 'waiting', d.waiting,
        'clockOffsetMs', d.clock_offset_ms,
        'synced', d.waiting = 0 AND coalesce(d.seen_at, '-infinity') > clock_timestamp() - interval '60 seconds') ORDER BY d.gate, d.name), '[]')
      FROM device d WHERE d.state = 'paired' AND NOT d.paper AND d.valid_until > clock_timestamp()
        AND (d.list_screening = screening OR EXISTS (SELECT 1 FROM scan s WHERE s.screening_id = screening AND s.device_id = d.id))),
    'quarantined', (SELECT count(*) FROM quarantined_scan WHERE screening_id = screening),
    'waitingFor', to_jsonb(door_waits_for(screening)),
    'confirmedAt', (SELECT release_confirmed_at FROM door_state WHERE screening_id = screening),
    'paused', coalesce((SELECT paused FROM inventory WHERE screening_id = screening), false),
    'closedAt', (SELECT closed_at FROM door_state WHERE screening_id = screening))
$$;

-- The printed list: seat, last four of the serial, class. No names.
CREATE FUNCTION door_paper(screening text) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT coalesce(jsonb_agg(r ORDER BY r."row", length(r.seat), r.seat), '[]') FROM (
    SELECT l.row_label AS "row", l.seat_label AS seat, t.serial, 'public' AS class,
           door_entry(screening, t.serial) IS NOT NULL AS entered
      FROM ticket t JOIN order_line l ON l.order_id = t.order_id AND l.line_no = t.line_no
     WHERE t.screening_id = screening AND t.state = 'live'
    UNION ALL
    SELECT k.row_label, k.seat_label, c.serial, coalesce(c.classes[1], 'guest'), door_entry(screening, c.serial) IS NOT NULL
      FROM booking k JOIN badge_copy c ON c.accreditation_id = k.accreditation_id AND c.state = 'live'
     WHERE k.screening_id = screening AND k.state IN ('booked', 'used')) r
$$;
`);
  }

  async down(): Promise<void> {
    throw new Error('functions are replaced by later migrations, not taken back');
  }
}
