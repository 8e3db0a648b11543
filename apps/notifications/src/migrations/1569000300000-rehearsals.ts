import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which editions are rehearsals: nobody outside gets a mail about them. */
export class Rehearsals1569000300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'CREATE TABLE edition_copy (edition_id text PRIMARY KEY, version bigint NOT NULL, rehearsal boolean NOT NULL)',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE edition_copy');
  }
}
