import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Applications that an officer filled in at the desk: only those may be gone on with there. */
export class WalkUps1760000200003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE walk_up (
        application_id uuid PRIMARY KEY REFERENCES application (id),
        officer_id text NOT NULL,
        begun_at timestamptz NOT NULL DEFAULT now()
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE walk_up');
  }
}
