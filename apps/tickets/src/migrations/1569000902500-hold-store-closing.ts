import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Between Redis and PostgreSQL nobody grants holds for a moment: a process that still believes in Redis must not hold a
 * seat there that another already gives away here.
 */
export class HoldStoreClosing1569000902500 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
ALTER TABLE inventory DROP CONSTRAINT inventory_hold_store_check;
ALTER TABLE inventory ADD CONSTRAINT inventory_hold_store_check CHECK (hold_store IN ('redis', 'closed', 'postgres'));
-- when any process last had an answer from Redis
ALTER TABLE hold_store_state ADD COLUMN answered_at timestamptz NOT NULL DEFAULT '-infinity';
`);
  }

  async down(): Promise<void> {
    throw new Error('the hold store is not narrowed again');
  }
}
