import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Groups: one code for all of them at a screening, invoices, and money that a person matched. */
export class GroupOrders1569000104000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE group_code (
        order_id uuid NOT NULL REFERENCES orders, screening_id text NOT NULL, serial text NOT NULL UNIQUE,
        PRIMARY KEY (order_id, screening_id));
      CREATE INDEX orders_invoice ON orders (pay_until) WHERE invoice IS NOT NULL AND state = 'awaiting-payment';

-- Whose money no provider carries: a person says when it came and when it went back.
CREATE FUNCTION is_by_hand(provider text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$ SELECT provider IN ('bank', 'cash') $$;

-- One code for the whole group at each screening, when the order asks for it.
CREATE FUNCTION issue_group_codes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO group_code (order_id, screening_id, serial)
  SELECT NEW.id, screening_id, new_serial() FROM order_line WHERE order_id = NEW.id GROUP BY screening_id
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER group_is_paid AFTER UPDATE OF state ON orders FOR EACH ROW
  WHEN (NEW.state = 'paid' AND OLD.state <> 'paid' AND NEW.invoice->>'codes' = 'one') EXECUTE FUNCTION issue_group_codes();

-- The ticket that the next person of a group enters with: the first that is live and unused, else the last that was used.
CREATE FUNCTION next_of_group(group_serial text, at_screening text) RETURNS text LANGUAGE sql VOLATILE AS $$
  SELECT t.serial FROM group_code g JOIN ticket t ON t.order_id = g.order_id AND t.screening_id = g.screening_id
    LEFT JOIN scan s ON s.screening_id = t.screening_id AND s.serial = t.serial AND s.verdict = 'ok'
   WHERE g.serial = group_serial
   ORDER BY (t.state <> 'live'), (s.id IS NOT NULL), CASE WHEN s.id IS NULL THEN t.line_no END, s.received_at DESC LIMIT 1
$$;

-- A transfer that a person matched: an attempt that is paid already, confirmed like any other.
CREATE FUNCTION bank_transfer(matched uuid, received bigint, ref text, told jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE o orders%ROWTYPE; a uuid;
BEGIN
  PERFORM lock_screenings(order_screenings(matched));
  SELECT * INTO o FROM orders WHERE id = matched FOR UPDATE;
  IF NOT FOUND OR o.invoice IS NULL THEN PERFORM refuse('order-not-invoiced', '{}'); END IF;
  SELECT id INTO a FROM payment_attempt WHERE order_id = matched AND provider = 'bank' AND provider_payment_id = ref;
  IF FOUND THEN RETURN jsonb_build_object('outcome', 'repeated', 'order', matched, 'claims', '[]'::jsonb); END IF;
  INSERT INTO payment_attempt (id, order_id, provider, provider_payment_id, amount, currency, state, lives_until)
  VALUES (uuidv7(), matched, 'bank', ref, o.total, o.currency, 'open', clock_timestamp()) RETURNING id INTO a;
  RETURN confirm_payment(a, received, o.currency, told);
END $$;

-- Returns of such money wait for a person: the follower has nobody to ask.
CREATE FUNCTION leave_by_hand() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.next_look_at := NULL;
  RETURN NEW;
END $$;
CREATE TRIGGER nobody_to_ask BEFORE UPDATE OF next_look_at ON payment_attempt FOR EACH ROW
  WHEN (NEW.next_look_at IS NOT NULL AND NEW.provider IN ('bank', 'cash')) EXECUTE FUNCTION leave_by_hand();

-- A return that no provider carries was paid out by hand, from the account that is named.
CREATE FUNCTION pay_out_refund(by_hand uuid, from_account text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE r refund%ROWTYPE; o orders%ROWTYPE; a payment_attempt%ROWTYPE;
BEGIN
  SELECT order_id INTO r.order_id FROM refund WHERE id = by_hand;
  SELECT * INTO o FROM orders WHERE id = r.order_id FOR UPDATE;
  SELECT * INTO r FROM refund WHERE id = by_hand FOR UPDATE;
  SELECT * INTO a FROM payment_attempt WHERE id = r.attempt_id FOR UPDATE;
  IF r.id IS NULL OR (a.id IS NOT NULL AND NOT is_by_hand(a.provider)) THEN PERFORM refuse('refund-not-by-hand', '{}'); END IF;
  IF r.state = 'refunded' THEN RETURN r.state; END IF;
  IF a.id IS NOT NULL THEN
    PERFORM record_refund(a.id, greatest(r.upto, a.refunded));
    RETURN 'refunded';
  END IF;
  UPDATE refund SET state = 'refunded', done_at = clock_timestamp() WHERE id = by_hand;
  PERFORM post_ledger(o.id, 'paid out', r.currency, jsonb_build_object('owed-to-buyer', r.amount, from_account, -r.amount));
  PERFORM queue_receipt(r.id, 'return', o, NULL::payment_attempt, r.amount);
  UPDATE orders SET version = version + 1,
         state = CASE WHEN state = 'refund-due' AND NOT EXISTS (SELECT 1 FROM refund WHERE order_id = o.id AND state = 'due') THEN 'refunded' ELSE state END
   WHERE id = o.id RETURNING * INTO o;
  PERFORM tell('tickets.order.refunded.v1', 'tickets', o.id::text, o.version, order_facts(o)
    || jsonb_build_object('amount', jsonb_build_object('amount', r.amount, 'currency', r.currency), 'reason', r.reason));
  RETURN 'refunded';
END $$;
`);
  }

  async down(): Promise<void> {
    throw new Error('orders of groups are not taken back by a migration');
  }
}
