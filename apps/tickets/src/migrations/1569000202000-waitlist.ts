import type { MigrationInterface, QueryRunner } from 'typeorm';

/** People who wait, the pool of seats that became free for them, and offers that live for a while. */
export class Waitlist1569000202000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE waitlist_rules (edition_id text PRIMARY KEY, rules jsonb NOT NULL, changed_by text NOT NULL);
      CREATE SEQUENCE waitlist_place;
      CREATE TABLE waitlist_entry (
        id uuid PRIMARY KEY, edition_id text NOT NULL, screening_id text NOT NULL, person_id text NOT NULL, buyer text NOT NULL,
        language text NOT NULL, seats int NOT NULL CHECK (seats BETWEEN 1 AND 10),
        state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'offered', 'taken', 'lapsed', 'left', 'closed')),
        version bigint NOT NULL DEFAULT 1, place bigint NOT NULL DEFAULT nextval('waitlist_place'),
        joined_at timestamptz NOT NULL DEFAULT clock_timestamp());
      CREATE UNIQUE INDEX waitlist_once ON waitlist_entry (screening_id, person_id) WHERE state IN ('waiting', 'offered');
      CREATE INDEX waitlist_line ON waitlist_entry (screening_id, place) WHERE state = 'waiting';
      CREATE INDEX waitlist_person ON waitlist_entry (person_id);
      CREATE INDEX waitlist_buyer ON waitlist_entry (buyer);
      CREATE TABLE waitlist_offer (
        id uuid PRIMARY KEY, entry_id uuid NOT NULL REFERENCES waitlist_entry, screening_id text NOT NULL,
        state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'taken', 'lapsed', 'declined')),
        -- machine time
        until timestamptz NOT NULL, limits text[] NOT NULL, order_id uuid, made_at timestamptz NOT NULL DEFAULT clock_timestamp());
      CREATE UNIQUE INDEX waitlist_offer_open ON waitlist_offer (entry_id) WHERE state = 'open';
      CREATE INDEX waitlist_offer_due ON waitlist_offer (until) WHERE state = 'open';
      CREATE INDEX seat_claim_pool ON seat_claim (screening_id) WHERE owner_kind = 'pool';
    `);
    await runner.query(`
-- Each screening's pool has one owner id.
CREATE FUNCTION pool_of(screening text) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$ SELECT md5('pool:' || screening)::uuid $$;

-- The moment (festival time) from which nobody is offered anything: what is left goes on sale.
CREATE FUNCTION waitlist_closes(screening text) RETURNS timestamptz LANGUAGE sql STABLE AS $$
  SELECT s.starts_at - make_interval(mins => coalesce((SELECT (rules->>'closesMinutesBefore')::int FROM waitlist_rules r WHERE r.edition_id = s.edition_id), 120))
    FROM screening_copy s WHERE s.screening_id = screening
$$;

CREATE FUNCTION people_wait(screening text) RETURNS boolean LANGUAGE sql VOLATILE AS $$
  SELECT EXISTS (SELECT 1 FROM waitlist_entry WHERE screening_id = screening AND state = 'waiting')
     AND EXISTS (SELECT 1 FROM inventory i WHERE i.screening_id = screening AND i.on_sale AND waitlist_closes(screening) > festival_now(i.edition_id))
$$;

-- An owner's claims, or those of some of its lines: into the pool where people wait, else free. Answers what is free, for Redis.
CREATE FUNCTION release_claims(owner uuid, lines smallint[]) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE freed jsonb; awaited text[];
BEGIN
  PERFORM 1 FROM seat_claim WHERE owner_id = owner AND (lines IS NULL OR line_no = ANY (lines))
    ORDER BY screening_id COLLATE "C", seat_id COLLATE "C" FOR UPDATE;
  awaited := ARRAY(SELECT s FROM (SELECT DISTINCT screening_id AS s FROM seat_claim WHERE owner_id = owner) x WHERE people_wait(s));
  IF cardinality(awaited) > 0 THEN
    UPDATE seat_claim SET owner_kind = 'pool', owner_id = pool_of(screening_id), line_no = 0, claim_no = nextval('claim_number')
     WHERE owner_id = owner AND (lines IS NULL OR line_no = ANY (lines)) AND screening_id = ANY (awaited);
  END IF;
  WITH gone AS (DELETE FROM seat_claim WHERE owner_id = owner AND (lines IS NULL OR line_no = ANY (lines)) RETURNING screening_id, seat_id, claim_no)
  SELECT coalesce(jsonb_agg(jsonb_build_object('screening', screening_id, 'seat', seat_id, 'no', claim_no)), '[]') INTO freed FROM gone;
  RETURN freed;
END $$;

-- Gives back every limit use and every claim of an owner; what went to people who wait is not in the answer.
CREATE OR REPLACE FUNCTION release_owner(owner uuid) RETURNS jsonb LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM usage_limit WHERE id IN (SELECT limit_id FROM limit_use WHERE owner_id = owner) ORDER BY id FOR UPDATE;
  UPDATE usage_limit l SET used = used - u.n FROM limit_use u WHERE u.owner_id = owner AND u.limit_id = l.id;
  DELETE FROM limit_use WHERE owner_id = owner;
  DELETE FROM line_limit WHERE owner_id = owner;
  RETURN release_claims(owner, NULL);
END $$;

-- The same for some lines of an owner: what they claimed and counted goes back, the rest stays.
CREATE FUNCTION release_lines(owner uuid, lines smallint[]) RETURNS jsonb LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM usage_limit WHERE id IN (SELECT limit_id FROM line_limit WHERE owner_id = owner AND line_no = ANY (lines))
    ORDER BY id FOR UPDATE;
  WITH back AS (DELETE FROM line_limit WHERE owner_id = owner AND line_no = ANY (lines) RETURNING limit_id, n),
       sums AS (SELECT limit_id, sum(n)::int AS n FROM back GROUP BY 1),
       lowered AS (UPDATE usage_limit l SET used = used - s.n FROM sums s WHERE l.id = s.limit_id)
  UPDATE limit_use u SET n = u.n - s.n FROM sums s WHERE u.owner_id = owner AND u.limit_id = s.limit_id AND u.n > s.n;
  DELETE FROM limit_use u WHERE owner_id = owner
     AND NOT EXISTS (SELECT 1 FROM line_limit l WHERE l.owner_id = owner AND l.limit_id = u.limit_id);
  RETURN release_claims(owner, lines);
END $$;

-- The document: id, screening, person, buyer, language, seats. One live entry per person and screening.
CREATE FUNCTION join_waitlist(p jsonb) RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE i inventory%ROWTYPE;
BEGIN
  PERFORM lock_screenings(ARRAY[p->>'screening']);
  SELECT * INTO i FROM inventory WHERE screening_id = p->>'screening';
  IF NOT i.on_sale OR waitlist_closes(p->>'screening') <= festival_now(i.edition_id) THEN
    PERFORM refuse('waitlist-closed', jsonb_build_object('screening', p->>'screening'));
  END IF;
  INSERT INTO waitlist_entry (id, edition_id, screening_id, person_id, buyer, language, seats)
  VALUES ((p->>'id')::uuid, i.edition_id, p->>'screening', p->>'person', p->>'buyer', p->>'language', (p->>'seats')::int)
  ON CONFLICT (screening_id, person_id) WHERE state IN ('waiting', 'offered') DO NOTHING;
  IF NOT FOUND THEN PERFORM refuse('already-waiting', jsonb_build_object('screening', p->>'screening')); END IF;
  RETURN (p->>'id')::uuid;
END $$;

-- Leaves the line; an offer that was open goes to the next. Leaving twice is a success.
CREATE FUNCTION leave_waitlist(entry uuid) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE e waitlist_entry%ROWTYPE; o waitlist_offer%ROWTYPE;
BEGIN
  SELECT * INTO e FROM waitlist_entry WHERE id = entry;
  PERFORM lock_screenings(ARRAY[e.screening_id]);
  SELECT * INTO o FROM waitlist_offer WHERE entry_id = entry AND state = 'open' FOR UPDATE;
  SELECT * INTO e FROM waitlist_entry WHERE id = entry FOR UPDATE;
  IF e.state NOT IN ('waiting', 'offered') THEN RETURN '[]'; END IF;
  UPDATE waitlist_entry SET state = 'left', version = version + 1 WHERE id = entry;
  IF o.id IS NULL THEN RETURN '[]'; END IF;
  UPDATE waitlist_offer SET state = 'declined' WHERE id = o.id;
  RETURN release_owner(o.id);
END $$;

-- Pool seats become an offer, or nothing happens (null): somebody else was served, or the shares have no room.
-- The document: id, entry, seats, limits (in rank order, empty where nothing is counted), seconds, told.
CREATE FUNCTION make_offer(p jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE e waitlist_entry%ROWTYPE; oid uuid := (p->>'id')::uuid; n int := jsonb_array_length(p->'seats'); claims jsonb; ends timestamptz; lim text[];
BEGIN
  SELECT * INTO e FROM waitlist_entry WHERE id = (p->>'entry')::uuid FOR UPDATE;
  IF e.state <> 'waiting' OR e.seats <> n THEN RETURN NULL; END IF;
  lim := ARRAY(SELECT jsonb_array_elements_text(p->'limits'));
  ends := clock_timestamp() + make_interval(secs => (p->>'seconds')::int);
  BEGIN
    INSERT INTO waitlist_offer (id, entry_id, screening_id, until, limits) VALUES (oid, e.id, e.screening_id, ends, lim);
    IF cardinality(lim) > 0 THEN
      INSERT INTO line_limit (owner_id, line_no, limit_id, n)
      SELECT oid, place::smallint, got, 1 FROM unnest(take_limit(lim, oid, n)) WITH ORDINALITY AS t(got, place);
    END IF;
    PERFORM 1 FROM seat_claim WHERE screening_id = e.screening_id AND (p->'seats') ? seat_id ORDER BY seat_id COLLATE "C" FOR UPDATE;
    WITH offered AS (
      UPDATE seat_claim c SET owner_kind = 'offer', owner_id = oid, line_no = w.place, claim_no = nextval('claim_number')
        FROM jsonb_array_elements_text(p->'seats') WITH ORDINALITY AS w(seat, place)
       WHERE c.screening_id = e.screening_id AND c.seat_id = w.seat AND c.owner_kind = 'pool'
      RETURNING c.screening_id, c.seat_id, c.claim_no)
    SELECT coalesce(jsonb_agg(jsonb_build_object('screening', screening_id, 'seat', seat_id, 'no', claim_no)), '[]') INTO claims FROM offered;
    IF jsonb_array_length(claims) < n THEN PERFORM refuse('seats-taken', '{}'); END IF;
  EXCEPTION WHEN SQLSTATE 'SE001' THEN
    RETURN NULL;
  END;
  UPDATE waitlist_entry SET state = 'offered', version = version + 1 WHERE id = e.id;
  PERFORM tell('tickets.waitlist.offered.v1', 'tickets', e.id::text, e.version + 1, (p->'told')
    || jsonb_build_object('offerId', oid, 'until', to_char(ends AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')));
  RETURN claims;
END $$;

-- Pool seats go on sale: all of them, or those that nobody who waits can be given.
CREATE FUNCTION empty_pool(screening text, seats text[]) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE freed jsonb;
BEGIN
  PERFORM lock_screenings(ARRAY[screening]);
  PERFORM 1 FROM seat_claim WHERE screening_id = screening AND owner_kind = 'pool' ORDER BY seat_id COLLATE "C" FOR UPDATE;
  WITH gone AS (DELETE FROM seat_claim WHERE screening_id = screening AND owner_kind = 'pool' AND (seats IS NULL OR seat_id = ANY (seats))
                RETURNING screening_id, seat_id, claim_no)
  SELECT coalesce(jsonb_agg(jsonb_build_object('screening', screening_id, 'seat', seat_id, 'no', claim_no)), '[]') INTO freed FROM gone;
  RETURN freed;
END $$;

`);
  }

  async down(): Promise<void> {
    throw new Error('a place in a line is not taken back by a migration');
  }
}
