import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Files whose rows are forgotten and that may still lie in the store. */
export class FileRemovals1760000304000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- One row for each person of whom something stands in the file.
      CREATE TABLE file_removal (
        person_id text NOT NULL,
        file_id uuid NOT NULL,
        attempts integer NOT NULL DEFAULT 0,
        next_try_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        PRIMARY KEY (person_id, file_id)
      );
      CREATE INDEX file_removal_file ON file_removal (file_id);
      CREATE INDEX file_removal_due ON file_removal (next_try_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE file_removal');
  }
}
