import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Film passes: what they open, how often, and which seats they paid for. */
export class Passes1569000203000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- a kind that is no longer sold stays: passes of it are out there
      CREATE TABLE pass_kind (
        edition_id text NOT NULL, id text NOT NULL, position int NOT NULL, name jsonb NOT NULL, scope jsonb NOT NULL, a_day int,
        price bigint NOT NULL CHECK (price >= 0), currency text NOT NULL, on_sale boolean NOT NULL,
        PRIMARY KEY (edition_id, id));
      -- minutes from one venue to another; '' and '' is the edition's own figure
      CREATE TABLE travel_time (
        edition_id text NOT NULL, from_venue text NOT NULL, to_venue text NOT NULL, minutes int NOT NULL CHECK (minutes >= 0),
        PRIMARY KEY (edition_id, from_venue, to_venue));
      -- what was sold is kept as it was sold; the code is the holder's, 80 bits
      CREATE TABLE pass (
        id uuid PRIMARY KEY, edition_id text NOT NULL, kind_id text NOT NULL, person_id text NOT NULL, name jsonb NOT NULL,
        scope jsonb NOT NULL, a_day int, order_id uuid REFERENCES orders, item_no smallint, code text NOT NULL UNIQUE,
        state text NOT NULL DEFAULT 'live' CHECK (state IN ('live', 'ended')), version bigint NOT NULL DEFAULT 1,
        given_for text, issued_at timestamptz NOT NULL DEFAULT clock_timestamp(), end_reason text, UNIQUE (order_id, item_no));
      CREATE INDEX pass_person ON pass (person_id);
      -- a use lives as long as its line has its seat
      CREATE TABLE pass_use (
        pass_id uuid NOT NULL REFERENCES pass, order_id uuid NOT NULL, line_no smallint NOT NULL, screening_id text NOT NULL,
        PRIMARY KEY (order_id, line_no));
      CREATE INDEX pass_use_pass ON pass_use (pass_id);
    `);
    await runner.query(`
CREATE FUNCTION travel_minutes(edition text, here text, there text) RETURNS int LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN here = there THEN 0 ELSE coalesce(
    (SELECT minutes FROM travel_time WHERE edition_id = edition
        AND ((from_venue = here AND to_venue = there) OR (from_venue = there AND to_venue = here)) ORDER BY minutes DESC LIMIT 1),
    (SELECT minutes FROM travel_time WHERE edition_id = edition AND from_venue = '' AND to_venue = ''), 30) END
$$;

CREATE FUNCTION make_pass(made uuid, k pass_kind, person text, lang text, from_order uuid, item smallint, given text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO pass (id, edition_id, kind_id, person_id, name, scope, a_day, order_id, item_no, code, given_for)
  VALUES (made, k.edition_id, k.id, person, k.name, k.scope, k.a_day, from_order, item, upper(new_serial()), given)
  ON CONFLICT (order_id, item_no) DO NOTHING;
  IF NOT FOUND THEN RETURN; END IF;
  IF k.scope->>'kind' = 'films' THEN
    INSERT INTO usage_limit (id, capacity) VALUES ('pass:' || made, (k.scope->>'films')::int);
  END IF;
  PERFORM tell('tickets.pass.issued.v1', 'tickets', made::text, 1, jsonb_build_object('passId', made, 'editionId', k.edition_id,
    'personId', person, 'language', lang, 'kindId', k.id, 'name', k.name, 'complimentary', from_order IS NULL));
END $$;

-- The pass that an order's item paid for; called when the order is paid, and harmless when called again.
CREATE FUNCTION issue_pass(paid_order uuid, item smallint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE o orders%ROWTYPE; k pass_kind%ROWTYPE;
BEGIN
  SELECT * INTO o FROM orders WHERE id = paid_order;
  SELECT k2.* INTO k FROM order_item i JOIN pass_kind k2 ON k2.edition_id = o.edition_id AND k2.id = i.subject
   WHERE i.order_id = paid_order AND i.item_no = item AND i.kind = 'pass';
  IF NOT FOUND THEN RAISE EXCEPTION 'item % of order % names no kind of pass', item, paid_order; END IF;
  PERFORM make_pass(uuidv7(), k, o.person_id, o.language, paid_order, item, NULL);
END $$;

-- Given by an admin, with the reason. The document: id, edition, kind, person, language, reason, by.
CREATE FUNCTION give_pass(p jsonb) RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE k pass_kind%ROWTYPE;
BEGIN
  SELECT * INTO k FROM pass_kind WHERE edition_id = p->>'edition' AND id = p->>'kind';
  IF NOT FOUND THEN PERFORM refuse('pass-kind-unknown', jsonb_build_object('kind', p->>'kind')); END IF;
  PERFORM make_pass((p->>'id')::uuid, k, p->>'person', p->>'language', NULL, NULL, p->>'reason');
  INSERT INTO audit_entry (actor, action, subject, facts)
  VALUES (p->>'by', 'pass.given', p->>'id', jsonb_build_object('kind', k.id, 'reason', p->>'reason'));
  RETURN (p->>'id')::uuid;
END $$;

-- No further seats; those that it paid for stand.
CREATE FUNCTION end_pass(ended uuid, why text, by_whom text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('pass:' || ended, 0));
  UPDATE pass SET state = 'ended', version = version + 1, end_reason = why WHERE id = ended AND state = 'live';
  IF FOUND THEN
    INSERT INTO audit_entry (actor, action, subject, facts) VALUES (by_whom, 'pass.ended', ended::text, jsonb_build_object('reason', why));
  END IF;
END $$;

CREATE FUNCTION take_pass_limit(ord uuid, line smallint, lim text, code text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  UPDATE usage_limit SET used = used + 1 WHERE id = lim AND used + 1 <= capacity;
  IF NOT FOUND THEN
    PERFORM refuse(code, (SELECT jsonb_build_object('pass', split_part(lim, ':', 2), 'capacity', capacity) FROM usage_limit WHERE id = lim));
  END IF;
  INSERT INTO limit_use (limit_id, owner_id, n) VALUES (lim, ord, 1) ON CONFLICT (limit_id, owner_id) DO UPDATE SET n = limit_use.n + 1;
  INSERT INTO line_limit (owner_id, line_no, limit_id, n) VALUES (ord, line, lim, 1);
END $$;

-- Lines of an order that passes pay for: [{pass, lines}] and the order's lines [{screening, seat, line}]. What a pass
-- opens, one seat per slot with the way between the venues, its cap of the day and its films; credits are limits of the
-- line and come back with it. Everybody who uses one pass does so one after the other.
CREATE FUNCTION use_passes(ord uuid, passes jsonb, lines jsonb) RETURNS void LANGUAGE plpgsql AS $$
DECLARE entry jsonb; p pass%ROWTYPE; s record; other text; day text;
BEGIN
  FOR entry IN SELECT e FROM jsonb_array_elements(passes) e ORDER BY e->>'pass' LOOP
    PERFORM pg_advisory_xact_lock(hashtextextended('pass:' || (entry->>'pass'), 0));
    SELECT * INTO p FROM pass WHERE id = (entry->>'pass')::uuid;
    IF NOT FOUND OR p.state <> 'live' THEN PERFORM refuse('pass-not-live', '{}'); END IF;
    FOR s IN SELECT x.line, c.* FROM jsonb_to_recordset(lines) AS x(screening text, line smallint)
               JOIN screening_copy c ON c.screening_id = x.screening
              WHERE (entry->'lines') @> to_jsonb(x.line::int) ORDER BY c.starts_at, x.line LOOP
      day := to_char(s.starts_at AT TIME ZONE coalesce(s.data->>'timezone', 'UTC'), 'YYYY-MM-DD');
      IF s.edition_id <> p.edition_id OR NOT (CASE p.scope->>'kind'
           WHEN 'day' THEN p.scope->>'day' = day
           WHEN 'section' THEN coalesce((p.scope->'sections') ? (s.data->>'sectionId'), false)
           ELSE true END) THEN
        PERFORM refuse('pass-not-for-this', jsonb_build_object('pass', p.id, 'screening', s.screening_id));
      END IF;
      SELECT o.screening_id INTO other
        FROM pass_use u JOIN screening_copy o ON o.screening_id = u.screening_id
       WHERE u.pass_id = p.id AND NOT (u.order_id = ord AND u.line_no = s.line)
         AND (u.order_id = ord OR EXISTS (SELECT 1 FROM seat_claim c WHERE c.owner_id = u.order_id AND c.line_no = u.line_no))
         AND o.starts_at < s.ends_at + make_interval(mins => travel_minutes(p.edition_id, s.data->'venue'->>'id', o.data->'venue'->>'id'))
         AND o.ends_at + make_interval(mins => travel_minutes(p.edition_id, s.data->'venue'->>'id', o.data->'venue'->>'id')) > s.starts_at
       LIMIT 1;
      IF FOUND THEN
        PERFORM refuse('pass-slot-taken', jsonb_build_object('pass', p.id, 'screening', s.screening_id, 'other', other));
      END IF;
      IF p.scope->>'kind' = 'films' THEN PERFORM take_pass_limit(ord, s.line, 'pass:' || p.id, 'pass-used-up'); END IF;
      IF p.a_day IS NOT NULL THEN
        INSERT INTO usage_limit (id, capacity) VALUES ('pass:' || p.id || ':' || day, p.a_day) ON CONFLICT (id) DO NOTHING;
        PERFORM take_pass_limit(ord, s.line, 'pass:' || p.id || ':' || day, 'pass-day-full');
      END IF;
      INSERT INTO pass_use (pass_id, order_id, line_no, screening_id) VALUES (p.id, ord, s.line, s.screening_id)
      ON CONFLICT (order_id, line_no) DO NOTHING;
    END LOOP;
  END LOOP;
END $$;
`);
  }

  async down(): Promise<void> {
    throw new Error('passes that were sold are not taken back by a migration');
  }
}
