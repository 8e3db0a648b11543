import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Confirmation with exchanges, and the ways back: lines returned, refunds in parts, orders cancelled, chargebacks. */
export class ReturningFunctions1569000102000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
-- Owes an amount to the buyer of an order, through the payments that carry its money: its own first, then those of the
-- orders that it was exchanged from. The amount stands in the account 'returns' of the order when this is called.
CREATE FUNCTION give_back(o uuid, value bigint, why text, numbers smallint[], kept bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE a payment_attempt%ROWTYPE; remaining bigint := value; part bigint; sources uuid[];
BEGIN
  IF value <= 0 THEN RETURN; END IF;
  SELECT ARRAY[id] || paid_from INTO sources FROM orders WHERE id = o;
  PERFORM 1 FROM orders WHERE id = ANY (sources) ORDER BY array_position(sources, id) FOR UPDATE;
  FOR a IN SELECT * FROM payment_attempt
            WHERE order_id = ANY (sources) AND state IN ('paid', 'refund-due') AND captured > refund_target + charged_back
            ORDER BY array_position(sources, order_id), opened_at FOR UPDATE LOOP
    EXIT WHEN remaining = 0;
    part := least(remaining, a.captured - a.refund_target - a.charged_back);
    remaining := remaining - part;
    IF a.order_id <> o THEN
      PERFORM post_ledger(o, why, a.currency, jsonb_build_object('returns', part, 'exchange', -part));
      PERFORM post_ledger(a.order_id, why, a.currency, jsonb_build_object('exchange', part, 'owed-to-buyer', -part));
    ELSE
      PERFORM post_ledger(o, why, a.currency, jsonb_build_object('returns', part, 'owed-to-buyer', -part));
    END IF;
    UPDATE payment_attempt SET refund_target = refund_target + part, refund_reason = why, looks = 0, next_look_at = clock_timestamp(),
           state = CASE WHEN refund_target + part >= captured THEN 'refund-due' ELSE state END
     WHERE id = a.id;
    INSERT INTO refund (order_id, attempt_id, amount, currency, reason, lines, kept_fee, upto)
    VALUES (o, a.id, part, a.currency, why, numbers, kept, a.refund_target + part);
  END LOOP;
  IF remaining > 0 THEN
    -- Paid by hand, or taken back by the holder's bank: finance returns it by hand and says so.
    PERFORM post_ledger(o, why, (SELECT currency FROM orders WHERE id = o), jsonb_build_object('returns', remaining, 'owed-to-buyer', -remaining));
    INSERT INTO refund (order_id, amount, currency, reason, lines, kept_fee, upto)
    SELECT o, remaining, currency, why, numbers, kept, remaining FROM orders WHERE id = o;
  END IF;
END $$;

-- Gives lines of a paid order back: their live tickets end, their seats and limits are free, what they cost is owed less
-- a fee that is kept. Service fees go back too unless the buyer changed his mind. Twice gives back nothing the second time.
CREATE FUNCTION return_lines(returning_order uuid, wanted smallint[], kept_fee bigint, why text, told jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  o orders%ROWTYPE; numbers smallint[]; seats bigint; fees bigint := 0; kept bigint; freed jsonb; last boolean; back bigint;
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
  kept := least(kept_fee, seats + fees);
  back := seats + fees - kept;
  PERFORM post_ledger(o.id, why, o.currency, jsonb_build_object('sales', seats, 'fees', fees - kept, 'returns', -back));
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

-- The buyer, or a cancelled screening, ends an order that is not paid yet. A payment that comes all the same is owed back.
CREATE FUNCTION cancel_order(unpaid uuid, why text, told jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE o orders%ROWTYPE; freed jsonb;
BEGIN
  PERFORM lock_screenings(order_screenings(unpaid));
  SELECT * INTO o FROM orders WHERE id = unpaid FOR UPDATE;
  IF o.state NOT IN ('awaiting-payment', 'expiring') THEN RETURN jsonb_build_object('state', o.state, 'freed', '[]'::jsonb); END IF;
  freed := release_owner(unpaid);
  UPDATE orders SET state = 'cancelled', version = version + 1, end_reason = why, next_look_at = NULL WHERE id = unpaid RETURNING * INTO o;
  PERFORM tell('tickets.order.cancelled.v1', 'tickets', unpaid::text, o.version, told || order_facts(o) || jsonb_build_object('reason', why));
  RETURN jsonb_build_object('state', 'cancelled', 'freed', freed);
END $$;

CREATE OR REPLACE FUNCTION owe_refund(attempt uuid, why text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE a payment_attempt%ROWTYPE;
BEGIN
  UPDATE payment_attempt SET state = 'refund-due', refund_reason = why, refund_target = captured,
         next_look_at = clock_timestamp() + interval '5 seconds', looks = 0
   WHERE id = attempt RETURNING * INTO a;
  INSERT INTO refund (order_id, attempt_id, amount, currency, reason, upto)
  VALUES (a.order_id, a.id, a.captured, a.currency, why, a.captured);
  PERFORM post_ledger(a.order_id, 'provider:' || a.provider, 'owed-to-buyer', a.captured, a.currency, 'captured, ' || why);
END $$;

-- Confirm, step 4: callback, return page and poller all end here. Idempotent by state.
-- outcome: paid | repeated | refund-due | review
CREATE OR REPLACE FUNCTION confirm_payment(attempt uuid, paid_amount bigint, paid_currency text, told jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  a payment_attempt%ROWTYPE; o orders%ROWTYPE; lines jsonb; late boolean := false; claims jsonb := '[]'; freed jsonb; why text;
BEGIN
  SELECT * INTO a FROM payment_attempt WHERE id = attempt;
  IF NOT FOUND THEN PERFORM refuse('payment-unknown', '{}'); END IF;
  PERFORM lock_screenings(order_screenings(a.order_id));
  SELECT * INTO o FROM orders WHERE id = a.order_id FOR UPDATE;
  SELECT * INTO a FROM payment_attempt WHERE id = attempt FOR UPDATE;
  IF a.state IN ('paid', 'refund-due', 'refunded', 'review') THEN
    RETURN jsonb_build_object('outcome', 'repeated', 'state', a.state, 'order', o.id, 'claims', claims);
  END IF;
  UPDATE payment_attempt SET captured = paid_amount, next_look_at = NULL, state = 'paid' WHERE id = attempt;
  PERFORM queue_receipt(attempt, 'sale', o, a, paid_amount);
  IF paid_amount <> a.amount OR paid_currency <> a.currency THEN
    UPDATE payment_attempt SET state = 'review' WHERE id = attempt;
    PERFORM post_ledger(o.id, 'provider:' || a.provider, 'in-review', paid_amount, a.currency, 'captured, wrong amount');
    UPDATE orders SET state = 'review', version = version + 1, end_reason = 'wrong-amount', next_look_at = NULL
     WHERE id = o.id AND state IN ('awaiting-payment', 'expiring');
    RETURN jsonb_build_object('outcome', 'review', 'order', o.id, 'claims', claims);
  END IF;
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
      PERFORM take_limits(o.id, o.limits);
      SELECT jsonb_agg(jsonb_build_object('screening', screening_id, 'seat', seat_id, 'line', line_no) ORDER BY line_no)
        INTO lines FROM order_line WHERE order_id = o.id;
      IF o.passes IS NOT NULL THEN PERFORM use_passes(o.id, o.passes, lines); END IF;
      IF lines IS NOT NULL THEN claims := claim_seats('order', o.id, lines); END IF;
    EXCEPTION WHEN SQLSTATE 'SE001' THEN
      why := CASE SQLERRM WHEN 'not-on-sale' THEN 'screening-closed' ELSE 'seats-gone' END;
    END;
  ELSE
    why := 'order-ended';
  END IF;
  IF why IS NULL AND o.exchange_of IS NOT NULL THEN
    PERFORM 1 FROM orders WHERE id = o.exchange_of FOR UPDATE;
    BEGIN
      PERFORM require_unused(ARRAY(SELECT replaces FROM order_line WHERE order_id = o.id AND replaces IS NOT NULL), o.id);
    EXCEPTION WHEN SQLSTATE 'SE001' THEN
      why := 'exchange-void';
    END;
  END IF;
  IF why IS NOT NULL THEN
    PERFORM owe_refund(attempt, why);
    IF o.state <> 'paid' THEN
      UPDATE orders SET state = 'refund-due', version = version + 1, end_reason = why, next_look_at = NULL WHERE id = o.id;
      -- Seats that wait for payment, or that a late payment had just taken again, are nobody's now.
      IF o.state IN ('awaiting-payment', 'expiring') OR late THEN
        freed := release_owner(o.id);
        claims := CASE WHEN late THEN '[]'::jsonb ELSE freed END;
      END IF;
    ELSE
      UPDATE orders SET version = version + 1 WHERE id = o.id;
    END IF;
    PERFORM tell('tickets.order.refund-due.v1', 'tickets', o.id::text, o.version + 1,
      order_facts(o) || jsonb_build_object('amount', jsonb_build_object('amount', paid_amount, 'currency', a.currency), 'reason', why));
    RETURN jsonb_build_object('outcome', 'refund-due', 'reason', why, 'order', o.id, 'released', o.state IN ('awaiting-payment', 'expiring'), 'claims', claims);
  END IF;
  freed := issue_tickets(o.id, late, a.provider, paid_amount, told);
  RETURN jsonb_build_object('outcome', 'paid', 'late', late, 'order', o.id, 'claims', claims, 'freed', freed);
END $$;

DROP FUNCTION record_refund(uuid, bigint, jsonb);
-- The provider said how much has gone back in all; the ledger and each return follow, and the order when nothing else is owed.
CREATE FUNCTION record_refund(attempt uuid, returned_in_all bigint) RETURNS text LANGUAGE plpgsql AS $$
DECLARE a payment_attempt%ROWTYPE; o orders%ROWTYPE; done refund%ROWTYPE;
BEGIN
  SELECT order_id INTO a.order_id FROM payment_attempt WHERE id = attempt;
  PERFORM 1 FROM orders WHERE id IN (SELECT order_id FROM refund WHERE attempt_id = attempt AND state = 'due' UNION SELECT a.order_id)
    ORDER BY made_at DESC FOR UPDATE;
  SELECT * INTO a FROM payment_attempt WHERE id = attempt FOR UPDATE;
  returned_in_all := least(returned_in_all, a.refund_target);
  IF returned_in_all <= a.refunded THEN RETURN a.state; END IF;
  PERFORM post_ledger(a.order_id, 'owed-to-buyer', 'provider:' || a.provider, returned_in_all - a.refunded, a.currency, 'refunded');
  UPDATE payment_attempt SET refunded = returned_in_all,
         state = CASE WHEN returned_in_all >= captured - charged_back THEN 'refunded' ELSE state END,
         next_look_at = CASE WHEN returned_in_all >= refund_target THEN NULL ELSE next_look_at END
   WHERE id = attempt RETURNING * INTO a;
  FOR done IN UPDATE refund SET state = 'refunded', done_at = clock_timestamp()
               WHERE attempt_id = attempt AND state = 'due' AND upto <= returned_in_all RETURNING * LOOP
    UPDATE orders SET version = version + 1,
           state = CASE WHEN state = 'refund-due' AND NOT EXISTS (
             SELECT 1 FROM refund WHERE order_id = done.order_id AND state = 'due' AND id <> done.id) THEN 'refunded' ELSE state END
     WHERE id = done.order_id RETURNING * INTO o;
    PERFORM queue_receipt(done.id, 'return', o, a, done.amount);
    PERFORM tell('tickets.order.refunded.v1', 'tickets', o.id::text, o.version, order_facts(o)
      || jsonb_build_object('amount', jsonb_build_object('amount', done.amount, 'currency', done.currency), 'reason', done.reason));
  END LOOP;
  RETURN a.state;
END $$;

-- The holder's bank took money back. The tickets that it paid for are suspended until the dispute is over.
CREATE FUNCTION charge_back(attempt uuid, taken bigint, ref text) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE a payment_attempt%ROWTYPE; o orders%ROWTYPE; entry chargeback%ROWTYPE; most bigint;
BEGIN
  SELECT order_id, provider INTO a.order_id, a.provider FROM payment_attempt WHERE id = attempt;
  IF NOT FOUND THEN PERFORM refuse('payment-unknown', '{}'); END IF;
  SELECT * INTO o FROM orders WHERE id = a.order_id FOR UPDATE;
  SELECT * INTO entry FROM chargeback WHERE provider = a.provider AND reference = ref;
  IF FOUND THEN RETURN jsonb_build_object('id', entry.id, 'state', entry.state, 'repeated', true); END IF;
  SELECT * INTO a FROM payment_attempt WHERE id = attempt FOR UPDATE;
  most := a.captured - a.refund_target - a.charged_back;
  IF taken > most OR taken <= 0 THEN PERFORM refuse('chargeback-too-large', jsonb_build_object('most', most)); END IF;
  INSERT INTO chargeback (provider, reference, attempt_id, order_id, amount, currency)
  VALUES (a.provider, ref, attempt, o.id, taken, a.currency) RETURNING * INTO entry;
  UPDATE payment_attempt SET charged_back = charged_back + taken WHERE id = attempt;
  PERFORM post_ledger(o.id, 'charged back', a.currency, jsonb_build_object('chargebacks', taken, 'provider:' || a.provider, -taken));
  UPDATE ticket SET state = 'suspended' WHERE state = 'live'
     AND (order_id = o.id OR order_id IN (SELECT id FROM orders WHERE o.id = ANY (paid_from)));
  UPDATE orders SET version = version + 1 WHERE id = o.id RETURNING * INTO o;
  PERFORM tell('tickets.order.charged-back.v1', 'tickets', o.id::text, o.version, order_facts(o)
    || jsonb_build_object('chargebackId', entry.id, 'state', 'open', 'amount', jsonb_build_object('amount', taken, 'currency', a.currency)));
  RETURN jsonb_build_object('id', entry.id, 'state', 'open', 'repeated', false);
END $$;

-- won: the money and the tickets are ours and theirs again. lost: the tickets end and their seats go back.
CREATE FUNCTION close_chargeback(disputed uuid, outcome text) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE entry chargeback%ROWTYPE; o orders%ROWTYPE; a payment_attempt%ROWTYPE; gone record; freed jsonb := '[]'; touched uuid[];
BEGIN
  SELECT * INTO entry FROM chargeback WHERE id = disputed;
  IF NOT FOUND THEN PERFORM refuse('chargeback-unknown', '{}'); END IF;
  touched := ARRAY(SELECT id FROM orders WHERE id = entry.order_id OR entry.order_id = ANY (paid_from));
  PERFORM lock_screenings(ARRAY(SELECT screening_id FROM order_line WHERE order_id = ANY (touched)));
  PERFORM 1 FROM orders WHERE id = ANY (touched) ORDER BY made_at DESC FOR UPDATE;
  SELECT * INTO entry FROM chargeback WHERE id = disputed FOR UPDATE;
  IF entry.state = outcome THEN RETURN jsonb_build_object('state', outcome, 'freed', freed); END IF;
  IF entry.state <> 'open' THEN PERFORM refuse('chargeback-closed', jsonb_build_object('state', entry.state)); END IF;
  UPDATE chargeback SET state = outcome, version = version + 1, closed_at = clock_timestamp() WHERE id = disputed;
  SELECT * INTO a FROM payment_attempt WHERE id = entry.attempt_id FOR UPDATE;
  IF outcome = 'won' THEN
    UPDATE payment_attempt SET charged_back = charged_back - entry.amount WHERE id = a.id;
    PERFORM post_ledger(entry.order_id, 'chargeback won', entry.currency, jsonb_build_object('chargebacks', -entry.amount, 'provider:' || a.provider, entry.amount));
    IF NOT EXISTS (SELECT 1 FROM chargeback WHERE order_id = entry.order_id AND state = 'open') THEN
      UPDATE ticket SET state = 'live' WHERE order_id = ANY (touched) AND state = 'suspended';
    END IF;
  ELSE
    FOR gone IN WITH ended AS (UPDATE ticket SET state = 'ended', ended_as = 'charged-back'
                                WHERE order_id = ANY (touched) AND state = 'suspended' RETURNING order_id, line_no)
                SELECT order_id, array_agg(line_no) AS numbers FROM ended GROUP BY 1 LOOP
      UPDATE order_line SET ended_as = 'charged-back' WHERE order_id = gone.order_id AND line_no = ANY (gone.numbers);
      freed := freed || release_lines(gone.order_id, gone.numbers);
    END LOOP;
    UPDATE orders x SET state = 'charged-back', end_reason = 'charged-back' WHERE id = ANY (touched) AND state = 'paid'
       AND NOT EXISTS (SELECT 1 FROM order_line WHERE order_id = x.id AND ended_as IS NULL);
  END IF;
  UPDATE orders SET version = version + 1 WHERE id = entry.order_id RETURNING * INTO o;
  PERFORM tell('tickets.order.charged-back.v1', 'tickets', o.id::text, o.version, order_facts(o)
    || jsonb_build_object('chargebackId', entry.id, 'state', outcome, 'amount', jsonb_build_object('amount', entry.amount, 'currency', entry.currency)));
  RETURN jsonb_build_object('state', outcome, 'freed', freed);
END $$;

-- The old code dies and the line gets a new one: for another holder, or because the paper was lost.
CREATE FUNCTION replace_ticket(old uuid, holder text, why text, told jsonb) RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE t ticket%ROWTYPE; o orders%ROWTYPE; made uuid;
BEGIN
  SELECT * INTO t FROM ticket WHERE id = old;
  SELECT * INTO o FROM orders WHERE id = t.order_id FOR UPDATE;
  PERFORM require_unused(ARRAY[old], o.id);
  UPDATE ticket SET state = 'ended', ended_as = why WHERE id = old;
  INSERT INTO ticket (order_id, line_no, screening_id, serial, state, holder_id, made_from)
  VALUES (t.order_id, t.line_no, t.screening_id, new_serial(), 'live', holder, old) RETURNING id INTO made;
  UPDATE orders SET version = version + 1 WHERE id = o.id RETURNING * INTO o;
  PERFORM tell('tickets.ticket.' || why || '.v1', 'tickets', o.id::text, o.version, told || order_facts(o)
    || jsonb_build_object('ticketId', made, 'replaces', old) || CASE WHEN holder IS NULL THEN '{}' ELSE jsonb_build_object('holderId', holder) END);
  RETURN made;
END $$;

-- Closes a past day of a provider. Whoever is still writing an entry of that day is waited for; the table then holds it.
CREATE FUNCTION close_settlement_day(of_provider text, of_day date, zone text, closer text) RETURNS settlement_day LANGUAGE plpgsql AS $$
DECLARE answer settlement_day%ROWTYPE; opens timestamptz := of_day::timestamp AT TIME ZONE zone; ends timestamptz := (of_day + 1)::timestamp AT TIME ZONE zone;
BEGIN
  SELECT * INTO answer FROM settlement_day WHERE provider = of_provider AND day = of_day;
  IF FOUND THEN RETURN answer; END IF;
  IF ends > clock_timestamp() THEN PERFORM refuse('day-not-over', jsonb_build_object('day', of_day)); END IF;
  LOCK TABLE ledger_entry IN SHARE MODE;
  INSERT INTO settlement_day (provider, day, timezone, captured, refunded, charged_back, entries, digest, closed_by)
  SELECT of_provider, of_day, zone,
         coalesce(sum(amount) FILTER (WHERE reason LIKE 'captured%'), 0), coalesce(-sum(amount) FILTER (WHERE reason = 'refunded'), 0),
         coalesce(-sum(amount) FILTER (WHERE reason IN ('charged back', 'chargeback won')), 0), count(*),
         encode(sha256(convert_to(coalesce(string_agg(id || ' ' || posting || ' ' || amount, E'\\n' ORDER BY id), ''), 'UTF8')), 'hex'), closer
    FROM ledger_entry WHERE account = 'provider:' || of_provider AND at >= opens AND at < ends
  ON CONFLICT DO NOTHING RETURNING * INTO answer;
  RETURN answer;
END $$;

CREATE OR REPLACE FUNCTION expire_order(due uuid, told jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE o orders%ROWTYPE; freed jsonb;
BEGIN
  PERFORM lock_screenings(order_screenings(due));
  SELECT * INTO o FROM orders WHERE id = due FOR UPDATE;
  IF o.state <> 'expiring' THEN RETURN jsonb_build_object('outcome', 'other', 'claims', '[]'::jsonb); END IF;
  IF o.pay_until > clock_timestamp()
     OR EXISTS (SELECT 1 FROM payment_attempt WHERE order_id = due AND state IN ('opening', 'open', 'unknown')) THEN
    RETURN jsonb_build_object('outcome', 'waiting', 'claims', '[]'::jsonb);
  END IF;
  freed := release_owner(due);
  UPDATE orders SET state = 'expired', version = version + 1, end_reason = 'not-paid', next_look_at = NULL WHERE id = due;
  PERFORM tell('tickets.order.expired.v1', 'tickets', due::text, o.version + 1, told);
  RETURN jsonb_build_object('outcome', 'expired', 'claims', freed);
END $$;
`);
  }

  async down(): Promise<void> {
    throw new Error('functions are replaced by later migrations, not taken back');
  }
}
