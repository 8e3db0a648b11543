import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Money over the counter. Cash is confirmed as any payment is, by the one function, with its drawer movement in the same
 * transaction. Lock order: screenings, orders, limits, claims, and the shift after them.
 */
export class CounterFunctions1569000903100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
-- The order is paid: tickets, passes, the end of what it replaces, the books. Answers the seats that became free.
CREATE OR REPLACE FUNCTION issue_tickets(paid_order uuid, late boolean, paid_by text, paid_amount bigint, told jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE o orders%ROWTYPE; freed jsonb := '[]'; fees bigint := 0; credit bigint := 0; rounding bigint := 0;
BEGIN
  UPDATE orders SET state = 'paid', version = version + 1, paid_at = clock_timestamp(), paid_late = late, next_look_at = NULL
   WHERE id = paid_order RETURNING * INTO o;
  INSERT INTO ticket (order_id, line_no, screening_id, serial, state)
  SELECT order_id, line_no, screening_id, new_serial(), 'live' FROM order_line WHERE order_id = paid_order;
  IF o.exchange_of IS NOT NULL THEN freed := end_replaced(o); END IF;
  IF o.has_items THEN
    SELECT coalesce(sum(amount) FILTER (WHERE kind = 'fee'), 0), coalesce(-sum(amount) FILTER (WHERE kind = 'exchange-credit'), 0),
           coalesce(sum(amount) FILTER (WHERE kind = 'rounding'), 0)
      INTO fees, credit, rounding FROM order_item WHERE order_id = paid_order;
    IF EXISTS (SELECT 1 FROM order_item WHERE order_id = paid_order AND kind = 'pass') THEN
      PERFORM issue_pass(paid_order, item_no) FROM order_item WHERE order_id = paid_order AND kind = 'pass';
    END IF;
  END IF;
  IF paid_amount + credit > 0 THEN
    PERFORM post_ledger(paid_order, 'captured', o.currency, jsonb_build_object('exchange', credit, 'fees', -fees, 'rounding', -rounding,
      'sales', fees + rounding - credit - paid_amount)
      || CASE WHEN paid_amount > 0 THEN jsonb_build_object('provider:' || paid_by, paid_amount) ELSE '{}' END);
  END IF;
  PERFORM tell('tickets.order.paid.v1', 'tickets', paid_order::text, o.version, told || jsonb_build_object('late', late));
  RETURN freed;
END $$;

-- Gives lines of a paid order back, as before; with the last of them goes what cash was rounded by.
CREATE OR REPLACE FUNCTION return_lines(returning_order uuid, wanted smallint[], kept_fee bigint, why text, told jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  o orders%ROWTYPE; numbers smallint[]; seats bigint; fees bigint := 0; rounding bigint := 0; kept bigint; freed jsonb; last boolean; back bigint;
BEGIN
  PERFORM lock_screenings(ARRAY(SELECT screening_id FROM order_line WHERE order_id = returning_order AND line_no = ANY (wanted)));
  SELECT * INTO o FROM orders WHERE id = returning_order FOR UPDATE;
  IF o.state IS DISTINCT FROM 'paid' THEN RETURN jsonb_build_object('freed', '[]'::jsonb, 'lines', '[]'::jsonb, 'refund', 0); END IF;
  WITH gone AS (UPDATE ticket SET state = 'ended', ended_as = 'refunded'
                 WHERE order_id = o.id AND line_no = ANY (wanted) AND state = 'live' RETURNING line_no),
       ended AS (UPDATE order_line l SET ended_as = 'refunded' FROM gone g WHERE l.order_id = o.id AND l.line_no = g.line_no RETURNING l.line_no, l.amount)
  SELECT coalesce(array_agg(line_no ORDER BY line_no), '{}'), coalesce(sum(amount), 0) INTO numbers, seats FROM ended;
  IF cardinality(numbers) = 0 THEN RETURN jsonb_build_object('freed', '[]'::jsonb, 'lines', '[]'::jsonb, 'refund', 0); END IF;
  freed := release_lines(o.id, numbers);
  last := NOT EXISTS (SELECT 1 FROM order_line WHERE order_id = o.id AND ended_as IS NULL)
      AND NOT EXISTS (SELECT 1 FROM order_item WHERE order_id = o.id AND kind = 'pass' AND ended_as IS NULL);
  IF why <> 'buyer' THEN
    WITH ended AS (UPDATE order_item SET ended_as = 'refunded'
                    WHERE order_id = o.id AND kind = 'fee' AND ended_as IS NULL AND (line_no = ANY (numbers) OR (line_no IS NULL AND last)) RETURNING amount)
    SELECT coalesce(sum(amount), 0) INTO fees FROM ended;
  END IF;
  IF last THEN
    WITH ended AS (UPDATE order_item SET ended_as = 'refunded' WHERE order_id = o.id AND kind = 'rounding' AND ended_as IS NULL RETURNING amount)
    SELECT coalesce(sum(amount), 0) INTO rounding FROM ended;
  END IF;
  kept := least(kept_fee, seats + fees + rounding);
  back := seats + fees + rounding - kept;
  PERFORM post_ledger(o.id, why, o.currency, jsonb_build_object('sales', seats, 'fees', fees - kept, 'rounding', rounding, 'returns', -back));
  PERFORM give_back(o.id, back, why, numbers, kept);
  UPDATE orders SET version = version + 1, end_reason = CASE WHEN last THEN why ELSE end_reason END,
         state = CASE WHEN NOT last THEN state
                      WHEN EXISTS (SELECT 1 FROM refund WHERE order_id = o.id AND state = 'due') THEN 'refund-due'
                      WHEN EXISTS (SELECT 1 FROM refund WHERE order_id = o.id) THEN 'refunded' ELSE 'cancelled' END
   WHERE id = o.id RETURNING * INTO o;
  PERFORM tell('tickets.order.lines-returned.v1', 'tickets', o.id::text, o.version, told || order_facts(o) || jsonb_build_object(
    'lines', (SELECT coalesce(jsonb_agg(x), '[]') FROM jsonb_array_elements(told->'lines') x WHERE (x->>'line')::smallint = ANY (numbers)),
    'reason', why, 'amount', jsonb_build_object('amount', back, 'currency', o.currency),
    'keptFee', jsonb_build_object('amount', kept, 'currency', o.currency)));
  RETURN jsonb_build_object('freed', freed, 'lines', to_jsonb(numbers), 'refund', back);
END $$;

-- A shift that still sells, locked until the transaction ends: it can't be closed meanwhile.
CREATE FUNCTION require_open_shift(wanted uuid) RETURNS counter_shift LANGUAGE plpgsql AS $$
DECLARE s counter_shift%ROWTYPE;
BEGIN
  SELECT * INTO s FROM counter_shift WHERE id = wanted FOR UPDATE;
  IF s.id IS NULL THEN PERFORM refuse('shift-unknown', '{}'); END IF;
  IF s.state <> 'open' THEN PERFORM refuse('shift-closed', '{}'); END IF;
  RETURN s;
END $$;

-- What costs nothing is sold by its order alone: then too only in an open shift, so that no Z report misses it.
CREATE FUNCTION free_sale_needs_shift() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM require_open_shift(shift_id) FROM counter_sale WHERE order_id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER free_sale_in_shift AFTER UPDATE OF state ON orders FOR EACH ROW
  WHEN (NEW.channel = 'counter' AND NEW.total = 0 AND NEW.state = 'paid' AND OLD.state <> 'paid') EXECUTE FUNCTION free_sale_needs_shift();

-- Cash moved: in the drawer, in the audit log, and in the books where no order's posting says it.
CREATE FUNCTION move_drawer(m jsonb) RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE made uuid; s counter_shift%ROWTYPE; value bigint := (m->>'amount')::bigint; off bigint := coalesce((m->>'rounding')::bigint, 0);
BEGIN
  s := require_open_shift((m->>'shift')::uuid);
  INSERT INTO drawer_movement (shift_id, kind, amount, rounding, order_id, refund_id, reason, actor)
  VALUES (s.id, m->>'kind', value, off, (m->>'order')::uuid, (m->>'refund')::uuid, m->>'reason', m->>'actor') RETURNING id INTO made;
  INSERT INTO audit_entry (actor, action, subject, facts)
  VALUES (m->>'actor', 'drawer.' || (m->>'kind'), s.id::text, jsonb_strip_nulls(jsonb_build_object('movement', made, 'amount', value,
          'till', s.till, 'order', m->>'order')));
  IF m->>'kind' IN ('float', 'pay-in', 'pay-out') THEN
    PERFORM post_ledger(s.id, m->>'kind', s.currency, jsonb_build_object('drawer', value, 'office-cash', -value));
  ELSIF m->>'kind' = 'refund' AND off <> 0 THEN
    PERFORM post_ledger((m->>'order')::uuid, 'cash rounding', s.currency, jsonb_build_object('drawer', off, 'rounding', -off));
  END IF;
  RETURN made;
END $$;

-- Whether money may still come for an order by a way that has not ended.
CREATE FUNCTION require_no_open_payment(o uuid) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM payment_attempt WHERE order_id = o AND state IN ('opening', 'open', 'unknown')) THEN
    PERFORM refuse('payment-unresolved', jsonb_build_object('order', o));
  END IF;
END $$;

-- Cash was handed over. The total is rounded, confirmed and put into the drawer at once, or nothing happens.
-- c: order, shift, actor, tendered, rounding; told: the paid event without the total that rounding makes.
CREATE FUNCTION take_cash(c jsonb, told jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE o orders%ROWTYPE; a uuid; answer jsonb; off bigint := (c->>'rounding')::bigint; given bigint := (c->>'tendered')::bigint;
BEGIN
  PERFORM lock_screenings(order_screenings((c->>'order')::uuid));
  SELECT * INTO o FROM orders WHERE id = (c->>'order')::uuid FOR UPDATE;
  IF EXISTS (SELECT 1 FROM payment_attempt WHERE order_id = o.id AND provider = 'cash') THEN
    RETURN jsonb_build_object('outcome', 'repeated', 'order', o.id, 'state', o.state, 'claims', '[]'::jsonb);
  END IF;
  IF o.state NOT IN ('awaiting-payment', 'expiring') THEN PERFORM refuse('order-not-payable', jsonb_build_object('state', o.state)); END IF;
  PERFORM require_no_open_payment(o.id);
  IF EXISTS (SELECT 1 FROM order_line l JOIN screening_copy s USING (screening_id) WHERE l.order_id = o.id AND s.state = 'cancelled') THEN
    PERFORM refuse('not-on-sale', '{}');
  END IF;
  IF off <> 0 THEN
    INSERT INTO order_item (order_id, item_no, kind, subject, name, amount)
    SELECT o.id, coalesce(max(item_no), 0) + 1, 'rounding', 'cash', c->'name', off FROM order_item WHERE order_id = o.id;
    UPDATE orders SET total = total + off, has_items = true WHERE id = o.id RETURNING * INTO o;
  END IF;
  IF given < o.total THEN PERFORM refuse('tendered-too-little', jsonb_build_object('total', o.total, 'tendered', given)); END IF;
  INSERT INTO payment_attempt (id, order_id, provider, amount, currency, state, lives_until)
  VALUES (uuidv7(), o.id, 'cash', o.total, o.currency, 'open', clock_timestamp()) RETURNING id INTO a;
  answer := confirm_payment(a, o.total, o.currency,
    told || jsonb_build_object('total', jsonb_build_object('amount', o.total, 'currency', o.currency)));
  -- Nobody takes cash for what can't be sold: the whole of it is undone.
  IF answer->>'outcome' <> 'paid' THEN PERFORM refuse('order-not-payable', jsonb_build_object('reason', answer->>'reason')); END IF;
  PERFORM move_drawer(jsonb_build_object('shift', c->>'shift', 'kind', 'sale', 'amount', o.total, 'rounding', off, 'order', o.id, 'actor', c->>'actor'));
  UPDATE counter_sale SET paid_by = 'cash', tendered = given, change = given - o.total, rounding = off WHERE order_id = o.id;
  RETURN answer;
END $$;

-- The intent to take a card at the till's terminal, written before the terminal is asked. While one has not ended there is
-- no other, and the same one is never begun again, however it ended: nobody is asked for a card twice by one key.
CREATE FUNCTION intend_terminal(o_id uuid, shift uuid, attempt uuid, seconds int) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE o orders%ROWTYPE; s counter_shift%ROWTYPE; known uuid; lapses timestamptz := clock_timestamp() + make_interval(secs => seconds);
BEGIN
  SELECT * INTO o FROM orders WHERE id = o_id FOR UPDATE;
  SELECT id INTO known FROM payment_attempt WHERE order_id = o_id AND (id = attempt OR state <> 'closed')
   ORDER BY opened_at DESC LIMIT 1;
  IF FOUND THEN RETURN jsonb_build_object('attempt', known, 'made', false); END IF;
  IF o.state <> 'awaiting-payment' THEN PERFORM refuse('order-not-payable', jsonb_build_object('state', o.state)); END IF;
  s := require_open_shift(shift);
  UPDATE orders SET pay_until = greatest(pay_until, lapses + interval '30 seconds'), next_look_at = greatest(pay_until, lapses + interval '30 seconds')
   WHERE id = o_id;
  INSERT INTO payment_attempt (id, order_id, provider, provider_payment_id, amount, currency, state, lives_until, next_look_at)
  VALUES (attempt, o_id, 'terminal', s.till, o.total, o.currency, 'opening', lapses, clock_timestamp() + interval '5 seconds');
  UPDATE counter_sale SET paid_by = 'terminal' WHERE order_id = o_id;
  RETURN jsonb_build_object('attempt', attempt, 'made', true);
END $$;

-- What an order owes in cash leaves the drawer now, rounded as cash is. Answers minor units handed over, and what is owed
-- by other ways.
CREATE FUNCTION pay_out_cash(o_id uuid, shift uuid, by_whom text, step bigint) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE r record; handed bigint; in_all bigint := 0; otherwise bigint := 0;
BEGIN
  PERFORM 1 FROM orders WHERE id = o_id FOR UPDATE;
  FOR r IN SELECT f.id, f.amount, a.provider FROM refund f LEFT JOIN payment_attempt a ON a.id = f.attempt_id
            WHERE f.order_id = o_id AND f.state = 'due' ORDER BY f.id LOOP
    IF r.provider IS DISTINCT FROM 'cash' THEN
      otherwise := otherwise + r.amount;
      CONTINUE;
    END IF;
    PERFORM pay_out_refund(r.id, 'cash');
    handed := (r.amount + step / 2) / step * step;
    in_all := in_all + handed;
    PERFORM move_drawer(jsonb_build_object('shift', shift, 'kind', 'refund', 'amount', -handed, 'rounding', r.amount - handed,
      'order', o_id, 'refund', r.id, 'actor', by_whom));
  END LOOP;
  RETURN jsonb_build_object('cash', in_all, 'otherwise', otherwise);
END $$;

-- The last sale of an open shift is taken back whole, while nobody has entered with it.
-- v: order, actor, reason, minutes, step; told: the lines as events say them.
CREATE FUNCTION void_sale(v jsonb, told jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE o orders%ROWTYPE; sale counter_sale%ROWTYPE; answer jsonb; money jsonb;
BEGIN
  PERFORM lock_screenings(order_screenings((v->>'order')::uuid));
  SELECT * INTO o FROM orders WHERE id = (v->>'order')::uuid FOR UPDATE;
  SELECT * INTO sale FROM counter_sale WHERE order_id = o.id FOR UPDATE;
  IF sale.voided_at IS NOT NULL THEN RETURN jsonb_build_object('freed', '[]'::jsonb); END IF;
  IF o.state <> 'paid' THEN PERFORM refuse('void-not-possible', jsonb_build_object('state', o.state)); END IF;
  IF o.paid_at < clock_timestamp() - make_interval(mins => (v->>'minutes')::int) THEN
    PERFORM refuse('void-too-late', jsonb_build_object('minutes', v->'minutes'));
  END IF;
  IF EXISTS (SELECT 1 FROM counter_sale x JOIN orders n ON n.id = x.order_id
              WHERE x.shift_id = sale.shift_id AND x.voided_at IS NULL AND n.paid_at > o.paid_at) THEN
    PERFORM refuse('void-not-last', '{}');
  END IF;
  PERFORM require_unused(ARRAY(SELECT id FROM ticket WHERE order_id = o.id AND state <> 'ended'), o.id);
  answer := return_lines(o.id, ARRAY(SELECT line_no FROM order_line WHERE order_id = o.id AND ended_as IS NULL), 0, 'voided', told);
  UPDATE counter_sale SET voided_at = clock_timestamp(), void_reason = v->>'reason' WHERE order_id = o.id;
  PERFORM require_open_shift(sale.shift_id);
  money := pay_out_cash(o.id, sale.shift_id, v->>'actor', (v->>'step')::bigint);
  INSERT INTO audit_entry (actor, action, subject, facts)
  VALUES (v->>'actor', 'sale.voided', o.id::text, jsonb_build_object('shift', sale.shift_id, 'money', money));
  RETURN jsonb_build_object('freed', answer->'freed', 'cash', money->'cash', 'otherwise', money->'otherwise');
END $$;

-- Seats for who rang: a named block that counts in the shares from now on, so that its sale does not count again.
-- p: id, edition, screening, plan, planId, lines [{line, seat, companion_alone?}], candidates, minutesBefore | releaseAt, name,
-- phone, seats, by
CREATE FUNCTION reserve_seats(p jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE bid uuid := (p->>'id')::uuid; claims jsonb; wanted jsonb;
BEGIN
  PERFORM lock_screenings(ARRAY[p->>'screening']);
  SELECT jsonb_agg(x || jsonb_build_object('screening', p->>'screening', 'plan', p->'plan', 'plan_id', p->'planId'))
    INTO wanted FROM jsonb_array_elements(p->'lines') x;
  PERFORM require_on_sale(wanted);
  INSERT INTO block (id, edition_id, screening_id, purpose, release_at, minutes_before, made_by)
  VALUES (bid, p->>'edition', p->>'screening', 'reservation', (p->>'releaseAt')::timestamptz, (p->>'minutesBefore')::int, p->>'by');
  IF jsonb_array_length(p->'candidates') > 0 THEN
    PERFORM take_limits(bid, jsonb_build_array(jsonb_build_object('candidates', p->'candidates',
      'lines', (SELECT jsonb_agg(x->'line') FROM jsonb_array_elements(p->'lines') x))));
  END IF;
  claims := claim_seats('block', bid, wanted);
  INSERT INTO counter_reservation (block_id, edition_id, name, phone, seats) VALUES (bid, p->>'edition', p->>'name', p->>'phone', p->'seats');
  INSERT INTO audit_entry (actor, action, subject, facts)
  VALUES (p->>'by', 'reservation.made', bid::text, jsonb_build_object('screening', p->>'screening', 'seats', p->'seats'));
  RETURN claims;
END $$;

-- The seats of a reservation become those of the order that sells them. Called by place_order.
CREATE FUNCTION take_reservation(reserved uuid, taking_order uuid, lines jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE b block%ROWTYPE; claims jsonb; n int := jsonb_array_length(lines);
BEGIN
  SELECT * INTO b FROM block WHERE id = reserved FOR UPDATE;
  IF b.state IS DISTINCT FROM 'kept' THEN PERFORM refuse('reservation-over', '{}'); END IF;
  PERFORM 1 FROM seat_claim WHERE owner_id = reserved ORDER BY screening_id COLLATE "C", seat_id COLLATE "C" FOR UPDATE;
  IF (SELECT count(*) FROM seat_claim WHERE owner_id = reserved) <> n THEN PERFORM refuse('offer-not-whole', '{}'); END IF;
  UPDATE orders SET limits = limits || coalesce((
    SELECT jsonb_agg(jsonb_build_object('candidates', jsonb_build_array(l.limit_id), 'lines', jsonb_build_array(x.line)))
      FROM line_limit l JOIN seat_claim c ON c.owner_id = reserved AND c.line_no = l.line_no
      JOIN jsonb_to_recordset(take_reservation.lines) AS x(screening text, seat text, line smallint)
        ON x.screening = c.screening_id AND x.seat = c.seat_id
     WHERE l.owner_id = reserved), '[]') WHERE id = taking_order;
  INSERT INTO limit_use (limit_id, owner_id, n) SELECT limit_id, taking_order, u.n FROM limit_use u WHERE owner_id = reserved
    ON CONFLICT (limit_id, owner_id) DO UPDATE SET n = limit_use.n + excluded.n;
  DELETE FROM limit_use WHERE owner_id = reserved;
  INSERT INTO line_limit (owner_id, line_no, limit_id, n)
  SELECT taking_order, x.line, l.limit_id, l.n FROM line_limit l JOIN seat_claim c ON c.owner_id = reserved AND c.line_no = l.line_no
    JOIN jsonb_to_recordset(lines) AS x(screening text, seat text, line smallint) ON x.screening = c.screening_id AND x.seat = c.seat_id
   WHERE l.owner_id = reserved;
  DELETE FROM line_limit WHERE owner_id = reserved;
  WITH taken AS (
    UPDATE seat_claim c SET owner_kind = 'order', owner_id = taking_order, line_no = x.line, claim_no = nextval('claim_number')
      FROM jsonb_to_recordset(lines) AS x(screening text, seat text, line smallint)
     WHERE c.owner_id = reserved AND c.screening_id = x.screening AND c.seat_id = x.seat
    RETURNING c.screening_id, c.seat_id, c.claim_no)
  SELECT jsonb_agg(jsonb_build_object('screening', screening_id, 'seat', seat_id, 'no', claim_no)) INTO claims FROM taken;
  IF coalesce(jsonb_array_length(claims), 0) <> n THEN PERFORM refuse('offer-not-whole', '{}'); END IF;
  UPDATE block SET state = 'released', version = version + 1, released_at = clock_timestamp(), end_reason = 'sold' WHERE id = reserved;
  UPDATE counter_reservation SET order_id = taking_order WHERE block_id = reserved;
  RETURN claims;
END $$;

-- The seats of an offer, of an invitation that gets its tickets, or of a reservation that is sold. Called by place_order.
CREATE OR REPLACE FUNCTION take_offer(offer uuid, taking_order uuid, lines jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE o waitlist_offer%ROWTYPE; claims jsonb; n int := jsonb_array_length(lines);
BEGIN
  IF EXISTS (SELECT 1 FROM invitation WHERE id = offer) THEN RETURN take_invitation(offer, taking_order, lines); END IF;
  IF EXISTS (SELECT 1 FROM counter_reservation WHERE block_id = offer) THEN RETURN take_reservation(offer, taking_order, lines); END IF;
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
`);
  }

  async down(): Promise<void> {
    throw new Error('functions are replaced by later migrations, not taken back');
  }
}
