import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The cash of an exchange at the counter leaves the drawer in the transaction that ends the old tickets: there is no moment in
 * which the seats are exchanged and a shift can close without the money. The sale keeps what it gave back.
 */
export class ExchangeHandsOver1569000911000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
ALTER TABLE counter_sale ADD COLUMN cash_step bigint, ADD COLUMN back_cash bigint, ADD COLUMN back_otherwise bigint;

DROP FUNCTION pay_out_cash(uuid, uuid, text, bigint);
-- What an order owes in cash since then leaves the drawer now, rounded as cash is. Answers minor units handed over, and what
-- is owed by other ways.
CREATE FUNCTION pay_out_cash(o_id uuid, shift uuid, by_whom text, step bigint, since timestamptz DEFAULT '-infinity') RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE r record; handed bigint; in_all bigint := 0; otherwise bigint := 0;
BEGIN
  PERFORM 1 FROM orders WHERE id = o_id FOR UPDATE;
  FOR r IN SELECT f.id, f.amount, a.provider FROM refund f LEFT JOIN payment_attempt a ON a.id = f.attempt_id
            WHERE f.order_id = o_id AND f.state = 'due' AND f.made_at >= since ORDER BY f.id LOOP
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

-- Ends the tickets that an exchange replaces: their value is credited to the new order, what is left over is owed, and at a
-- counter handed over as far as it was cash.
CREATE OR REPLACE FUNCTION end_replaced(new_order orders) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  old orders%ROWTYPE; gone uuid[]; numbers smallint[]; value bigint; credit bigint; freed jsonb; began timestamptz; sale counter_sale%ROWTYPE;
  money jsonb;
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
  began := clock_timestamp();
  PERFORM give_back(old.id, value - credit, 'exchange', numbers, 0);
  IF new_order.channel = 'counter' AND value > credit THEN
    SELECT * INTO sale FROM counter_sale WHERE order_id = new_order.id;
    money := pay_out_cash(old.id, sale.shift_id, (SELECT clerk FROM counter_shift WHERE id = sale.shift_id), sale.cash_step, began);
    UPDATE counter_sale SET back_cash = (money->>'cash')::bigint, back_otherwise = (money->>'otherwise')::bigint WHERE order_id = new_order.id;
  END IF;
  RETURN freed;
END $$;
`);
  }

  async down(): Promise<void> {
    throw new Error('functions are replaced by later migrations, not taken back');
  }
}
