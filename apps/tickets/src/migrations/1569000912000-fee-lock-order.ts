import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whoever returns a fee and whoever withdraws it lock in one order: two at once waited for each other. */
export class FeeLockOrder1569000912000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
-- A fee that was paid although its application had ended goes back whole. Twice gives back nothing the second time.
CREATE OR REPLACE FUNCTION return_fee(application uuid) RETURNS text LANGUAGE plpgsql AS $$
DECLARE f accreditation_fee%ROWTYPE; o orders%ROWTYPE;
BEGIN
  SELECT * INTO f FROM accreditation_fee WHERE application_id = application;
  SELECT * INTO o FROM orders WHERE id = f.order_id FOR UPDATE;
  -- Limits before the fee, as whoever withdraws it locks them.
  PERFORM 1 FROM usage_limit WHERE id = fee_limit(application, f.round) FOR UPDATE;
  SELECT * INTO f FROM accreditation_fee WHERE application_id = application FOR UPDATE;
  IF f.state IS DISTINCT FROM 'paid' OR f.order_id <> o.id OR o.state <> 'paid' THEN RETURN f.state; END IF;
  PERFORM release_owner(o.id);
  UPDATE usage_limit SET capacity = 0 WHERE id = fee_limit(application, f.round);
  UPDATE accreditation_fee SET state = 'withdrawn', version = version + 1 WHERE application_id = application;
  UPDATE order_item SET ended_as = 'refunded' WHERE order_id = o.id AND ended_as IS NULL;
  PERFORM post_ledger(o.id, 'fee-returned', o.currency, jsonb_build_object('fees', f.amount, 'returns', -f.amount));
  PERFORM give_back(o.id, f.amount, 'fee-returned', '{}', 0);
  UPDATE orders SET version = version + 1, end_reason = 'fee-returned', state = 'refund-due' WHERE id = o.id RETURNING * INTO o;
  PERFORM tell('tickets.order.refund-due.v1', 'tickets', o.id::text, o.version, order_facts(o) || jsonb_build_object(
    'amount', jsonb_build_object('amount', f.amount, 'currency', f.currency), 'reason', 'fee-returned'));
  RETURN 'withdrawn';
END $$;
`);
  }

  async down(): Promise<void> {
    throw new Error('functions are replaced by later migrations, not taken back');
  }
}
