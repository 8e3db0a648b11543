import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What an uploader tells of a paper: its own date, and whether it is a certified translation. */
export class Papers1760000200001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE evidence ADD COLUMN IF NOT EXISTS issued_on date;
      ALTER TABLE evidence ADD COLUMN translation boolean;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE evidence DROP COLUMN translation, DROP COLUMN IF EXISTS issued_on');
  }
}
