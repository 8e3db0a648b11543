import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The sale protocol's hot paths, one round trip each. Volatile PL/pgSQL, so that every statement reads afresh after a
 * lock was waited for; a single CTE would go on with what it saw before.
 * Lock order everywhere: screenings (shared, ascending), inventory, orders, limits by id, claims by (screening, seat).
 * A refusal is SQLSTATE SE001 with the code as message and its facts as detail; it undoes the whole call.
 */
export class SaleFunctions1569000001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
CREATE FUNCTION refuse(code text, facts jsonb) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION USING ERRCODE = 'SE001', MESSAGE = code, DETAIL = facts::text;
END $$;

CREATE FUNCTION screening_lock(screening text) RETURNS bigint LANGUAGE sql IMMUTABLE AS
$$ SELECT hashtextextended('screening:' || screening, 0) $$;

CREATE FUNCTION lock_screenings(screenings text[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE s text;
BEGIN
  FOR s IN SELECT DISTINCT unnest(screenings) ORDER BY 1 LOOP
    PERFORM pg_advisory_xact_lock_shared(screening_lock(s));
  END LOOP;
END $$;

-- Takes n places of the first limit in rank order that has room; a refusal names the full ones.
CREATE FUNCTION take_limit(candidates text[], owner uuid, places int) RETURNS void LANGUAGE plpgsql AS $$
DECLARE candidate text;
BEGIN
  PERFORM 1 FROM usage_limit WHERE id = ANY (candidates) ORDER BY id FOR UPDATE;
  FOREACH candidate IN ARRAY candidates LOOP
    UPDATE usage_limit SET used = used + places WHERE id = candidate AND used + places <= capacity;
    IF FOUND THEN
      INSERT INTO limit_use (limit_id, owner_id, n) VALUES (candidate, owner, places)
        ON CONFLICT (limit_id, owner_id) DO UPDATE SET n = limit_use.n + excluded.n;
      RETURN;
    END IF;
  END LOOP;
  PERFORM refuse('allocation-full', jsonb_build_object('allocations', candidates));
END $$;

-- Claims seats for an owner, all or none, in (screening, seat) order; the refusal names the taken ones.
CREATE FUNCTION claim_seats(kind text, owner uuid, wanted jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE made jsonb; taken jsonb;
BEGIN
  WITH claimed AS (
    INSERT INTO seat_claim (screening_id, seat_id, owner_kind, owner_id, line_no)
    SELECT w.screening, w.seat, kind, owner, w.line
      FROM jsonb_to_recordset(wanted) AS w(screening text, seat text, line smallint)
     ORDER BY w.screening COLLATE "C", w.seat COLLATE "C"
    ON CONFLICT (screening_id, seat_id) DO NOTHING
    RETURNING screening_id, seat_id, claim_no)
  SELECT coalesce(jsonb_agg(jsonb_build_object('screening', screening_id, 'seat', seat_id, 'no', claim_no)), '[]')
    INTO made FROM claimed;
  IF jsonb_array_length(made) < jsonb_array_length(wanted) THEN
    SELECT jsonb_agg(jsonb_build_object('screening', w.screening, 'seat', w.seat)) INTO taken
      FROM jsonb_to_recordset(wanted) AS w(screening text, seat text)
     WHERE NOT EXISTS (SELECT 1 FROM jsonb_to_recordset(made) AS m(screening text, seat text)
                        WHERE m.screening = w.screening AND m.seat = w.seat);
    PERFORM refuse('seats-taken', jsonb_build_object('seats', taken));
  END IF;
  RETURN made;
END $$;

-- Gives back every claim and every limit use of an owner; answers what was freed, for Redis.
CREATE FUNCTION release_owner(owner uuid) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE freed jsonb;
BEGIN
  PERFORM 1 FROM usage_limit WHERE id IN (SELECT limit_id FROM limit_use WHERE owner_id = owner) ORDER BY id FOR UPDATE;
  UPDATE usage_limit l SET used = used - u.n FROM limit_use u WHERE u.owner_id = owner AND u.limit_id = l.id;
  DELETE FROM limit_use WHERE owner_id = owner;
  PERFORM 1 FROM seat_claim WHERE owner_id = owner ORDER BY screening_id COLLATE "C", seat_id COLLATE "C" FOR UPDATE;
  WITH gone AS (DELETE FROM seat_claim WHERE owner_id = owner RETURNING screening_id, seat_id, claim_no)
  SELECT coalesce(jsonb_agg(jsonb_build_object('screening', screening_id, 'seat', seat_id, 'no', claim_no)), '[]')
    INTO freed FROM gone;
  RETURN freed;
END $$;

CREATE FUNCTION tell(kind text, speaking_on text, aggregate text, aggregate_version bigint, facts jsonb) RETURNS void LANGUAGE sql AS $$
  INSERT INTO outbox (fact, type, topic, aggregate_id, version, data, traceparent)
  VALUES (gen_random_uuid(), kind, speaking_on, aggregate, aggregate_version, facts,
          nullif(current_setting('seans.traceparent', true), ''))
$$;

-- 80 random bits: a version 4 UUID without its twelve fixed-purpose middle digits.
CREATE FUNCTION new_serial() RETURNS text LANGUAGE sql VOLATILE AS
$$ SELECT left(h, 12) || right(h, 8) FROM replace(gen_random_uuid()::text, '-', '') AS h $$;

-- The seats of every line are still on sale, on the plan that the buyer saw.
CREATE FUNCTION require_on_sale(lines jsonb) RETURNS void LANGUAGE plpgsql AS $$
DECLARE bad record;
BEGIN
  SELECT l.screening, i.on_sale, i.paused, i.plan_version, l.plan INTO bad
    FROM (SELECT DISTINCT x.screening, x.plan FROM jsonb_to_recordset(lines) AS x(screening text, plan int)) l
    LEFT JOIN inventory i ON i.screening_id = l.screening
   WHERE i.screening_id IS NULL OR NOT i.on_sale OR i.paused OR i.plan_version <> l.plan
   ORDER BY 1 LIMIT 1;
  IF NOT FOUND THEN RETURN; END IF;
  IF bad.on_sale AND NOT bad.paused THEN
    PERFORM refuse('plan-changed', jsonb_build_object('screening', bad.screening));
  END IF;
  PERFORM refuse('not-on-sale', jsonb_build_object('screening', bad.screening));
END $$;

CREATE FUNCTION issue_tickets(paid_order uuid, late boolean, told jsonb) RETURNS void LANGUAGE plpgsql AS $$
DECLARE v bigint;
BEGIN
  UPDATE orders SET state = 'paid', version = version + 1, paid_at = clock_timestamp(), paid_late = late, next_look_at = NULL
   WHERE id = paid_order RETURNING version INTO v;
  INSERT INTO ticket (order_id, line_no, screening_id, serial, state)
  SELECT order_id, line_no, screening_id, new_serial(), 'live' FROM order_line WHERE order_id = paid_order;
  PERFORM tell('tickets.order.paid.v1', 'tickets', paid_order::text, v, told || jsonb_build_object('late', late));
END $$;

-- Checkout, step 2. An order that costs nothing needs no provider and is paid at once.
-- The document: idempotency {caller, key, fingerprint}, order {...}, lines [...], limits [...], told.
CREATE FUNCTION place_order(p jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  i jsonb := p->'idempotency'; o jsonb := p->'order'; oid uuid := (o->>'id')::uuid;
  known record; claims jsonb; due timestamptz; limit_row jsonb;
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtextextended('place-order|' || (i->>'caller') || '|' || (i->>'key'), 0)) THEN
    PERFORM refuse('request-in-flight', '{}');
  END IF;
  SELECT fingerprint, answer INTO known FROM idempotency
   WHERE operation = 'place-order' AND caller = i->>'caller' AND key = i->>'key';
  IF FOUND THEN
    IF known.fingerprint <> i->>'fingerprint' THEN PERFORM refuse('idempotency-key-reused', '{}'); END IF;
    RETURN jsonb_build_object('order', known.answer->>'order', 'repeated', true, 'claims', '[]'::jsonb);
  END IF;
  PERFORM lock_screenings(ARRAY(SELECT x.screening FROM jsonb_to_recordset(p->'lines') AS x(screening text)));
  PERFORM require_on_sale(p->'lines');
  due := clock_timestamp() + make_interval(secs => (o->>'paySeconds')::int);
  INSERT INTO orders (id, number, edition_id, person_id, buyer, state, language, total, currency, limits, consent, pay_until, next_look_at)
  VALUES (oid, o->>'number', o->>'edition', o->>'person', o->>'buyer', 'awaiting-payment', o->>'language',
          (o->>'total')::bigint, o->>'currency', p->'limits', (o->'consent') || jsonb_build_object('at', clock_timestamp()), due, due);
  FOR limit_row IN SELECT * FROM jsonb_array_elements(p->'limits') LOOP
    PERFORM take_limit(ARRAY(SELECT jsonb_array_elements_text(limit_row->'candidates')), oid, (limit_row->>'n')::int);
  END LOOP;
  claims := claim_seats('order', oid, p->'lines');
  INSERT INTO order_line (order_id, line_no, screening_id, seat_id, row_label, seat_label, category, amount)
  SELECT oid, x.line, x.screening, x.seat, x.row_label, x.seat_label, x.category, x.amount
    FROM jsonb_to_recordset(p->'lines') AS x(line smallint, screening text, seat text, row_label text, seat_label text, category text, amount bigint);
  DELETE FROM seat_hold h USING jsonb_to_recordset(p->'lines') AS x(screening text, seat text)
   WHERE h.screening_id = x.screening AND h.seat_id = x.seat;
  INSERT INTO idempotency (operation, caller, key, fingerprint, answer)
  VALUES ('place-order', i->>'caller', i->>'key', i->>'fingerprint', jsonb_build_object('order', oid));
  IF (o->>'total')::bigint = 0 THEN
    PERFORM issue_tickets(oid, false, p->'toldPaid');
  ELSE
    PERFORM tell('tickets.order.placed.v1', 'tickets', oid::text, 1,
                 (p->'told') || jsonb_build_object('payUntil', to_char(due AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')));
  END IF;
  RETURN jsonb_build_object('order', oid, 'repeated', false, 'claims', claims, 'payUntil', due);
END $$;

CREATE FUNCTION post_ledger(o uuid, debit text, credit text, value bigint, cur text, why text) RETURNS void LANGUAGE sql AS $$
  INSERT INTO ledger_entry (order_id, posting, account, amount, currency, reason)
  SELECT o, posting, account, amount, cur, why
    FROM (SELECT gen_random_uuid() AS posting) p,
         LATERAL (VALUES (debit, value), (credit, -value)) AS e(account, amount)
   WHERE value <> 0
$$;

-- The money's way back begins: only the provider's word ends it.
CREATE FUNCTION owe_refund(attempt uuid, why text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE a payment_attempt%ROWTYPE;
BEGIN
  UPDATE payment_attempt SET state = 'refund-due', refund_reason = why, next_look_at = clock_timestamp() + interval '5 seconds', looks = 0
   WHERE id = attempt RETURNING * INTO a;
  PERFORM post_ledger(a.order_id, 'provider:' || a.provider, 'owed-to-buyer', a.captured, a.currency, 'captured, ' || why);
END $$;

-- Confirm, step 4: callback, return page and poller all end here. Idempotent by state.
-- outcome: paid | repeated | refund-due | review
CREATE FUNCTION confirm_payment(attempt uuid, paid_amount bigint, paid_currency text, told jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  a payment_attempt%ROWTYPE; o orders%ROWTYPE; lines jsonb; late boolean := false; claims jsonb := '[]'; why text;
BEGIN
  SELECT * INTO a FROM payment_attempt WHERE id = attempt;
  IF NOT FOUND THEN PERFORM refuse('payment-unknown', '{}'); END IF;
  PERFORM lock_screenings(ARRAY(SELECT screening_id FROM order_line WHERE order_id = a.order_id));
  SELECT * INTO o FROM orders WHERE id = a.order_id FOR UPDATE;
  SELECT * INTO a FROM payment_attempt WHERE id = attempt FOR UPDATE;
  IF a.state IN ('paid', 'refund-due', 'refunded', 'review') THEN
    RETURN jsonb_build_object('outcome', 'repeated', 'state', a.state, 'order', o.id, 'claims', claims);
  END IF;
  UPDATE payment_attempt SET captured = paid_amount, next_look_at = NULL, state = 'paid' WHERE id = attempt;
  IF paid_amount <> a.amount OR paid_currency <> a.currency THEN
    UPDATE payment_attempt SET state = 'review' WHERE id = attempt;
    PERFORM post_ledger(o.id, 'provider:' || a.provider, 'in-review', paid_amount, a.currency, 'captured, wrong amount');
    UPDATE orders SET state = 'review', version = version + 1, end_reason = 'wrong-amount', next_look_at = NULL
     WHERE id = o.id AND state IN ('awaiting-payment', 'expiring');
    RETURN jsonb_build_object('outcome', 'review', 'order', o.id, 'claims', claims);
  END IF;
  SELECT jsonb_agg(jsonb_build_object('screening', screening_id, 'seat', seat_id, 'line', line_no) ORDER BY line_no)
    INTO lines FROM order_line WHERE order_id = o.id;
  IF o.state = 'paid' THEN
    why := 'paid-twice';
  ELSIF o.state IN ('awaiting-payment', 'expiring') THEN
    IF EXISTS (SELECT 1 FROM order_line l JOIN screening_copy s USING (screening_id) WHERE l.order_id = o.id AND s.state = 'cancelled') THEN
      why := 'screening-cancelled';
    END IF;
  ELSIF o.state = 'expired' THEN
    late := true;
    BEGIN
      IF EXISTS (SELECT 1 FROM order_line l LEFT JOIN inventory i USING (screening_id)
                  WHERE l.order_id = o.id AND (i.on_sale IS NOT TRUE OR i.paused)) THEN
        PERFORM refuse('not-on-sale', '{}');
      END IF;
      PERFORM take_limit(ARRAY(SELECT jsonb_array_elements_text(w.candidates)), o.id, w.n)
         FROM jsonb_to_recordset(o.limits) AS w(candidates jsonb, n int);
      claims := claim_seats('order', o.id, lines);
    EXCEPTION WHEN SQLSTATE 'SE001' THEN
      why := CASE SQLERRM WHEN 'not-on-sale' THEN 'screening-closed' ELSE 'seats-gone' END;
    END;
  ELSE
    why := 'order-ended';
  END IF;
  IF why IS NOT NULL THEN
    PERFORM owe_refund(attempt, why);
    IF o.state <> 'paid' THEN
      UPDATE orders SET state = 'refund-due', version = version + 1, end_reason = why, next_look_at = NULL WHERE id = o.id;
      IF o.state IN ('awaiting-payment', 'expiring') THEN claims := release_owner(o.id); END IF;
    END IF;
    PERFORM tell('tickets.order.refund-due.v1', 'tickets', o.id::text, o.version + 1,
      (told - 'lines' - 'late' - 'total') || jsonb_build_object('amount', jsonb_build_object('amount', paid_amount, 'currency', a.currency), 'reason', why));
    IF o.state = 'paid' THEN UPDATE orders SET version = version + 1 WHERE id = o.id; END IF;
    RETURN jsonb_build_object('outcome', 'refund-due', 'reason', why, 'order', o.id, 'released', o.state IN ('awaiting-payment', 'expiring'), 'claims', claims);
  END IF;
  PERFORM issue_tickets(o.id, late, told);
  PERFORM post_ledger(o.id, 'provider:' || a.provider, 'sales', paid_amount, a.currency, 'captured');
  RETURN jsonb_build_object('outcome', 'paid', 'late', late, 'order', o.id, 'claims', claims);
END $$;
`);
  }

  async down(): Promise<void> {
    throw new Error('functions are replaced by later migrations, not taken back');
  }
}
