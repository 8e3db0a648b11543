import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Money that moved before receipts were kept gets its receipts too: completeness has no beginning. */
export class ReceiptsOfBefore1569000401000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      INSERT INTO fiscal_receipt (source, kind, channel, provider, order_id, attempt_id, amount, currency)
      SELECT a.id, 'sale', CASE o.channel WHEN 'counter' THEN 'counter' ELSE 'online' END, a.provider, o.id, a.id, a.captured, a.currency
        FROM payment_attempt a JOIN orders o ON o.id = a.order_id WHERE a.captured > 0
      ON CONFLICT (source, kind) DO NOTHING;
      INSERT INTO fiscal_receipt (source, kind, channel, provider, order_id, attempt_id, amount, currency, original_id)
      SELECT r.id, 'return', s.channel, s.provider, r.order_id, r.attempt_id, r.amount, r.currency, s.id
        FROM refund r JOIN fiscal_receipt s ON s.source = r.attempt_id AND s.kind = 'sale' WHERE r.state = 'refunded'
      ON CONFLICT (source, kind) DO NOTHING;
    `);
  }

  async down(): Promise<void> {
    throw new Error('receipts of money that moved are not taken back');
  }
}
