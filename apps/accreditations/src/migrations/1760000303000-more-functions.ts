import type { MigrationInterface, QueryRunner } from 'typeorm';

/** One accreditation per person and edition, several roles in it. */
export class MoreFunctions1760000303000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE application ADD COLUMN more_functions text[] NOT NULL DEFAULT '{}'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE application DROP COLUMN more_functions');
  }
}
