import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How orders end: the fence before money moves, expiry, refunds; and holds while Redis is away. */
export class EndingFunctions1569000002000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
-- check_url, step 3: true pins the order for 3 minutes while the provider takes the money.
CREATE FUNCTION pin_order(attempt uuid, asked_amount bigint) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE o orders%ROWTYPE; a payment_attempt%ROWTYPE;
BEGIN
  SELECT * INTO a FROM payment_attempt WHERE id = attempt;
  IF NOT FOUND OR a.amount <> asked_amount THEN RETURN false; END IF;
  SELECT * INTO o FROM orders WHERE id = a.order_id FOR UPDATE;
  IF o.state <> 'awaiting-payment' OR o.pay_until < clock_timestamp() + interval '60 seconds' THEN RETURN false; END IF;
  UPDATE orders SET pinned_until = clock_timestamp() + interval '3 minutes',
         pay_until = greatest(pay_until, clock_timestamp() + interval '3 minutes'),
         next_look_at = greatest(pay_until, clock_timestamp() + interval '3 minutes')
   WHERE id = o.id;
  RETURN true;
END $$;

-- Step 5: takes due orders for this worker; others skip them. Answers each order with its unfinished attempts.
CREATE FUNCTION take_due_orders(most int) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE due uuid[]; answer jsonb;
BEGIN
  due := ARRAY(
    SELECT id FROM orders
     WHERE state IN ('awaiting-payment', 'expiring') AND pay_until <= clock_timestamp() AND next_look_at <= clock_timestamp()
     ORDER BY pay_until LIMIT most FOR UPDATE SKIP LOCKED);
  UPDATE orders SET state = 'expiring', version = version + (state <> 'expiring')::int, looks = looks + 1,
         next_look_at = clock_timestamp() + make_interval(secs => least(2 ^ looks, 60)),
         expiry_alarm = clock_timestamp() > pay_until + interval '15 minutes'
   WHERE id = ANY (due);
  SELECT coalesce(jsonb_agg(jsonb_build_object('order', o.id, 'alarm', o.expiry_alarm, 'attempts',
           (SELECT coalesce(jsonb_agg(a.id), '[]') FROM payment_attempt a
             WHERE a.order_id = o.id AND a.state IN ('opening', 'open', 'unknown')))), '[]')
    INTO answer FROM orders o WHERE o.id = ANY (due);
  RETURN answer;
END $$;

-- Gives the seats back when nothing can be captured any more. outcome: expired | waiting | other
CREATE FUNCTION expire_order(due uuid, told jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE o orders%ROWTYPE; freed jsonb;
BEGIN
  PERFORM lock_screenings(ARRAY(SELECT screening_id FROM order_line WHERE order_id = due));
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

-- The provider said how much has gone back in all; the ledger follows, and the order when nothing else is owed.
CREATE FUNCTION record_refund(attempt uuid, returned_in_all bigint, told jsonb) RETURNS text LANGUAGE plpgsql AS $$
DECLARE a payment_attempt%ROWTYPE; o orders%ROWTYPE;
BEGIN
  SELECT order_id INTO a.order_id FROM payment_attempt WHERE id = attempt;
  SELECT * INTO o FROM orders WHERE id = a.order_id FOR UPDATE;
  SELECT * INTO a FROM payment_attempt WHERE id = attempt FOR UPDATE;
  IF a.state <> 'refund-due' OR returned_in_all <= a.refunded THEN RETURN a.state; END IF;
  PERFORM post_ledger(o.id, 'owed-to-buyer', 'provider:' || a.provider, returned_in_all - a.refunded, a.currency, 'refunded');
  UPDATE payment_attempt SET refunded = returned_in_all,
         state = CASE WHEN returned_in_all >= captured THEN 'refunded' ELSE state END,
         next_look_at = CASE WHEN returned_in_all >= captured THEN NULL ELSE next_look_at END
   WHERE id = attempt RETURNING * INTO a;
  IF a.state = 'refunded' THEN
    UPDATE orders SET version = version + 1,
           state = CASE WHEN state = 'refund-due' AND NOT EXISTS (
             SELECT 1 FROM payment_attempt WHERE order_id = o.id AND state = 'refund-due') THEN 'refunded' ELSE state END
     WHERE id = o.id RETURNING * INTO o;
    PERFORM tell('tickets.order.refunded.v1', 'tickets', o.id::text, o.version, told
      || jsonb_build_object('amount', jsonb_build_object('amount', a.refunded, 'currency', a.currency), 'reason', a.refund_reason));
  END IF;
  RETURN a.state;
END $$;

-- Holds while Redis is away: the same rules as the script in seat-states.lua, all or nothing.
CREATE FUNCTION hold_seats(screening text, hold uuid, holder text, wanted text[], seconds int, known_epoch bigint) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE i inventory%ROWTYPE; taken text[]; until timestamptz; mine record;
BEGIN
  PERFORM lock_screenings(ARRAY[screening]);
  SELECT * INTO i FROM inventory WHERE screening_id = screening;
  IF i.epoch <> known_epoch OR i.hold_store <> 'postgres' THEN
    RETURN jsonb_build_object('outcome', 'epoch', 'epoch', i.epoch);
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('holds:' || screening, 0));
  SELECT max(expires_at) AS until, max(extended::int) AS extended, array_agg(seat_id ORDER BY seat_id) AS seats INTO mine
    FROM seat_hold WHERE screening_id = screening AND hold_id = hold AND expires_at > clock_timestamp();
  IF mine.until IS NOT NULL THEN
    RETURN jsonb_build_object('outcome', 'held', 'until', mine.until, 'seats', mine.seats, 'extended', mine.extended = 1);
  END IF;
  DELETE FROM seat_hold WHERE screening_id = screening AND expires_at <= clock_timestamp();
  taken := ARRAY(
    SELECT seat FROM unnest(wanted) AS seat
     WHERE EXISTS (SELECT 1 FROM seat_claim c WHERE c.screening_id = screening AND c.seat_id = seat)
        OR EXISTS (SELECT 1 FROM seat_hold h WHERE h.screening_id = screening AND h.seat_id = seat AND h.buyer <> holder));
  IF cardinality(taken) > 0 THEN RETURN jsonb_build_object('outcome', 'taken', 'seats', taken); END IF;
  DELETE FROM seat_hold WHERE screening_id = screening AND buyer = holder;
  until := clock_timestamp() + make_interval(secs => seconds);
  INSERT INTO seat_hold (screening_id, seat_id, hold_id, buyer, expires_at)
  SELECT screening, seat, hold, holder, until FROM unnest(wanted) AS seat;
  RETURN jsonb_build_object('outcome', 'held', 'until', until, 'seats', wanted, 'extended', false);
END $$;
`);
  }

  async down(): Promise<void> {
    throw new Error('functions are replaced by later migrations, not taken back');
  }
}
