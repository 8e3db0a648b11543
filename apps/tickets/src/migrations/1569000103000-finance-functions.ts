import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What finance does by hand: payments of a wrong amount go back. */
export class FinanceFunctions1569000103000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
-- A payment of a wrong amount or currency goes back whole; its order ends, its seats are free.
CREATE FUNCTION refund_review(reviewed uuid) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE a payment_attempt%ROWTYPE; o orders%ROWTYPE; freed jsonb := '[]';
BEGIN
  SELECT * INTO a FROM payment_attempt WHERE id = reviewed;
  IF NOT FOUND THEN PERFORM refuse('payment-unknown', '{}'); END IF;
  PERFORM lock_screenings(order_screenings(a.order_id));
  SELECT * INTO o FROM orders WHERE id = a.order_id FOR UPDATE;
  SELECT * INTO a FROM payment_attempt WHERE id = reviewed FOR UPDATE;
  IF a.state IN ('refund-due', 'refunded') THEN RETURN jsonb_build_object('state', a.state, 'freed', freed); END IF;
  IF a.state <> 'review' THEN PERFORM refuse('payment-not-in-review', jsonb_build_object('state', a.state)); END IF;
  UPDATE payment_attempt SET state = 'refund-due', refund_reason = 'wrong-amount', refund_target = captured, looks = 0, next_look_at = clock_timestamp()
   WHERE id = reviewed;
  INSERT INTO refund (order_id, attempt_id, amount, currency, reason, upto)
  VALUES (o.id, a.id, a.captured, a.currency, 'wrong-amount', a.captured);
  PERFORM post_ledger(o.id, 'review refunded', a.currency, jsonb_build_object('in-review', a.captured, 'owed-to-buyer', -a.captured));
  IF o.state = 'review' THEN
    freed := release_owner(o.id);
    UPDATE orders SET state = 'refund-due', version = version + 1 WHERE id = o.id RETURNING * INTO o;
    PERFORM tell('tickets.order.refund-due.v1', 'tickets', o.id::text, o.version, order_facts(o)
      || jsonb_build_object('amount', jsonb_build_object('amount', a.captured, 'currency', a.currency), 'reason', 'wrong-amount'));
  END IF;
  RETURN jsonb_build_object('state', 'refund-due', 'freed', freed);
END $$;
`);
  }

  async down(): Promise<void> {
    throw new Error('functions are replaced by later migrations, not taken back');
  }
}
