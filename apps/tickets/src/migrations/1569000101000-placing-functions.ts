import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Limits by line, the ledger of many legs, checkout with prices, passes and exchanges, and the issue of tickets. */
export class PlacingFunctions1569000101000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
DROP FUNCTION take_limit(text[], uuid, int);
-- Takes places from the first limits in rank order that have room, splitting where it must; answers one limit per place.
CREATE FUNCTION take_limit(candidates text[], owner uuid, places int) RETURNS text[] LANGUAGE plpgsql AS $$
DECLARE candidate text; room int; answer text[] := '{}';
BEGIN
  PERFORM 1 FROM usage_limit WHERE id = ANY (candidates) ORDER BY id FOR UPDATE;
  FOREACH candidate IN ARRAY candidates LOOP
    EXIT WHEN cardinality(answer) = places;
    SELECT least(capacity - used, places - cardinality(answer)) INTO room FROM usage_limit WHERE id = candidate;
    CONTINUE WHEN room IS NULL OR room <= 0;
    UPDATE usage_limit SET used = used + room WHERE id = candidate;
    INSERT INTO limit_use (limit_id, owner_id, n) VALUES (candidate, owner, room)
      ON CONFLICT (limit_id, owner_id) DO UPDATE SET n = limit_use.n + excluded.n;
    answer := answer || array_fill(candidate, ARRAY[room]);
  END LOOP;
  IF cardinality(answer) < places THEN
    PERFORM refuse('allocation-full', jsonb_build_object('allocations', candidates));
  END IF;
  RETURN answer;
END $$;

-- Everything that an order counts, [{candidates, lines, n?}]: one place per line, or n units of one limit for one line.
CREATE FUNCTION take_limits(owner uuid, wanted jsonb) RETURNS void LANGUAGE plpgsql AS $$
DECLARE entry jsonb; got text[];
BEGIN
  IF jsonb_array_length(wanted) = 0 THEN RETURN; END IF;
  PERFORM 1 FROM usage_limit
    WHERE id IN (SELECT jsonb_array_elements_text(e->'candidates') FROM jsonb_array_elements(wanted) e) ORDER BY id FOR UPDATE;
  FOR entry IN SELECT * FROM jsonb_array_elements(wanted) LOOP
    IF entry ? 'n' THEN
      UPDATE usage_limit SET used = used + (entry->>'n')::int
       WHERE id = entry->'candidates'->>0 AND used + (entry->>'n')::int <= capacity;
      IF NOT FOUND THEN PERFORM refuse('allocation-full', jsonb_build_object('allocations', entry->'candidates')); END IF;
      INSERT INTO limit_use (limit_id, owner_id, n) VALUES (entry->'candidates'->>0, owner, (entry->>'n')::int)
        ON CONFLICT (limit_id, owner_id) DO UPDATE SET n = limit_use.n + excluded.n;
      INSERT INTO line_limit (owner_id, line_no, limit_id, n)
        VALUES (owner, coalesce((entry->'lines'->>0)::smallint, 0), entry->'candidates'->>0, (entry->>'n')::int);
    ELSE
      got := take_limit(ARRAY(SELECT jsonb_array_elements_text(entry->'candidates')), owner, jsonb_array_length(entry->'lines'));
      INSERT INTO line_limit (owner_id, line_no, limit_id, n)
      SELECT owner, line::smallint, got[place], 1
        FROM jsonb_array_elements_text(entry->'lines') WITH ORDINALITY AS l(line, place);
    END IF;
  END LOOP;
END $$;

-- One posting of many legs, {account: amount}: what comes in is positive, and the legs sum to zero or nothing is written.
CREATE FUNCTION post_ledger(o uuid, why text, cur text, legs jsonb) RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE id uuid := gen_random_uuid();
BEGIN
  IF (SELECT coalesce(sum(value::bigint), 0) FROM jsonb_each_text(legs)) <> 0 THEN
    RAISE EXCEPTION 'a posting of order % does not sum to zero: %', o, legs;
  END IF;
  INSERT INTO ledger_entry (order_id, posting, account, amount, currency, reason)
  SELECT o, id, key, value::bigint, cur, why FROM jsonb_each_text(legs) WHERE value::bigint <> 0;
  RETURN id;
END $$;

-- A fiscal receipt waits for its register; the same source never has two.
CREATE FUNCTION queue_receipt(from_source uuid, what text, o orders, attempt payment_attempt, value bigint) RETURNS void LANGUAGE sql AS $$
  INSERT INTO fiscal_receipt (source, kind, channel, provider, order_id, attempt_id, amount, currency, original_id)
  SELECT from_source, what, CASE o.channel WHEN 'counter' THEN 'counter' ELSE 'online' END, attempt.provider, o.id, attempt.id, value, o.currency,
         CASE what WHEN 'return' THEN (SELECT id FROM fiscal_receipt WHERE source = attempt.id AND kind = 'sale') END
   WHERE value > 0
  ON CONFLICT (source, kind) DO NOTHING
$$;

-- What every event of an order carries.
CREATE FUNCTION order_facts(o orders) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('orderId', o.id, 'editionId', o.edition_id, 'personId', o.person_id, 'number', o.number, 'language', o.language)
$$;

-- Screenings whose seats an order's checkout, payment or end may touch: its own, and those of the tickets it replaces.
CREATE FUNCTION order_screenings(o uuid) RETURNS text[] LANGUAGE sql STABLE AS $$
  SELECT ARRAY(SELECT screening_id FROM order_line WHERE order_id = o
               UNION SELECT t.screening_id FROM order_line l JOIN ticket t ON t.id = l.replaces WHERE l.order_id = o)
$$;

-- A ticket can be exchanged or given away while it is live, nobody has entered with it and no other exchange is under way.
CREATE FUNCTION require_unused(tickets uuid[], for_order uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE bad uuid;
BEGIN
  PERFORM 1 FROM ticket WHERE id = ANY (tickets) ORDER BY id FOR UPDATE;
  SELECT w.id INTO bad FROM unnest(tickets) AS w(id) LEFT JOIN ticket t ON t.id = w.id
   WHERE t.state IS DISTINCT FROM 'live'
      OR EXISTS (SELECT 1 FROM scan s WHERE s.screening_id = t.screening_id AND s.serial = t.serial AND s.verdict = 'ok')
      OR EXISTS (SELECT 1 FROM order_line l JOIN orders o ON o.id = l.order_id
                  WHERE l.replaces = t.id AND o.id <> for_order AND o.state IN ('awaiting-payment', 'expiring'))
   ORDER BY 1 LIMIT 1;
  IF FOUND THEN PERFORM refuse('ticket-used-or-ended', jsonb_build_object('ticket', bad)); END IF;
END $$;

-- Ends the tickets that an exchange replaces: their value is credited to the new order, what is left over is owed.
CREATE FUNCTION end_replaced(new_order orders) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE old orders%ROWTYPE; gone uuid[]; numbers smallint[]; value bigint; credit bigint; freed jsonb;
BEGIN
  SELECT * INTO old FROM orders WHERE id = new_order.exchange_of FOR UPDATE;
  SELECT array_agg(t.id), array_agg(t.line_no), sum(x.amount) INTO gone, numbers, value
    FROM order_line l JOIN ticket t ON t.id = l.replaces JOIN order_line x ON x.order_id = t.order_id AND x.line_no = t.line_no
   WHERE l.order_id = new_order.id;
  UPDATE ticket SET state = 'ended', ended_as = 'exchanged' WHERE id = ANY (gone);
  UPDATE order_line SET ended_as = 'exchanged' WHERE order_id = old.id AND line_no = ANY (numbers);
  freed := release_lines(old.id, numbers);
  SELECT coalesce(-sum(amount), 0) INTO credit FROM order_item WHERE order_id = new_order.id AND kind = 'exchange-credit';
  UPDATE orders SET version = version + 1 WHERE id = old.id;
  PERFORM post_ledger(old.id, 'exchanged', old.currency, jsonb_build_object('sales', value, 'exchange', -credit, 'returns', credit - value));
  PERFORM give_back(old.id, value - credit, 'exchange', numbers, 0);
  RETURN freed;
END $$;

DROP FUNCTION issue_tickets(uuid, boolean, jsonb);
-- The order is paid: tickets, passes, the end of what it replaces, the books. Answers the seats that became free.
CREATE FUNCTION issue_tickets(paid_order uuid, late boolean, paid_by text, paid_amount bigint, told jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE o orders%ROWTYPE; freed jsonb := '[]'; fees bigint := 0; credit bigint := 0;
BEGIN
  UPDATE orders SET state = 'paid', version = version + 1, paid_at = clock_timestamp(), paid_late = late, next_look_at = NULL
   WHERE id = paid_order RETURNING * INTO o;
  INSERT INTO ticket (order_id, line_no, screening_id, serial, state)
  SELECT order_id, line_no, screening_id, new_serial(), 'live' FROM order_line WHERE order_id = paid_order;
  IF o.exchange_of IS NOT NULL THEN freed := end_replaced(o); END IF;
  IF o.has_items THEN
    SELECT coalesce(sum(amount) FILTER (WHERE kind = 'fee'), 0), coalesce(-sum(amount) FILTER (WHERE kind = 'exchange-credit'), 0)
      INTO fees, credit FROM order_item WHERE order_id = paid_order;
    IF EXISTS (SELECT 1 FROM order_item WHERE order_id = paid_order AND kind = 'pass') THEN
      PERFORM issue_pass(paid_order, item_no) FROM order_item WHERE order_id = paid_order AND kind = 'pass';
    END IF;
  END IF;
  IF paid_amount + credit > 0 THEN
    PERFORM post_ledger(paid_order, 'captured', o.currency, jsonb_build_object('exchange', credit, 'fees', -fees, 'sales', fees - credit - paid_amount)
      || CASE WHEN paid_amount > 0 THEN jsonb_build_object('provider:' || paid_by, paid_amount) ELSE '{}' END);
  END IF;
  PERFORM tell('tickets.order.paid.v1', 'tickets', paid_order::text, o.version, told || jsonb_build_object('late', late));
  RETURN freed;
END $$;

-- Checkout, step 2. An order that costs nothing needs no provider and is paid at once.
-- The document: idempotency {caller, key, fingerprint}, order {...}, lines [...], items [...], limits [...], passes?, offer?, told, toldPaid.
CREATE OR REPLACE FUNCTION place_order(p jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  i jsonb := p->'idempotency'; o jsonb := p->'order'; oid uuid := (o->>'id')::uuid; old uuid := (o->>'exchangeOf')::uuid;
  known record; claims jsonb := '[]'; freed jsonb := '[]'; due timestamptz; replaced uuid[];
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtextextended('place-order|' || (i->>'caller') || '|' || (i->>'key'), 0)) THEN
    PERFORM refuse('request-in-flight', '{}');
  END IF;
  SELECT fingerprint, answer INTO known FROM idempotency
   WHERE operation = 'place-order' AND caller = i->>'caller' AND key = i->>'key';
  IF FOUND THEN
    IF known.fingerprint <> i->>'fingerprint' THEN PERFORM refuse('idempotency-key-reused', '{}'); END IF;
    RETURN jsonb_build_object('order', known.answer->>'order', 'repeated', true, 'claims', claims, 'freed', freed);
  END IF;
  replaced := ARRAY(SELECT x.replaces FROM jsonb_to_recordset(p->'lines') AS x(replaces uuid) WHERE x.replaces IS NOT NULL);
  PERFORM lock_screenings(ARRAY(SELECT x.screening FROM jsonb_to_recordset(p->'lines') AS x(screening text)
                                UNION SELECT screening_id FROM ticket WHERE id = ANY (replaced)));
  PERFORM require_on_sale(p->'lines');
  IF old IS NOT NULL THEN
    -- Before the new order refers to it: two exchanges that both held the reference would wait for each other.
    PERFORM 1 FROM orders WHERE id = old FOR UPDATE;
    PERFORM require_unused(replaced, oid);
  END IF;
  due := clock_timestamp() + make_interval(secs => (o->>'paySeconds')::int);
  INSERT INTO orders (id, number, edition_id, person_id, buyer, state, language, total, currency, limits, consent, pay_until, next_look_at,
                      channel, exchange_of, paid_from, has_items, promo, passes, invoice)
  VALUES (oid, o->>'number', o->>'edition', o->>'person', o->>'buyer', 'awaiting-payment', o->>'language',
          (o->>'total')::bigint, o->>'currency', p->'limits', (o->'consent') || jsonb_build_object('at', clock_timestamp()), due, due,
          coalesce(o->>'channel', 'online'), old,
          coalesce((SELECT ARRAY[x.id] || x.paid_from FROM orders x WHERE x.id = old), '{}'),
          jsonb_array_length(coalesce(p->'items', '[]')) > 0, o->>'promo', p->'passes', o->'invoice');
  PERFORM take_limits(oid, p->'limits');
  IF p ? 'passes' THEN PERFORM use_passes(oid, p->'passes', p->'lines'); END IF;
  IF jsonb_array_length(p->'lines') > 0 THEN
    IF p ? 'offer' THEN
      claims := take_offer((p->>'offer')::uuid, oid, p->'lines');
    ELSE
      claims := claim_seats('order', oid, p->'lines');
    END IF;
  END IF;
  INSERT INTO order_line (order_id, line_no, screening_id, seat_id, row_label, seat_label, category, amount, kind, list_amount, reasons, replaces)
  SELECT oid, x.line, x.screening, x.seat, x.row_label, x.seat_label, x.category, x.amount, coalesce(x.kind, 'full'),
         coalesce(x.list_amount, x.amount), coalesce(x.reasons, '[]'), x.replaces
    FROM jsonb_to_recordset(p->'lines') AS x(line smallint, screening text, seat text, row_label text, seat_label text, category text,
         amount bigint, kind text, list_amount bigint, reasons jsonb, replaces uuid);
  IF jsonb_array_length(coalesce(p->'items', '[]')) > 0 THEN
    INSERT INTO order_item (order_id, item_no, kind, line_no, subject, name, amount)
    SELECT oid, x.no, x.kind, x.line, x.subject, x.name, x.amount
      FROM jsonb_to_recordset(p->'items') AS x(no smallint, kind text, line smallint, subject text, name jsonb, amount bigint);
  END IF;
  DELETE FROM seat_hold h USING jsonb_to_recordset(p->'lines') AS x(screening text, seat text)
   WHERE h.screening_id = x.screening AND h.seat_id = x.seat;
  INSERT INTO idempotency (operation, caller, key, fingerprint, answer)
  VALUES ('place-order', i->>'caller', i->>'key', i->>'fingerprint', jsonb_build_object('order', oid));
  IF (o->>'total')::bigint = 0 THEN
    freed := issue_tickets(oid, false, '', 0, p->'toldPaid');
  ELSE
    PERFORM tell('tickets.order.placed.v1', 'tickets', oid::text, 1,
                 (p->'told') || jsonb_build_object('payUntil', to_char(due AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')));
  END IF;
  RETURN jsonb_build_object('order', oid, 'repeated', false, 'claims', claims, 'freed', freed, 'payUntil', due);
END $$;
`);
  }

  async down(): Promise<void> {
    throw new Error('functions are replaced by later migrations, not taken back');
  }
}
